import Console
import Foundation
import Store
import Synchronization
import Terminal
import Warehouse

/// A real store in a folder of its own, and a console that a script drives.
struct ScriptedConsole {
    let store: Store
    let folder: URL
    let clock = StoppedClock(now: Timestamp(iso: "2026-11-24T10:15:00Z") ?? Timestamp(seconds: 0))
    var database: String { folder.appendingPathComponent("mdw.sqlite").path }
    let actor = Actor(source: .console, name: "alice", address: "192.0.2.7")

    /// `patience`: how long a change waits for others who write.
    init(patience: Duration = .seconds(10)) async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("mdw-\(UUID().uuidString)")
        store = try await Store.open(
            sqlite: folder.appendingPathComponent("mdw.sqlite").path,
            access: .createAndMigrate,
            clock: clock,
            patience: patience
        )
    }

    /// The exit code of a script; `SAVE` in a step's path becomes the folder of this console.
    @discardableResult
    func run(
        _ script: String,
        size: String = "120x40",
        readOnly: Bool = false,
        firstKey: CreatedKey? = nil
    ) async throws -> Int32 {
        let options = ConsoleOptions(
            databaseLabel: "mdw.sqlite",
            isReadOnly: readOnly,
            refresh: .milliseconds(5),
            firstKey: firstKey
        )
        let console = Console(store: store, actor: actor, options: options)
        let text = script.replacingOccurrences(of: "SAVE", with: folder.path)
        return try await console.run(try Script(text), size: Size(text: size) ?? Size(width: 120, height: 40))
    }

    /// What the screen shows after a script that is waited out.
    func screen(after script: String, size: String = "120x40", readOnly: Bool = false) async throws -> [String] {
        try await run(script + "\n:wait idle\n:save-display SAVE/screen.txt", size: size, readOnly: readOnly)
        return try String(contentsOf: folder.appendingPathComponent("screen.txt"), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    /// What is said while a script is played, line by line.
    func announced(_ script: String) async throws -> [String] {
        let options = ConsoleOptions(databaseLabel: "mdw.sqlite", refresh: .milliseconds(5))
        let said = Mutex<[String]>([])
        _ = try await Console(store: store, actor: actor, options: options).run(
            try Script(script),
            size: Size(width: 120, height: 40)
        ) { lines in said.withLock { $0 += lines } }
        return said.withLock { $0 }
    }

    /// What a script saved.
    func saved(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }

    /// Waits until the script has saved a screen under this name, or a minute has gone.
    func waitUntilSaved(_ name: String) async throws {
        let path = folder.appendingPathComponent(name).path
        for _ in 0..<6000 where !FileManager.default.fileExists(atPath: path) {
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    func remove() {
        do {
            try store.close()
            try FileManager.default.removeItem(at: folder)
        } catch {
            print("left behind: \(folder.path): \(error)")
        }
    }
}

/// A clock that stands until it is set; sleeping on it takes a moment of real time, so that loops do not spin.
final class StoppedClock: WallClock {
    private let time: Mutex<Timestamp>

    init(now: Timestamp) {
        time = Mutex(now)
    }

    var now: Timestamp {
        get { time.withLock { $0 } }
        set { time.withLock { $0 = newValue } }
    }

    func sleep(for duration: Duration) async throws {
        try await Task.sleep(for: min(duration, .milliseconds(5)))
    }
}
