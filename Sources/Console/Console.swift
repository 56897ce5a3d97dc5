import Foundation
package import Store
package import Terminal
package import Warehouse

/// The full-screen console on a store.
package struct Console: Sendable {
    private let store: Store
    private let actor: Actor
    private let options: ConsoleOptions

    package init(store: Store, actor: Actor, options: ConsoleOptions) {
        self.store = store
        self.actor = actor
        self.options = options
    }

    /// Runs on a terminal until somebody quits; returns the exit code when the store has answered all that it was asked.
    ///
    /// `makeTerminal`: called once, on the thread that the terminal will belong to. `closed`: called there when the
    /// terminal is given back, with the exit code and what is to be remembered for the next time, `nil` when that is what
    /// it was; a store that hangs does not delay it. Throws what `makeTerminal` throws.
    package func run(
        on makeTerminal: @escaping @Sendable () throws -> any Terminal,
        closed: @escaping @Sendable (Int32, SavedState?) -> Void
    ) async throws -> Int32 {
        try await drive { mailbox, requests in
            let terminal = try makeTerminal()
            let announce = (terminal as? LineTerminal).map { terminal in { terminal.announce($0) } }
            var loop = loop(on: terminal, mailbox, requests, announce: announce)
            let before = loop.model.savedState
            let code = loop.run()
            terminal.close()
            let after = loop.model.savedState
            closed(code, after == before ? nil : after)
            return code
        }
    }

    /// Runs a script on a headless terminal; returns the exit code.
    ///
    /// `unicode`: whether the terminal shows more than ASCII. `announce`: takes what there is to say in place of frames, as
    /// ``LineTerminal`` would. Throws ``ScriptError`` when a line can't be carried out.
    package func run(
        _ script: Script,
        size: Size,
        unicode: Bool = true,
        announce: (@Sendable ([String]) -> Void)? = nil
    ) async throws -> Int32 {
        try await drive { mailbox, requests in
            let terminal = HeadlessTerminal(
                size: size,
                capabilities: TerminalCapabilities(colors: .palette256, unicode: unicode)
            )
            defer { terminal.close() }
            var player = ScriptPlayer(
                loop: loop(
                    on: terminal,
                    mailbox,
                    requests,
                    announce: announce.map { announce in { announce($0.map(ScriptPlayer.blottingKeys)) } }
                ),
                terminal: terminal,
                store: store
            )
            return try player.play(script)
        }
    }

    private func loop(
        on terminal: any Terminal,
        _ mailbox: Mailbox,
        _ requests: AsyncStream<StoreRequest>.Continuation,
        announce: (([String]) -> Void)?
    ) -> ConsoleLoop {
        ConsoleLoop(
            options: options,
            terminal: terminal,
            mailbox: mailbox,
            requests: requests,
            clock: store.clock,
            announce: announce
        )
    }

    /// Runs `body` on a thread of its own, and the store's side beside it until `body` ends.
    @concurrent private func drive<Outcome: Sendable>(
        _ body: @escaping @Sendable (Mailbox, AsyncStream<StoreRequest>.Continuation) throws -> Outcome
    ) async throws -> Outcome {
        let mailbox = Mailbox()
        let (requests, continuation) = AsyncStream<StoreRequest>.makeStream()
        let worker = StoreWorker(store: store, actor: actor)
        let watcher = StoreWatcher(store: store, options: options, mailbox: mailbox)
        async let outcome = onOwnThread("console") {
            defer { continuation.finish() }
            return try body(mailbox, continuation)
        }
        async let watch: Void = onOwnThread("watcher") { watcher.run() }
        async let silence: Void = onOwnThread("silence") { watcher.guardAgainstSilence() }
        await withDiscardingTaskGroup { group in
            // Changes are made in the order in which they were asked for.
            let (changes, order) = AsyncStream<StoreRequest>.makeStream()
            group.addTask { for await change in changes { mailbox.post(.store(await worker.answer(change))) } }
            for await request in requests {
                if case .perform = request {
                    order.yield(request)
                } else {
                    group.addTask { mailbox.post(.store(await worker.answer(request))) }
                }
            }
            order.finish()
            group.cancelAll()
        }
        watcher.stop()
        _ = try await (watch, silence)
        return try await outcome
    }

    private func onOwnThread<Outcome: Sendable>(
        _ name: String,
        _ body: @escaping @Sendable () throws -> Outcome
    ) async throws -> Outcome {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Result { try body() }) }
            thread.name = name
            thread.start()
        }
    }
}
