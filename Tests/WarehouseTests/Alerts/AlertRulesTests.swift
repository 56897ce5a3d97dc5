import Testing
import Warehouse

@Suite struct AlertRulesTests {
    /// A situation, and what it changes.
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let situation: AlertSituation
        var raised: [String] = []
        var resolved: [String] = []
    }

    static let now = Timestamp.iso("2019-01-24T12:00:00Z")
    static let anHourAgo = Timestamp.iso("2019-01-24T11:00:00Z")
    static func anHourAgoOpen(_ kind: AlertKind, _ subject: String) -> Alert {
        Alert(
            id: AlertID(1),
            condition: AlertCondition(kind, subject),
            severity: kind.severity,
            message: "m",
            raisedAt: anHourAgo
        )
    }
    static let apple = AlertSituation.FailedRun(symbol: "AAPL", timeframe: .oneDay, error: "HTTP 500")
    static let refused = AlertSituation.TroubledWorker(id: "w", trouble: "the vendor refuses the key")
    static let stale = SymbolFreshness(
        ticker: Ticker(stored: "AAPL", assetClass: .stock),
        dateAdded: .iso("2018-01-01T00:00:00Z"),
        lastCandles: [.oneDay: .iso("2019-01-10T05:00:00Z")]
    )
    static let fresh = SymbolFreshness(
        ticker: Ticker(stored: "AAPL", assetClass: .stock),
        dateAdded: .iso("2018-01-01T00:00:00Z"),
        lastCandles: [.oneDay: .iso("2019-01-23T05:00:00Z")]
    )

    static let cases = [
        Case(
            testDescription: "all is well",
            situation: AlertSituation(now: now, symbols: [fresh], audit: .intact(since: anHourAgo))
        ),
        Case(
            testDescription: "a run failed",
            situation: AlertSituation(now: now, failedRuns: [apple]),
            raised: ["backfill.failed AAPL 1d: HTTP 500"]
        ),
        Case(
            testDescription: "a run without a reason failed",
            situation: AlertSituation(now: now, failedRuns: [.init(symbol: "BTC", timeframe: .oneHour, error: nil)]),
            raised: ["backfill.failed BTC 1h: the backfill failed"]
        ),
        Case(
            testDescription: "a run failed again",
            situation: AlertSituation(now: now, failedRuns: [apple], open: [anHourAgoOpen(.backfillFailed, "AAPL 1d")])
        ),
        Case(
            testDescription: "another series failed",
            situation: AlertSituation(
                now: now,
                failedRuns: [apple, .init(symbol: "AAPL", timeframe: .oneHour, error: "e")],
                open: [anHourAgoOpen(.backfillFailed, "AAPL 1d")]
            ),
            raised: ["backfill.failed AAPL 1h: e"]
        ),
        Case(
            testDescription: "the run that failed worked",
            situation: AlertSituation(now: now, open: [anHourAgoOpen(.backfillFailed, "AAPL 1d")]),
            resolved: ["backfill.failed AAPL 1d"]
        ),
        Case(
            testDescription: "the vendor refuses the key, to two workers",
            situation: AlertSituation(now: now, troubledWorkers: [refused, .init(id: "v", trouble: "t")]),
            raised: ["vendor.key_refused: worker w: the vendor refuses the key"]
        ),
        Case(
            testDescription: "the key is still refused",
            situation: AlertSituation(
                now: now,
                troubledWorkers: [refused],
                lastCompletedRun: now,
                open: [anHourAgoOpen(.keyRefused, "")]
            )
        ),
        Case(
            testDescription: "the worker with the key is gone",
            situation: AlertSituation(now: now, open: [anHourAgoOpen(.keyRefused, "")])
        ),
        Case(
            testDescription: "nothing was fetched since",
            situation: AlertSituation(now: now, lastCompletedRun: anHourAgo, open: [anHourAgoOpen(.keyRefused, "")])
        ),
        Case(
            testDescription: "a run got everything since",
            situation: AlertSituation(now: now, lastCompletedRun: now, open: [anHourAgoOpen(.keyRefused, "")]),
            resolved: ["vendor.key_refused"]
        ),
        Case(
            testDescription: "data is stale",
            situation: AlertSituation(now: now, symbols: [stale]),
            raised: ["data.stale AAPL: AAPL is behind its calendar: the last 1d candle is of 2019-01-10 05:00 UTC"]
        ),
        Case(
            testDescription: "data is still stale",
            situation: AlertSituation(now: now, symbols: [stale], open: [anHourAgoOpen(.dataStale, "AAPL")])
        ),
        Case(
            testDescription: "data came",
            situation: AlertSituation(now: now, symbols: [fresh], open: [anHourAgoOpen(.dataStale, "AAPL")]),
            resolved: ["data.stale AAPL"]
        ),
        Case(
            testDescription: "the symbol is inactive now",
            situation: AlertSituation(now: now, open: [anHourAgoOpen(.dataStale, "AAPL")]),
            resolved: ["data.stale AAPL"]
        ),
        Case(
            testDescription: "the audit log is broken",
            situation: AlertSituation(now: now, audit: .broken(at: 7, reason: "r")),
            raised: ["audit.broken: the audit log is broken at row 7: r"]
        ),
        Case(
            testDescription: "it is broken at another row too",
            situation: AlertSituation(
                now: now,
                audit: .broken(at: 3, reason: "s"),
                open: [anHourAgoOpen(.auditBroken, "")]
            )
        ),
        Case(
            testDescription: "nothing is known of the audit log yet",
            situation: AlertSituation(now: now, open: [anHourAgoOpen(.auditBroken, "")])
        ),
        Case(
            testDescription: "an older walk found nothing",
            situation: AlertSituation(
                now: now,
                audit: .intact(since: anHourAgo),
                open: [anHourAgoOpen(.auditBroken, "")]
            )
        ),
        Case(
            testDescription: "a walk since found nothing",
            situation: AlertSituation(now: now, audit: .intact(since: now), open: [anHourAgoOpen(.auditBroken, "")]),
            resolved: ["audit.broken"]
        ),
    ]

    @Test(arguments: cases) func `raised once, kept, resolved`(_ test: Case) {
        let changes = AlertRules().changes(in: test.situation)
        #expect(changes.raised.map { "\($0.condition): \($0.message)" } == test.raised)
        #expect(changes.resolved.map { "\($0.condition)" } == test.resolved)
        #expect(changes.isEmpty == (test.raised.isEmpty && test.resolved.isEmpty))
    }

    @Test(arguments: [(1, 1), (2, 5), (3, 30), (4, 120), (5, 600), (6, 600), (1000, 600)])
    func `later attempts wait longer`(attempts: Int, seconds: Int) {
        #expect(AlertRetry.delay(afterAttempts: attempts) == .seconds(seconds))
    }

    @Test func `nothing from outside can break a line`() {
        let finding = AlertFinding(AlertCondition(.backfillFailed, "A\nBcc: x"), "one\r\ntwo")
        #expect(!"\(finding.condition)\(finding.message)".contains { $0.isNewline })
    }
}
