import Store
import Synchronization
import Terminal
import Warehouse

/// Tells the console when a commit of anybody changed the store, and when the store does not answer.
///
/// While nothing happens it sleeps, but for a look once a minute: the system tells when a file of the store is written, and of
/// the configuration. Its loops have threads of their own that sleep in the system: a task that sleeps wakes three threads.
final class StoreWatcher: Sendable {
    private let store: Store
    private let refresh: Duration
    private let preferencesFile: String?
    private let changedPreferences: @Sendable () -> ConsolePreferences?
    private let mailbox: Mailbox
    private let end = Waker()
    private let hasEnded = Atomic(false)
    private let inquiry = PendingInquiry()
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

    /// Asks until ``stop()``.
    func run() {
        let commitFiles = store.commitFiles
        let watch = FileWatch(fixed: commitFiles, replaceable: [preferencesFile].compactMap(\.self))
        var counter: Int64?
        var told: Generations?
        var toldAt = ContinuousClock.now - .seconds(1)
        var failedSince: Timestamp?
        // Somebody may be about to commit what was written before the files were watched.
        var writtenAt = ContinuousClock.now
        while !hasEnded.load(ordering: .acquiring) {
            if watch.takeChanges().fixed { writtenAt = .now }
            if let changed = changedPreferences() { mailbox.post(.preferences(changed)) }
            let start = failedSince ?? store.clock.now
            inquiry.begin(at: start)
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
                if inquiry.end() || failedSince != nil { mailbox.post(.answering) }
                failedSince = nil
            } catch {
                _ = inquiry.end()
                failedSince = start
                mailbox.post(.silent(since: start, failure: StoreWorker.sentence(error)))
            }
            let isEager = writtenAt.isWithin(min(Self.eagerness, restlessness))
            if failedSince != nil {
                watch.sleepDeaf(until: end, for: max(refresh, .seconds(1)))
            } else if commitFiles.isEmpty || !watch.hearsOfFixed || isEager {
                watch.sleepDeaf(until: end, for: refresh)
            } else {
                let isRestless = writtenAt.isWithin(restlessness) || !watch.hearsOfReplaceable
                let patience = isRestless ? Duration.seconds(1) : Self.heartbeat
                if watch.sleep(until: end, for: max(refresh, patience)) {
                    watch.sleepDeaf(until: end, for: Self.settling)
                }
            }
        }
    }

    /// Notices that ``run()`` hangs in the store, which it can't tell itself; until ``stop()``.
    func guardAgainstSilence() {
        inquiry.watch(patience: max(.seconds(2), refresh * 4)) { [mailbox] since in
            mailbox.post(.silent(since: since, failure: nil))
        }
    }

    /// Ends both loops: at once where they sleep.
    func stop() {
        hasEnded.store(true, ordering: .releasing)
        end.wake()
        inquiry.stop()
    }
}

extension ContinuousClock.Instant {
    fileprivate func isWithin(_ duration: Duration) -> Bool { .now - self < duration }
}
