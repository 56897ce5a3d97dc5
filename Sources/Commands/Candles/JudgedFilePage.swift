import Feeds
import Warehouse

/// A page of a file as the rules of a backfill judge it.
///
/// One thing is different from an answer of the vendor: the rows before one that refuses the page are taken.
struct JudgedFilePage {
    let verdict: PageVerdict
    /// In the order of the file.
    let rejected: [RejectedRow]
    /// The row because of which nothing that follows can be trusted.
    let refusal: RejectedRow?

    /// Judges `page`, which keeps the bars that were judged.
    init(
        _ page: inout CandleFilePage,
        of request: CandleRequest,
        columns: CandleColumns,
        path: String,
        now: Timestamp,
        after context: PageContext
    ) {
        let beforehand = Self.rejectedBeforehand(in: &page, columns: columns, path: path)
        let rules = CandleRules()
        let first = rules.judge(page.feedPage, of: request, now: now, after: context)
        let rows = RejectedRow.rows(of: first.rejected, in: page, path: path)
        guard first.refusal != nil, let last = rows.last else {
            verdict = first
            rejected = Self.merged(beforehand, rows)
            refusal = nil
            return
        }
        page.bars.removeSubrange(last.index...)
        verdict = rules.judge(page.feedPage, of: request, now: now, after: context)
        rejected = Self.merged(beforehand, rows)
        refusal = last
    }

    /// Takes out rows of the wrong shape, and bars whose time no unit explains: they say nothing about the others.
    private static func rejectedBeforehand(
        in page: inout CandleFilePage,
        columns: CandleColumns,
        path: String
    ) -> [RejectedRow] {
        var rejected = page.misshapen.map { RejectedRow($0, columns: columns.names.count, path: path) }
        guard !page.bars.allSatisfy(\.hasPlausibleTime) else { return rejected }
        var kept: [Int] = []
        for (index, bar) in page.bars.enumerated() {
            if bar.hasPlausibleTime {
                kept.append(index)
            } else {
                rejected.append(RejectedRow(implausible: bar, at: index, of: page, path: path))
            }
        }
        page.lines = kept.map { page.lines[$0] }
        page.bars = kept.map { page.bars[$0] }
        return rejected
    }

    private static func merged(_ left: [RejectedRow], _ right: [RejectedRow]) -> [RejectedRow] {
        left.isEmpty ? right : (left + right).sorted { $0.line < $1.line }
    }
}
