/// What can be wrong in a way that an administrator must hear of.
package enum AlertKind: String, CaseIterable, Sendable {
    /// The last run of a series ended with a failure; the subject is symbol and timeframe.
    case backfillFailed = "backfill.failed"
    /// The vendor does not take the key, so nothing is fetched.
    case keyRefused = "vendor.key_refused"
    /// A symbol lacks candles that should be there by now; the subject is the symbol.
    case dataStale = "data.stale"
    /// The audit log is not what was written.
    case auditBroken = "audit.broken"
    /// No condition: what `mdw alerts test` sends.
    case test

    package var severity: AlertSeverity {
        switch self {
        case .backfillFailed, .dataStale: .warning
        case .keyRefused, .auditBroken: .critical
        case .test: .info
        }
    }
}

/// How much an alert matters.
package enum AlertSeverity: String, CaseIterable, Sendable {
    case info
    case warning
    case critical
}

/// One thing that is wrong, or not: at most one alert is open for it.
package struct AlertCondition: Hashable, Sendable {
    package let kind: AlertKind
    /// What it is about; empty when there is only one of the kind.
    package let subject: String

    package init(_ kind: AlertKind, _ subject: String = "") {
        self.kind = kind
        self.subject = subject.sanitized(limit: 100)
    }
}

extension AlertCondition: CustomStringConvertible {
    /// `backfill.failed AAPL 1d`, `audit.broken`.
    package var description: String { subject.isEmpty ? kind.rawValue : "\(kind.rawValue) \(subject)" }
}

/// A condition that holds, with a sentence about it.
package struct AlertFinding: Hashable, Sendable {
    package let condition: AlertCondition
    package let message: String

    package init(_ condition: AlertCondition, _ message: String) {
        self.condition = condition
        self.message = message.sanitized(limit: 500)
    }
}
