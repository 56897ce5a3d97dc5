import Records
import Store
import Warehouse

extension CandleImportReport {
    func show(_ renderer: Renderer) throws {
        guard !renderer.json else { return try renderer.object(object) }
        try renderer.line(
            "\(read.counted("row")) of \(files.counted("file")): \(outcome.added.grouped) stored, "
                + "\(outcome.revised.grouped) revised, \(outcome.unchanged.grouped) unchanged, "
                + "\(duplicates.grouped) twice in the file, \(rejectedRows.grouped) rejected"
        )
        for (rule, rejections) in byRule {
            try renderer.line(
                "rejected  \(rule.rawValue)  \(rejections.count.counted("row")), kept in rejected_candles"
            )
            for row in rejections.samples {
                try renderer.line("          line \(row.line): \(row.candle.reason.sanitized(limit: 200))")
            }
            if rejections.count > Int64(rejections.samples.count) {
                try renderer.line("          and \((rejections.count - Int64(rejections.samples.count)).grouped) more")
            }
        }
        if skippedRows > 0 {
            try renderer.line(
                "skipped   \(skippedRows.counted("row")) of \(skipped.count.counted("other ticker")): \(skippedNames)"
            )
        }
        for failure in failures { try renderer.line("failed    \(failure.sanitized(limit: 1000))") }
        if failures.isEmpty, !isComplete {
            try renderer.line("failed    there is no good row for the symbol in the file")
        }
    }

    private var byRule: [(rule: RuleID, rejections: Rejections)] {
        RuleID.allCases.compactMap { rule in rejected[rule].map { (rule, $0) } }
    }

    private var firstSkipped: [(name: String, rows: Int64)] {
        skipped.sorted { $0.key < $1.key }.prefix(Self.samples).map { ($0.key, $0.value) }
    }

    private var skippedNames: String {
        let names = firstSkipped.map { $0.name.sanitized(limit: 20) }.joined(separator: ", ")
        return skipped.count > Self.samples ? names + " and \((skipped.count - Self.samples).grouped) more" : names
    }

    private var object: Value {
        .object([
            Value.Member("complete", .flag(isComplete)),
            Value.Member("changed", .flag(changed)),
            Value.Member("files", .integer(files)),
            Value.Member("read", .integer(read)),
            Value.Member("stored", .integer(outcome.added)),
            Value.Member("revised", .integer(outcome.revised)),
            Value.Member("unchanged", .integer(outcome.unchanged)),
            Value.Member("duplicates", .integer(duplicates)),
            Value.Member("rejected", .integer(rejectedRows)),
            Value.Member(
                "rejected_by_rule",
                .object(byRule.map { Value.Member($0.rule.rawValue, object(of: $0.rejections)) })
            ),
            Value.Member("skipped_rows", .integer(skippedRows)),
            Value.Member("skipped_tickers", .integer(skipped.count)),
            Value.Member(
                "skipped",
                .object(firstSkipped.map { Value.Member($0.name.sanitized(limit: 40), .integer($0.rows)) })
            ),
            Value.Member("failures", .list(failures.map { .text($0) })),
        ])
    }

    private func object(of rejections: Rejections) -> Value {
        .object([
            Value.Member("count", .integer(rejections.count)),
            Value.Member(
                "samples",
                .list(
                    rejections.samples.map {
                        .object([
                            Value.Member("file", .text($0.path)), Value.Member("line", .integer($0.line)),
                            Value.Member("reason", .text($0.candle.reason)), Value.Member("raw", .text($0.candle.raw)),
                        ])
                    }
                )
            ),
        ])
    }
}
