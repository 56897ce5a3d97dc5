import Dispatch

/// Runs tasks of a console one at a time, beside its threads.
///
/// The usual executor looks after its threads once a second as long as the process lives; a console that nobody uses is to
/// wake nothing.
package final class ConsoleExecutor: TaskExecutor {
    /// For what neither waits nor computes: the store's own queues and threads do that.
    package static let shared = ConsoleExecutor("mdw.console")
    /// For files, whose disk may take its time.
    static let files = ConsoleExecutor("mdw.console.files")

    private let queue: DispatchQueue

    private init(_ label: String) {
        queue = DispatchQueue(label: label)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
