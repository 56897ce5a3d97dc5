import Store
import Synchronization
import Terminal
import Warehouse

/// Tells the console when a commit of anybody changed the store, and when the store does not answer.
///
/// While nothing happens nothing is woken: the system tells when a file of the store is written, and of the configuration.
/// Its loops have threads of their own that sleep in the system: a task that sleeps wakes three threads.
final class StoreWatcher: Sendable {
    private let store: Store
    private let refresh: Duration
    private let preferencesFile: String?
    private let changedPreferences: @Sendable () -> ConsolePreferences?
    private let mailbox: Mailbox
    private let end = Waker()
    private let hasEnded = Atomic(false)
    private let look = LookUnderWay()
    private let restlessness: Duration

    /// `restlessness`: for how long the store is asked once a second after one of its files was written; a commit writes its
    /// log first, and only counts when the log is on the disk.
    init(store: Store, options: ConsoleOptions, mailbox: Mailbox, restlessness: Duration = .seconds(10)) {
        self.store = store
        refresh = options.refresh
        preferencesFile = options.preferencesFile
        changedPreferences = options.changedPreferences
        self.mailbox = mailbox
        self.restlessness = restlessness
    }

    /// What moves all the time while a worker writes: told once a second, so that numbers can be read and the line to the
    /// terminal is not filled with them.
    private static let progress: Set<Concern> = [.candles, .jobs]

    /// What a file that is being written is given until it is looked at: a look at once would be one at half of it.
    private static let settling = Duration.milliseconds(20)

    /// For how long it is asked once a refresh: most disks take no more for a commit.
    private static let eagerness = Duration.seconds(2)

    /// How often it is asked although no file was written, in case that the system does not tell.
    private static let heartbeat = Duration.seconds(60)

    /// Looks until ``stop()``.
    func run() {
        let files = store.commitFiles
        let watch = FileWatch(files + [preferencesFile].compactMap(\.self), until: end)
        var counter: Int64?
        var told: Generations?
        var toldAt = ContinuousClock.now - .seconds(1)
        var failedSince: Timestamp?
        // Somebody may be about to commit what was written before the files were watched.
        var changedAt = ContinuousClock.now
        while !hasEnded.load(ordering: .acquiring) {
            if watch.takeChanges() {
                changedAt = .now
                watch.renew()
            }
            if let preferences = changedPreferences() { mailbox.post(.preferences(preferences)) }
            let start = store.clock.now
            look.begin(at: failedSince ?? start)
            do {
                let now = try store.changeCounter()
                if now != counter {
                    let generations = try store.generationsAtOnce()
                    let isProgress =
                        told.map { Self.progress.isSuperset(of: generations.differences(from: $0)) } ?? false
                    if !isProgress || ContinuousClock.now - toldAt >= Duration.seconds(1) {
                        mailbox.post(.changed(generations, counter: now))
                        (counter, told, toldAt) = (now, generations, .now)
                    }
                }
                if look.end() || failedSince != nil { mailbox.post(.answering) }
                failedSince = nil
            } catch {
                _ = look.end()
                failedSince = failedSince ?? start
                mailbox.post(.silent(since: failedSince ?? start, failure: StoreWorker.sentence(error)))
            }
            if failedSince != nil {
                watch.sleep(for: max(refresh, .seconds(1)))
            } else if files.isEmpty || !watch.isComplete || changedAt.isWithin(Self.eagerness) {
                watch.sleep(for: refresh)
            } else {
                let patience = changedAt.isWithin(restlessness) ? Duration.seconds(1) : Self.heartbeat
                watch.sleepUntilChange(for: max(refresh, patience))
                watch.sleep(for: Self.settling)
            }
        }
    }

    /// Notices that ``run()`` hangs in the store, which it can't tell itself; until ``stop()``.
    func guardAgainstSilence() {
        while let since = look.waitUntilOverdue(after: max(.seconds(2), refresh * 4)) {
            mailbox.post(.silent(since: since, failure: nil))
        }
    }

    /// Ends both loops: at once where they sleep.
    func stop() {
        hasEnded.store(true, ordering: .releasing)
        end.wake()
        look.stop()
    }
}

extension ContinuousClock.Instant {
    fileprivate func isWithin(_ duration: Duration) -> Bool { .now - self < duration }
}
