import ArgumentParser
import Warehouse

extension TradingDay {
    /// Reads the value of `--from` or `--to`.
    static func argument(_ text: String) throws -> TradingDay {
        guard let day = TradingDay(iso: text) else {
            throw ValidationError("'\(text.sanitized(limit: 40))' is not a day: use YYYY-MM-DD")
        }
        return day
    }
}

/// A moment on the command line: a day, a time, or how far away it is.
enum TypedMoment: Hashable, Sendable {
    case instant(Timestamp)
    case distance(Duration)

    /// Reads `2027-01-31`, `2027-01-31T12:00`, `30d`, `12h`, `45m`, `90s`.
    static func argument(_ text: String) throws -> TypedMoment {
        if let instant = Timestamp(iso: text) { return .instant(instant) }
        if let distance = Duration(shorthand: text) { return .distance(distance) }
        throw ValidationError(
            "'\(text.sanitized(limit: 40))' is not a time: use YYYY-MM-DD, YYYY-MM-DDTHH:MM, "
                + "or a distance such as 30d or 12h"
        )
    }

    func after(_ now: Timestamp) -> Timestamp {
        switch self {
        case .instant(let time): time
        case .distance(let distance): now + distance
        }
    }

    func before(_ now: Timestamp) -> Timestamp {
        switch self {
        case .instant(let time): time
        case .distance(let distance): now - distance
        }
    }
}
