import Foundation
import TestPrograms
import Testing

/// The built mdw in a real terminal: a tmux server of its own, keys as a person types them, the screen as it is seen.
struct TmuxConsole {
    let folder: URL
    let width: Int
    let height: Int
    private let server = "mdw-test-\(UUID().uuidString)"

    init(width: Int, height: Int) throws {
        self.width = width
        self.height = height
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("mdw-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    var database: String { folder.appendingPathComponent("data/mdw.sqlite").path }

    /// Opens the console; the line `ENDED <exit code>` follows when it has quit.
    ///
    /// `underShell`: from an interactive shell, which can stop it and take it up again.
    func open(
        _ arguments: String = "",
        environment: [String: String] = [:],
        underShell: Bool = false
    ) throws {
        var variables = ["HOME": folder.path, "MDW_DATABASE": database, "LANG": "C.UTF-8", "TERM": "screen-256color"]
        variables.merge(environment) { $1 }
        // A value of the machine must not decide a test.
        let unset = [
            "POLYGON_API_KEY", "MDW_FEED_URL", "NO_COLOR", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME",
        ]
        let assignments = variables.map { "\($0)='\($1)'" }.joined(separator: " ")
        let line =
            "env \(unset.map { "-u \($0)" }.joined(separator: " ")) \(assignments) '\(Program.path)' \(arguments); "
            + "echo ENDED $?"
        // The shell's own job control decides what ^Z does.
        let command = underShell ? "PS1='shell: ' bash --norc --noprofile -i" : "\(line); sleep 600"
        try tmux(
            "-f",
            "/dev/null",
            "new-session",
            "-d",
            "-c",
            folder.path,
            "-x",
            "\(width)",
            "-y",
            "\(height)",
            command
        )
        if underShell {
            try type(line)
            try press("Enter")
        }
    }

    /// Pastes a text as a terminal does that brackets it.
    func paste(_ text: String) throws {
        try tmux("set-buffer", text)
        try tmux("paste-buffer", "-p")
    }

    /// The screen with the escape sequences of its colours.
    func coloredScreen() throws -> String { try tmux("capture-pane", "-p", "-e") }

    /// Types keys by their tmux names (`Enter`, `Escape`, `c`).
    func press(_ keys: String...) throws {
        for key in keys { try tmux("send-keys", key) }
    }

    /// Types a text.
    func type(_ text: String) throws {
        try tmux("send-keys", "-l", text)
    }

    func resize(width: Int, height: Int) throws {
        try tmux("resize-window", "-x", "\(width)", "-y", "\(height)")
    }

    /// The lines on the screen.
    func screen() throws -> [String] {
        try tmux("capture-pane", "-p").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// Waits until the screen shows `text`, and returns it; fails after 20 seconds.
    @discardableResult
    func wait(for text: String, _ location: SourceLocation = #_sourceLocation) async throws -> [String] {
        for _ in 0..<400 {
            let lines = try screen()
            if lines.contains(where: { $0.contains(text) }) { return lines }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record(
            "'\(text)' does not come; the screen:\n\(try screen().joined(separator: "\n"))",
            sourceLocation: location
        )
        return []
    }

    /// Waits until a line of the screen is `text` and nothing else; fails after 20 seconds.
    func waitForLine(_ text: String, _ location: SourceLocation = #_sourceLocation) async throws {
        for _ in 0..<400 {
            if try screen().contains(text) { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("no line is '\(text)'", sourceLocation: location)
    }

    /// Waits until the screen no longer shows `text`; fails after 20 seconds.
    func waitUntilGone(_ text: String, _ location: SourceLocation = #_sourceLocation) async throws {
        for _ in 0..<400 {
            if try !screen().contains(where: { $0.contains(text) }) { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("'\(text)' does not go", sourceLocation: location)
    }

    /// Process number of the console.
    func processID() throws -> Int32 {
        let shell = try tmux("list-panes", "-F", "#{pane_pid}").trimmingCharacters(in: .whitespacesAndNewlines)
        let children = try Program.run("/usr/bin/pgrep", ["-P", shell]).output
        return try #require(children.split(separator: "\n").compactMap { Int32($0) }.first)
    }

    /// The process that `parent` started; `nil` when there is none.
    func child(of parent: Int32) throws -> Int32? {
        try Program.run("/usr/bin/pgrep", ["-P", "\(parent)"]).output.split(separator: "\n").compactMap { Int32($0) }
            .first
    }

    /// Whether a process has ended and nobody has asked how yet.
    static func isZombie(_ process: Int32) -> Bool {
        let status = FileManager.default.contents(atPath: "/proc/\(process)/stat") ?? Data()
        return String(decoding: status, as: UTF8.self).contains(") Z ")
    }

    /// The columns that a text takes: two for what East Asian scripts are written with, none for combining marks.
    static func columns(of text: some StringProtocol) -> Int {
        text.unicodeScalars.reduce(0) { sum, scalar in
            if scalar.properties.generalCategory == .nonspacingMark { return sum }
            return sum + ((0x2E80...0xD7A3).contains(scalar.value) ? 2 : 1)
        }
    }

    /// Takes the terminal away.
    func hangUp() {
        // A server that has already gone is what is wanted.
        _ = try? tmux("kill-server")
    }

    func close() {
        // A server that has already gone is what is wanted.
        _ = try? tmux("kill-server")
        try? FileManager.default.removeItem(at: folder)
    }

    @discardableResult
    private func tmux(_ arguments: String...) throws -> String {
        try Program.run("/usr/bin/tmux", ["-L", server] + arguments).output
    }
}
