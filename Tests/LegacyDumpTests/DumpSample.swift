import Foundation
import LegacyDump
import Testing

/// Runs `body` with a dump of this content on disk.
func withDump<Value>(_ content: String, _ body: (DumpFile) throws -> Value) throws -> Value {
    try withDump(Data(content.utf8), body)
}

func withDump<Value>(_ content: Data, _ body: (DumpFile) throws -> Value) throws -> Value {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("mdw-dump-\(UUID().uuidString)").path
    try content.write(to: URL(fileURLWithPath: path))
    // A file that can't be removed is in the temporary folder anyway.
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(try DumpFile(path: path, spoolFolder: "/tmp"))
}

/// The fields of a line; NULL is `nil`.
func fields(_ line: String, columns: Int? = nil) throws -> [String?] {
    var row = CopyRow()
    let bytes = Array(line.utf8)
    try bytes.withUnsafeBufferPointer { buffer in
        try row.read(buffer, columns: columns ?? line.split(separator: "\t", omittingEmptySubsequences: false).count)
    }
    return (0..<row.count).map { row.isNull($0) ? nil : row.text($0) }
}

/// A row of these fields, to be read by one of the readers.
func row(_ line: String, columns: Int) throws -> CopyRow {
    var row = CopyRow()
    let bytes = Array(line.utf8)
    try bytes.withUnsafeBufferPointer { try row.read($0, columns: columns) }
    return row
}

func withBytes<Value>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
    Array(text.utf8).withUnsafeBufferPointer(body)
}
