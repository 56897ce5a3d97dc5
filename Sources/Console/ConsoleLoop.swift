import Store
import Terminal
import Warehouse

/// The loop on the thread that owns the terminal: take everything that came, update, draw once.
///
/// A value with one owner: an object's model would be copied for every look at it.
struct ConsoleLoop: ~Copyable {
    private(set) var model: ConsoleModel
    let terminal: any Terminal
    private let mailbox: Mailbox
    private let requests: AsyncStream<StoreRequest>.Continuation
    private let clock: any WallClock
    /// Takes what there is to say; `nil` where frames say it all.
    private let announce: (([String]) -> Void)?
    private var narrator = Narrator()
    private var picture = ScreenPicture()

    init(
        options: ConsoleOptions,
        terminal: any Terminal,
        mailbox: Mailbox,
        requests: AsyncStream<StoreRequest>.Continuation,
        clock: any WallClock,
        announce: (([String]) -> Void)? = nil
    ) {
        self.announce = announce
        self.terminal = terminal
        self.mailbox = mailbox
        self.requests = requests
        self.clock = clock
        model = ConsoleModel(options: options, size: terminal.size, now: clock.now)
        if let notice = terminal.notice { model.say(.warning, notice) }
        mailbox.connect(terminal.waker)
    }

    /// Runs until the model wants to end; returns the exit code.
    mutating func run() -> Int32 {
        // The first frame waits for the first rows, so that it is painted once; but not for a store that is slow.
        let patience = ContinuousClock.now + .milliseconds(40)
        // What came before the terminal was there woke nobody.
        take([])
        while model.exitCode == nil, !model.hasFirstRows, ContinuousClock.now < patience {
            take(terminal.pollEvents(timeout: patience - ContinuousClock.now))
        }
        show()
        while model.exitCode == nil {
            let events = terminal.pollEvents(timeout: timeUntilNextTick)
            take(events)
            // The answers to one look at the store are shown together; a key is shown at once.
            if events.isEmpty, !model.loads.isIdle { takeAnswers(for: .milliseconds(30)) }
            show()
        }
        return model.exitCode ?? 0
    }

    /// Takes what the store answers until nothing is asked any more, somebody presses a key, or the time is over.
    private mutating func takeAnswers(for patience: Duration) {
        let end = ContinuousClock.now + patience
        while model.exitCode == nil, !model.loads.isIdle, ContinuousClock.now < end {
            let events = terminal.pollEvents(timeout: end - ContinuousClock.now)
            take(events)
            if !events.isEmpty { return }
        }
    }

    /// Takes events and answers, updates, and draws once.
    mutating func step(_ events: [TerminalEvent]) {
        take(events)
        show()
    }

    private mutating func take(_ events: [TerminalEvent]) {
        model.now = clock.now
        carryOut(model.update(events))
        for event in mailbox.drain() { carryOut(model.update(event)) }
    }

    private mutating func show() {
        guard model.exitCode == nil else { return }
        let view = ConsoleView(theme: model.theme)
        var frame = view.frame(of: model, on: &picture)
        assert(frame == view.frame(of: model), "a part of the screen changed without its look")
        terminal.present(frame)
        // A key that is shown once is not left in the memory of a picture that is thrown away.
        if case .oneTimeKey = model.dialog { frame.clear() }
        guard let announce else { return }
        let lines = narrator.lines(of: model)
        if !lines.isEmpty { announce(lines) }
    }

    private mutating func carryOut(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .store(let request):
                // What no list waits for is counted, so that a script knows when all is answered.
                if request.load == nil {
                    model.freshness.pendingSince = model.freshness.pendingSince ?? model.now
                    model.freshness.pendingCommands += 1
                }
                requests.yield(request)
            case .terminal(let request): carryOut(request)
            }
        }
    }

    private mutating func carryOut(_ request: TerminalRequest) {
        switch request {
        case .copy(let text):
            if !terminal.copyToClipboard(text) {
                model.say(.error, "the text is too long for the terminal's clipboard")
            }
        // No text that a terminal takes is shorter than a key.
        case .copyKey(let key): _ = key.withBytes { terminal.copyToClipboard($0) }
        case .suspend: terminal.suspend()
        case .setMouse(let isOn): terminal.setMouse(isOn)
        case .redraw: terminal.redraw()
        case .bell: terminal.bell()
        }
    }

    /// Until the clock shows another minute, or the age of stale rows another second.
    private var timeUntilNextTick: Duration {
        if model.freshness.silentSince != nil || model.freshness.pendingCommands > 0 || !model.loads.isIdle {
            return .seconds(1)
        }
        let minute: Int64 = 60_000_000
        let microseconds = clock.now.microseconds
        return .microseconds((microseconds / minute + 1) * minute - microseconds)
    }
}
