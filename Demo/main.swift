import Console
import Foundation
import Store
import Terminal
import Warehouse

/// Draws the pictures of the README: `mdw-screenshots SCRIPT FOLDER`.
///
/// The console plays the script on a store that is the same each time: its clock stands, its keys come from a seed. A line
/// `# size 80x24` begins a new console of that size; `FOLDER` in a path becomes the folder.
guard CommandLine.arguments.count == 3 else {
    print("usage: mdw-screenshots SCRIPT FOLDER")
    exit(2)
}
let script = try String(contentsOfFile: CommandLine.arguments[1], encoding: .utf8)
    .replacing("FOLDER", with: CommandLine.arguments[2])
let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mdw-screenshots-\(UUID().uuidString)")
let store = try await DemoStore.make(at: folder.appendingPathComponent("mdw.sqlite").path)
for scene in script.components(separatedBy: "# size ").dropFirst() {
    let lines = scene.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    guard let size = lines.first.flatMap({ Size(text: String($0)) }), lines.count == 2 else {
        print("'# size \(lines.first ?? "")' is no size")
        exit(2)
    }
    let options = ConsoleOptions(databaseLabel: "mdw.sqlite", refresh: .milliseconds(5))
    let console = Console(store: store, actor: DemoStore.administrator, options: options)
    let code = try await console.run(try Script(String(lines[1])), size: size)
    guard code == 0 else { exit(code) }
}
try store.close()
try FileManager.default.removeItem(at: folder)
