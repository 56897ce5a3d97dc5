import Testing

/// Asks again and again until `condition` holds; gives up, and fails, after a minute.
func eventually(
    _ comment: Comment = "it did not come true",
    sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () async throws -> Bool
) async throws {
    for _ in 0..<6000 {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record(comment, sourceLocation: sourceLocation)
}
