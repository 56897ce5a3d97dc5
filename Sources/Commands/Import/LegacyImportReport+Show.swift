import LegacyDump
import Records
import Warehouse

extension LegacyImportReport {
    func show(_ renderer: Renderer) throws {
        guard !renderer.json else { return try renderer.object(object) }
        let rows = LegacyTable.allCases.compactMap { table in tables[table].map { (table: table, counts: $0) } }
        if !rows.isEmpty { try renderer.list(rows, as: Self.layout) }
        for (rule, count) in rejectedByRule {
            try renderer.line("rejected  \(rule.rawValue)  \(count.counted("candle")), kept in rejected_candles")
        }
        for refusal in refusals {
            try renderer.line("refused   line \(refusal.line), \(refusal.table.rawValue): \(refusal.reason)")
        }
        for sentence in sentences { try renderer.line("note      \(sentence)") }
        if totals == nil { try renderer.line("nothing to do: nothing in the dump is new, and nothing was changed") }
    }

    private static let layout = RecordLayout<(table: LegacyTable, counts: Counts)>([
        Field("table") { .text($0.table.rawValue) },
        Field("read") { .integer($0.counts.read) },
        Field("imported") { .integer($0.counts.imported) },
        Field("already_there", "already there") { .integer($0.counts.known) },
        Field("refused") { .integer($0.counts.refused) },
        Field("rejected") { .integer($0.counts.rejected) },
    ])

    private var rejectedByRule: [(rule: RuleID, count: Int64)] {
        RuleID.allCases.compactMap { rule in rejected[rule].map { (rule, $0) } }
    }

    private var object: Value {
        .object([
            Value.Member("changed", .flag(totals != nil)),
            Value.Member(
                "tables",
                .list(
                    LegacyTable.allCases.compactMap { table in tables[table].map { Self.layout.object((table, $0)) } }
                )
            ),
            Value.Member(
                "rejected_candles",
                .object(rejectedByRule.map { Value.Member($0.rule.rawValue, .integer($0.count)) })
            ),
            Value.Member(
                "refused_rows",
                .list(
                    refusals.map {
                        .object([
                            Value.Member("table", .text($0.table.rawValue)), Value.Member("line", .integer($0.line)),
                            Value.Member("reason", .text($0.reason)),
                        ])
                    }
                )
            ),
            Value.Member(
                "renumbered_keys",
                .list(
                    renumberedKeys.map {
                        .object([
                            Value.Member("old_id", .id($0.old)), Value.Member("id", .id($0.id)),
                            Value.Member("name", .text($0.name)),
                        ])
                    }
                )
            ),
            Value.Member("ignored_tables", .list(ignoredTables.map { .text($0) })),
            Value.Member("ignored_columns", .list(ignoredColumns.map { .text($0) })),
            Value.Member("notes", .list(sentences.map { .text($0) })),
        ])
    }

    /// What an administrator should know, one sentence each.
    private var sentences: [String] {
        var sentences: [String] = []
        func add(_ names: Names, _ text: (String) -> String) {
            if names.count > 0 { sentences.append(text(names.text)) }
        }
        func add(_ count: Int64, _ text: (String) -> String) {
            if count > 0 { sentences.append(text(count.counted("candle"))) }
        }
        for key in renumberedKeys {
            sentences.append("key \(key.old) '\(key.name)' of the old service is key \(key.id) here")
        }
        add(deletedKeys) { "keys that were deleted here stay deleted: \($0)" }
        for (old, id) in missingKeys.sorted(by: { $0.key < $1.key }).prefix(20) {
            sentences.append(
                "key \(old) is in the audit and not among the dump's keys: its audit rows name key \(id.rawValue)"
            )
        }
        add(trackedSymbols) { "tracked here already, with their rows and ids as they are: \($0)" }
        add(otherClass) { "tracked here with another class, which stays: \($0)" }
        add(renumberedSymbols) { "symbols with another id than they had: \($0)" }
        add(respelled) { "symbols that mdw spells otherwise: \($0)" }
        add(untracked) { "symbols without a row in tracked_symbols, added as inactive: \($0)" }
        add(differing) { "here with other values, which stay: \($0)" }
        add(mixed) { "simulated and real candles of a symbol don't mix (use another database); refused: \($0)" }
        add(unvalidated) { "not validated by the old service, and good by mdw's rules: \($0)" }
        add(offGrid) { "off the grid of their timeframe (V07), taken as they are: \($0)" }
        sentences += notes.first
        if notes.count > notes.first.count { sentences.append("\(notes.count - notes.first.count) more of this kind") }
        if !missingTables.isEmpty { sentences.append("not in the dump: \(missingTables.joined(separator: ", "))") }
        if !ignoredTables.isEmpty { sentences.append("tables ignored: \(ignoredTables.joined(separator: ", "))") }
        if !ignoredColumns.isEmpty { sentences.append("columns ignored: \(ignoredColumns.joined(separator: ", "))") }
        return sentences.map { $0.sanitized(limit: 1000) }
    }
}
