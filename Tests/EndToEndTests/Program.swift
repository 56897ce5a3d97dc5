import Foundation
import TestPrograms

/// Programs that tests run to their end, and the built mdw among them.
enum Program {
    /// The mdw that was built together with the tests.
    static let path: String = {
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        return bundle.appendingPathComponent("mdw").path
    }()

    static func run(
        _ path: String,
        _ arguments: [String],
        environment: [String: String]? = nil
    ) throws -> SpawnedProgram.Outcome {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mdw-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // What can't be removed is in the temporary folder anyway.
        defer { try? FileManager.default.removeItem(at: folder) }
        let environment = environment ?? ProcessInfo.processInfo.environment
        return try SpawnedProgram(path, arguments, environment: environment, folder: folder.path).wait()
    }
}
