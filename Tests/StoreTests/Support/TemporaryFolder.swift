import Foundation

/// Runs `body` with the path of an empty folder that no other test uses, and removes it afterwards.
func withFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mdw-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // A folder that can't be removed must not hide the outcome of the test.
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.path)
}

/// The bytes of a file; none when it is missing.
func bytes(of path: String) -> Data {
    FileManager.default.contents(atPath: path) ?? Data()
}

/// The permission bits of a file.
func mode(of path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
}
