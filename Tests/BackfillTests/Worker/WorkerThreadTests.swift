import Foundation
import Testing

@testable import Backfill

@Suite(.timeLimit(.minutes(1))) struct WorkerThreadTests {
    @Test func `tasks run on the thread, and child tasks too`() async {
        let thread = WorkerThread(name: "test-worker")
        await withTaskExecutorPreference(thread) {
            #expect(threadName() == "test-worker")
            await Task.yield()
            #expect(threadName() == "test-worker")
            await withTaskGroup { group in
                for _ in 0..<20 { group.addTask { threadName() } }
                for await name in group { #expect(name == "test-worker") }
            }
        }
        #expect(threadName() != "test-worker")
    }

    @Test func `the thread ends with its last reference`() async {
        do {
            let thread = WorkerThread(name: "short-lived")
            await withTaskExecutorPreference(thread) { #expect(threadNames().contains("short-lived")) }
        }
        // Forever, if it did not end.
        while threadNames().contains("short-lived") { await Task.yield() }
    }
}

/// The name of the current thread, as the system knows it.
private func threadName() -> String? {
    // A thread without a name is none that is looked for.
    let name = try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
    return name?.trimmingCharacters(in: .newlines)
}

/// The names of all threads of this process, as the system knows them.
private func threadNames() -> [String] {
    // A thread that ends meanwhile has no name any more.
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
    return threads.compactMap { try? String(contentsOfFile: "/proc/self/task/\($0)/comm", encoding: .utf8) }
        .map { $0.trimmingCharacters(in: .newlines) }
}
