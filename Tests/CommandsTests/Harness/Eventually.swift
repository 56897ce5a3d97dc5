import Testing

/// Asks again and again until `condition` holds; gives up, and fails, after a minute.
func eventually(_ condition: () async throws -> Bool) async throws {
    for _ in 0..<3000 {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(20))
    }
    Issue.record("it did not come true")
}
