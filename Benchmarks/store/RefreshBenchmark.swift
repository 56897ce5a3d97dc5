import Foundation
import Store
import Warehouse

/// How long each question takes that the console asks the store when something has changed, on a database that exists.
///
/// The questions are those of a screen of 40 rows, in every order that the lists have; each is asked many times over, as it
/// is while a worker writes. The schema's own caches are warm, as they are in a console that runs.
struct RefreshBenchmark {
    let database: String

    private static let rounds = 40
    /// The rows that the console asks for at once.
    private static let window = 400
    private static let auditPage = 300
    private static let auditSpan: Int64 = 8000

    private typealias Question = (name: String, ask: () async throws -> Void)

    func run() async throws {
        let store = try await Store.open(sqlite: database, access: .readOnly, clock: MachineClock())
        print("the console's questions, \(Self.rounds) times each:            median      p95   longest")
        var slowest = Duration.zero
        for (name, ask) in try await questions(of: store) {
            var times: [Duration] = []
            for _ in 0..<Self.rounds {
                let start = ContinuousClock.now
                try await ask()
                times.append(ContinuousClock.now - start)
            }
            times.sort()
            let shown = [times[Self.rounds / 2], times[Self.rounds * 95 / 100], times[Self.rounds - 1]].map { time in
                time.latencyText.leftPadded(to: 9)
            }
            slowest = max(slowest, times[Self.rounds * 95 / 100])
            print("  \(name.padding(toLength: 44, withPad: " ", startingAt: 0)) \(shown.joined(separator: " "))")
        }
        print("  slowest p95 \(slowest.latencyText)   budget: 10 ms")
        try store.close()
    }

    private func questions(of store: Store) async throws -> [Question] {
        let newest = try await store.audit.part(limit: 1, span: 1).through
        return [
            ("what changed", { _ = try await store.generations() }),
            ("header", { _ = try await store.summary() }),
            (
                "audit: newest",
                { _ = try await store.audit.part(limit: Self.auditPage, span: Self.auditSpan) }
            ),
            (
                "audit: after the last known row",
                { _ = try await store.audit.part(newestAfter: newest - 40, limit: Self.auditPage) }
            ),
            ("audit: how many came", { _ = try await store.audit.arrivals(after: newest - 1000) }),
            (
                "audit: a step of a search",
                {
                    let nothing = AuditLog.Filter(text: ListFilter([ListFilter.Term("nothing-has-this")]))
                    _ = try await store.audit.part(limit: Self.auditPage, span: Self.auditSpan, matching: nothing)
                }
            ),
        ] + SymbolStore.Column.allCases.map { symbols(store, by: $0) }
            + KeyStore.Column.allCases.map { keys(store, by: $0) }
            + JobStore.Column.allCases.map { jobs(store, by: $0) }
    }

    private func symbols(_ store: Store, by column: SymbolStore.Column) -> Question {
        let query = SymbolStore.Query(order: ListOrder(column), limit: Self.window)
        return ("symbols by \(column.rawValue)", { _ = try await store.symbols.page(query) })
    }

    private func keys(_ store: Store, by column: KeyStore.Column) -> Question {
        let query = KeyStore.Query(order: ListOrder(column), limit: Self.window)
        return ("keys by \(column.rawValue)", { _ = try await store.keys.page(query) })
    }

    private func jobs(_ store: Store, by column: JobStore.Column) -> Question {
        let query = JobStore.Query(order: ListOrder(column), limit: Self.window)
        return ("jobs by \(column.rawValue)", { _ = try await store.jobs.page(query) })
    }
}

extension String {
    fileprivate func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}
