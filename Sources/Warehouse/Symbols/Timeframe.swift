/// The length of the window that a candle sums up.
package enum Timeframe: String, CaseIterable, Sendable, Codable {
    case fiveMinutes = "5m"
    case fifteenMinutes = "15m"
    case thirtyMinutes = "30m"
    case oneHour = "1h"
    case fourHours = "4h"
    case oneDay = "1d"
    case oneWeek = "1w"

    /// The nominal length; a session of a day bar can be shorter.
    package var duration: Duration {
        switch self {
        case .fiveMinutes: .seconds(300)
        case .fifteenMinutes: .seconds(900)
        case .thirtyMinutes: .seconds(1800)
        case .oneHour: .seconds(3600)
        case .fourHours: .seconds(14_400)
        case .oneDay: .seconds(86_400)
        case .oneWeek: .seconds(604_800)
        }
    }

    /// Whether the window is shorter than a day.
    package var isIntraday: Bool { self != .oneDay && self != .oneWeek }
}

extension Timeframe: Comparable {
    package static func < (left: Timeframe, right: Timeframe) -> Bool { left.duration < right.duration }
}
