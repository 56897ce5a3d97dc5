import ArgumentParser
import Console
import Foundation
import Glibc
import Records
import Store
import Terminal
import Warehouse

/// `mdw console`, and `mdw` alone.
struct ConsoleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console",
        abstract: "Opens the full-screen console (what mdw does without a command).",
        discussion: """
            The first start makes the database, its first admin key and the core symbols. A worker runs beside the \
            console unless --no-worker says otherwise. ? shows the keys, q quits.

            A script plays keys on a screen that nobody sees, one step a line: keys such as 2/ci<Enter>, or \
            :wait idle, :wait text TEXT, :wait gone TEXT, :resize 80x24, :paste TEXT, :save-display FILE, \
            :save-ansi FILE, :save-svg FILE.

            Example: mdw console --read-only
            """
    )

    @Flag(help: "Change nothing: the database is opened so that it can't be written.")
    var readOnly = false

    @Flag(inversion: .prefixedNo, help: "Run a backfill worker beside the console.")
    var worker = true

    @Option(help: ArgumentHelp("How often to look for changes while something changes.", valueName: "time"))
    var refresh = RefreshInterval(duration: .milliseconds(250))

    @Flag(inversion: .prefixedNo, help: "Take clicks and the wheel; hold Shift to select text.")
    var mouse = true

    @Flag(help: "Draw with ASCII characters only.")
    var ascii = false

    @Flag(help: "Tell every change in a line of its own, for screen readers; draw nothing.")
    var plain = false

    @Flag(help: "Print the keys as a table in Markdown, and end.")
    var keys = false

    @Option(help: ArgumentHelp("Play a script instead of opening a terminal.", valueName: "file"))
    var script: String?

    @Option(help: ArgumentHelp("The size of the script's screen.", valueName: "columns x rows"))
    var size = ScreenSize(size: Size(width: 120, height: 40))

    @OptionGroup var feed: FeedOptions

    @Option(
        help: ArgumentHelp("The database file.", valueName: "path"),
        completion: .file(extensions: ["sqlite", "db"])
    )
    var database: String?

    func run() async throws {
        guard !keys else {
            print(KeyTable.markdown, terminator: "")
            return
        }
        let script = try script.map { try ScriptFile.read($0) }
        let flags = Settings.Flags(database: database, feedURL: feed.feedUrl, simulated: feed.simulated)
        let composition = try await Composition.read(flags)
        // Before anything is made: a terminal that can't be used must not leave a database behind.
        if script == nil, !plain { try CursesTerminal.check(environment: composition.surroundings.environment) }
        composition.warnOfPermissions()
        let ready = try await open(composition)
        var options = options(composition, ready)
        let folders = UserFolders(composition.surroundings)
        let preferences = ConsolePreferencesFile(path: folders.configuration)
        options.preferences = preferences.read()
        options.changedPreferences = { preferences.changed() }
        options.preferencesFile = folders.configuration
        let state = SavedStateFile(path: folders.state + "/console.json")
        // A script shows the same whatever was done before it.
        if script == nil { options.state = state.read() }
        let session = ConsoleSession(composition: composition, ready: ready, options: options)
        let runsWorker = worker && !readOnly
        let code =
            if let script {
                try await run(script, in: session, withWorker: runsWorker)
            } else {
                try await run(in: session, withWorker: runsWorker, remembering: state)
            }
        // 128 and the signal that ended the console, as shells expect it; no refusal has such a number.
        if code != 0 { Glibc.exit(code) }
    }

    private func run(_ script: Script, in session: ConsoleSession, withWorker: Bool) async throws -> Int32 {
        let output = session.composition.surroundings.output
        let announce: @Sendable ([String]) -> Void = { lines in
            // A script goes on to its end when nobody listens any more.
            try? output.write(lines.map { $0 + "\n" }.joined())
            try? output.flush()
        }
        let (size, plain, ascii) = (size.size, plain, ascii)
        return try await session.run(withWorker: withWorker) { console in
            try await console.run(script, size: size, unicode: !ascii, announce: plain ? announce : nil)
        }
    }

    private func run(
        in session: ConsoleSession,
        withWorker: Bool,
        remembering file: SavedStateFile
    ) async throws -> Int32 {
        let surroundings = session.composition.surroundings
        let (mouse, ascii, plain) = (mouse, ascii, plain)
        return try await session.runOnTerminal(withWorker: withWorker) { console in
            try await console.run { () throws -> any Terminal in
                if plain { return try LineTerminal(environment: surroundings.environment) }
                let terminal = try CursesTerminal(environment: surroundings.environment, unicode: ascii ? false : nil)
                terminal.setMouse(mouse)
                return terminal
            } closed: { code, state in
                LastExit.arm(code)
                do {
                    if let state { try file.write(state) }
                } catch {
                    surroundings.note("what the console showed can't be remembered: \(error.localizedDescription)")
                }
            }
        }
    }

    private func open(_ composition: Composition) async throws -> Composition.ReadyStore {
        guard readOnly else { return try await composition.openOnFirstUse() }
        return Composition.ReadyStore(store: try await composition.openStore(.readOnly), made: nil)
    }

    private func options(_ composition: Composition, _ ready: Composition.ReadyStore) -> ConsoleOptions {
        var options = ConsoleOptions(
            databaseLabel: (composition.settings.database as NSString).lastPathComponent.sanitized(limit: 40),
            isReadOnly: readOnly,
            refresh: refresh.duration,
            isMouseOn: mouse
        )
        options.firstKey = ready.made?.firstKey
        for problem in ready.made?.problems ?? [] { options.greetings.append(problem) }
        if worker, !readOnly, case .success(let plan) = composition.settings.feed, let warning = plan.warning {
            options.greetings.append(warning)
        }
        return options
    }
}

/// `250ms`, `2s`: how often to look for changes.
struct RefreshInterval: ExpressibleByArgument {
    let duration: Duration

    init(duration: Duration) {
        self.duration = duration
    }

    init?(argument: String) {
        if argument.hasSuffix("ms"), let count = Int64(argument.dropLast(2)), (10...60_000).contains(count) {
            duration = .milliseconds(count)
        } else if let seconds = Duration(shorthand: argument), seconds >= .seconds(1), seconds <= .seconds(3600) {
            duration = seconds
        } else {
            return nil
        }
    }

    var defaultValueDescription: String { "250ms" }
}

/// `120x40`.
struct ScreenSize: ExpressibleByArgument {
    let size: Size

    init(size: Size) {
        self.size = size
    }

    init?(argument: String) {
        guard let size = Size(text: argument) else { return nil }
        self.size = size
    }

    var defaultValueDescription: String { size.description }
}
