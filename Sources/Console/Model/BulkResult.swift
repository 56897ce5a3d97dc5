/// What became of each row of a change to several.
struct BulkResult: Sendable {
    struct Line: Hashable, Sendable {
        let text: String
        let isDone: Bool
    }

    let lines: [Line]

    var failures: Int { lines.count { !$0.isDone } }
}
