import Foundation
import Store
import Warehouse

/// Tells the console when a commit of anybody changed the store, and when the store does not answer.
///
/// While nothing changes the screen's thread is not woken: only this asks, once a refresh. Its loops have threads of their
/// own that sleep in the system: a task that sleeps wakes three threads, which costs ten times the look.
final class StoreWatcher: Sendable {
    private let store: Store
    private let refresh: Duration
    private let changedPreferences: @Sendable () -> ConsolePreferences?
    private let mailbox: Mailbox
    private let alarm = Alarm()
    private let lastAnswer: LastAnswer

    init(store: Store, options: ConsoleOptions, mailbox: Mailbox) {
        self.store = store
        refresh = options.refresh
        changedPreferences = options.changedPreferences
        self.mailbox = mailbox
        lastAnswer = LastAnswer(store.clock.now)
    }

    /// What moves all the time while a worker writes: told once a second, so that numbers can be read and the line to the
    /// terminal is not filled with them.
    private static let progress: Set<Concern> = [.candles, .jobs]

    /// Looks until ``stop()``.
    func run() {
        var counter: Int64?
        var told: Generations?
        var looksSinceTold = 0
        var looks = 0
        let looksPerSecond = max(1, Int((Duration.seconds(1) / refresh).rounded()))
        var failed = false
        repeat {
            if looks.isMultiple(of: looksPerSecond), let preferences = changedPreferences() {
                mailbox.post(.preferences(preferences))
            }
            looks += 1
            do {
                let now = try store.changeCounter()
                looksSinceTold += 1
                if now != counter {
                    let generations = try store.generationsAtOnce()
                    let isProgress =
                        told.map { Self.progress.isSuperset(of: generations.differences(from: $0)) } ?? false
                    if !isProgress || looksSinceTold >= looksPerSecond {
                        mailbox.post(.changed(generations, counter: now))
                        (counter, told, looksSinceTold) = (now, generations, 0)
                    }
                }
                if failed || lastAnswer.age(at: store.clock.now) > .seconds(2) { mailbox.post(.answering) }
                failed = false
                lastAnswer.time = store.clock.now
            } catch {
                failed = true
                mailbox.post(.silent(since: lastAnswer.time, failure: StoreWorker.sentence(error)))
            }
        } while alarm.sleep(for: failed ? max(refresh, .seconds(1)) : refresh)
    }

    /// Notices that ``run()`` hangs in the store, which it can't tell itself; until ``stop()``.
    func guardAgainstSilence() {
        while alarm.sleep(for: .seconds(2)) {
            if lastAnswer.age(at: store.clock.now) > max(.seconds(2), refresh * 4) {
                mailbox.post(.silent(since: lastAnswer.time, failure: nil))
            }
        }
    }

    /// Ends both loops: at once where they sleep.
    func stop() {
        alarm.stop()
    }
}

/// Lets threads sleep until their time is over or all of them are to end.
private final class Alarm: @unchecked Sendable {
    // Unchecked: the variable is only touched while the condition's lock is held.
    private let condition = NSCondition()
    private var hasEnded = false

    /// Returns whether to go on.
    func sleep(for duration: Duration) -> Bool {
        let end = Date(timeIntervalSinceNow: duration.inSeconds)
        condition.lock()
        defer { condition.unlock() }
        while !hasEnded, condition.wait(until: end) {}
        return !hasEnded
    }

    func stop() {
        condition.lock()
        defer { condition.unlock() }
        hasEnded = true
        condition.broadcast()
    }
}

/// When the store last answered.
private final class LastAnswer: @unchecked Sendable {
    // Unchecked: every access to the variable holds the lock.
    private let lock = NSLock()
    private var value: Timestamp

    init(_ time: Timestamp) {
        value = time
    }

    var time: Timestamp {
        get { lock.withLock { value } }
        set { lock.withLock { value = newValue } }
    }

    func age(at now: Timestamp) -> Duration { now - time }
}
