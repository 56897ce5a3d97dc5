import Dispatch

/// Runs the tasks of a console, one at a time, beside its threads.
///
/// The usual executor looks after its threads once a second as long as the process lives; a console that nobody uses is to
/// wake nothing. None of its tasks waits or computes: that is done by the store's queues and by threads.
final class ConsoleExecutor: TaskExecutor {
    static let shared = ConsoleExecutor()

    private let queue = DispatchQueue(label: "mdw.console")

    private init() {}

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
