import NIOCore

/// Runs tasks on the thread of an event loop.
///
/// A request that is read, answered and written on its connection's own thread is not handed from thread to thread, which
/// would cost more than most answers. What computes for long goes elsewhere (``elsewhere(_:)``), so that other
/// connections of the loop are not held up.
final class EventLoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) {
        self.loop = loop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// Runs `body` on the threads of Swift's own pool.
    static func elsewhere<Value: Sendable>(
        _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withTaskExecutorPreference(globalConcurrentExecutor) { try await body() }
    }
}
