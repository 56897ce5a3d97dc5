import Foundation

/// A thread of its own for a worker's tasks, so that parsing and validation never occupy the threads that serve others.
///
/// Tasks run on it, one part at a time in order of arrival, under `withTaskExecutorPreference`. The thread ends with the
/// last reference to this object.
final class WorkerThread: TaskExecutor {
    private let jobs = JobQueue()

    /// `name`: at most 15 bytes.
    init(name: String) {
        let thread = Thread { [jobs] in
            // For people who look at the threads only, so that it may fail. `Thread.name` does not reach the system.
            try? Data(name.utf8).write(to: URL(fileURLWithPath: "/proc/thread-self/comm"))
            while let (job, executor) = jobs.next() { job.runSynchronously(on: executor) }
        }
        thread.stackSize = 1 << 22
        thread.start()
    }

    deinit {
        jobs.close()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        jobs.append((UnownedJob(job), asUnownedTaskExecutor()))
    }
}

/// What waits for the thread.
private final class JobQueue: @unchecked Sendable {
    // Unchecked: both variables are only touched while `condition` is locked.
    private let condition = NSCondition()
    private var waiting: [(UnownedJob, UnownedTaskExecutor)] = []
    private var isClosed = false

    func append(_ job: (UnownedJob, UnownedTaskExecutor)) {
        condition.withLock {
            waiting.append(job)
            condition.signal()
        }
    }

    /// Waits for the next job; `nil` when there is none and none will come.
    func next() -> (UnownedJob, UnownedTaskExecutor)? {
        condition.withLock {
            while waiting.isEmpty, !isClosed { condition.wait() }
            return waiting.isEmpty ? nil : waiting.removeFirst()
        }
    }

    func close() {
        condition.withLock {
            isClosed = true
            condition.signal()
        }
    }
}
