import Foundation
import Store
import Terminal

/// Plays a script on the real loop and a headless terminal.
struct ScriptPlayer: ~Copyable {
    private var loop: ConsoleLoop
    private let terminal: HeadlessTerminal
    private let store: Store
    /// How long a wait may take before the script fails.
    private let patience = Duration.seconds(60)

    init(loop: consuming ConsoleLoop, terminal: HeadlessTerminal, store: Store) {
        self.loop = loop
        self.terminal = terminal
        self.store = store
    }

    /// Plays to the end, or until the console quits; returns the exit code.
    mutating func play(_ script: Script) throws -> Int32 {
        for (line, step) in script.steps where loop.model.exitCode == nil {
            try carryOut(step, line: line)
        }
        return loop.model.exitCode ?? 0
    }

    private mutating func carryOut(_ step: Script.Step, line: Int) throws {
        switch step {
        case .keys(let keys):
            // As a person would: what was asked for before is on the screen when the next line is typed.
            try waitUntilIdle(line: line)
            for key in keys where loop.model.exitCode == nil { loop.step([.key(key)]) }
        case .paste(let text): loop.step([.paste(text)])
        case .resize(let size):
            terminal.resize(to: size)
            loop.step(terminal.pollEvents(timeout: .zero))
        case .waitIdle: try waitUntilIdle(line: line)
        case .waitText(let text, let isThere):
            try wait(line: line, "text '\(text)'") { [terminal] _ in
                (terminal.frame?.rows.contains { $0.contains(text) } ?? false) == isThere
            }
        case .saveDisplay(let path):
            try save((terminal.frame?.rows ?? []).joined(separator: "\n") + "\n", to: path, line: line)
        case .saveANSI(let path): try save(terminal.frame?.ansi ?? "", to: path, line: line)
        case .saveSVG(let path):
            let colors: PictureColors = loop.model.theme == .light ? .light : .dark
            try save(terminal.frame?.svg(colors) ?? "", to: path, line: line)
        }
    }

    /// A key that is shown once is in no dump: all but its preview is blotted out.
    static func blottingKeys(_ text: String) -> String {
        text.replacing(/mdw_[0-9A-Za-z]{49}/) { match in
            match.output.prefix(12) + String(repeating: "•", count: match.output.count - 12)
        }
    }

    /// Waits until every question is answered and every commit so far is seen.
    private mutating func waitUntilIdle(line: Int) throws {
        let counter = try store.changeCounter()
        try wait(line: line, "idle") { model in
            model.loads.isIdle && model.freshness.pendingCommands == 0 && model.freshness.counter ?? -1 >= counter
        }
    }

    private mutating func wait(line: Int, _ what: String, until isReached: (ConsoleModel) -> Bool) throws {
        let deadline = ContinuousClock.now + patience
        loop.step([])
        while !isReached(loop.model), loop.model.exitCode == nil {
            guard ContinuousClock.now < deadline else {
                let display = Self.blottingKeys(terminal.frame?.rows.joined(separator: "\n") ?? "")
                throw ScriptError(line: line, reason: "waited \(patience) for \(what); the screen shows:\n\(display)")
            }
            loop.step(terminal.pollEvents(timeout: .milliseconds(50)))
        }
    }

    private func save(_ text: String, to path: String, line: Int) throws {
        do {
            try Self.blottingKeys(text).write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw ScriptError(line: line, reason: "\(path) can't be written")
        }
    }
}
