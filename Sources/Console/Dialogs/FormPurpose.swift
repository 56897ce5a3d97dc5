import Records
import Store
import Warehouse

/// What a form is for, and how its fields become a command.
enum FormPurpose: Hashable, Sendable {
    case addSymbols
    case timeframes([SymbolTarget])
    case startBackfill([SymbolTarget])
    case startBackfillOf
    case createKey
    case rotateKey(KeyID, name: String)
    case export

    /// What is wrong, and in which field.
    struct Fault: Error {
        let text: String
        let field: Int
    }

    func outcome(of values: [String], now: Timestamp) throws(Fault) -> DialogOutcome {
        guard case .export = self else { return .commands(try commands(from: values, now: now)) }
        guard !values[0].isEmpty else { throw Fault(text: "name a file", field: 0) }
        return .export(path: values[0], ExportFormat(rawValue: values[1]) ?? .csv)
    }

    func commands(from values: [String], now: Timestamp) throws(Fault) -> [Command] {
        switch self {
        case .addSymbols:
            let assetClass = AssetClass(rawValue: values[1]) ?? .stock
            let typed = values[0].split(whereSeparator: { " ,;".contains($0) }).map(String.init)
            guard !typed.isEmpty else { throw Fault(text: "type at least one symbol", field: 0) }
            var tickers: [Ticker] = []
            for text in typed {
                do {
                    tickers.append(try Ticker(typed: text, assetClass: assetClass))
                } catch {
                    throw Fault(text: error.description, field: 0)
                }
            }
            return [.addSymbols(tickers, try Self.timeframes(values[2], field: 2))]
        case .timeframes(let symbols):
            let timeframes = try Self.timeframes(values[0], field: 0)
            return symbols.map { .setTimeframes($0.id, symbol: $0.symbol, timeframes) }
        case .startBackfill(let symbols):
            let (timeframe, days) = (try Self.timeframe(values[0]), try Self.days(values, at: 1))
            return symbols.map { .startBackfill(.id($0.id, symbol: $0.symbol), timeframe, days) }
        case .startBackfillOf:
            guard !values[0].isEmpty else { throw Fault(text: "type a tracked symbol", field: 0) }
            return [.startBackfill(.typed(values[0]), try Self.timeframe(values[1]), try Self.days(values, at: 2))]
        case .createKey:
            let name: KeyName
            do {
                name = try KeyName(values[0])
            } catch {
                throw Fault(text: error.description, field: 0)
            }
            return [
                .createKey(
                    name,
                    KeyScope(rawValue: values[1]) ?? .read,
                    expiresAt: try Self.expiry(values[2], field: 2, now: now)
                )
            ]
        case .rotateKey(let id, let name):
            guard let grace = Duration(shorthand: values[0]) else {
                throw Fault(text: "write the grace period as 0, 30m, 12h or 7d", field: 0)
            }
            return [.rotateKey(id, name: name, grace: grace)]
        case .export: return []
        }
    }

    private static func timeframe(_ text: String) throws(Fault) -> Timeframe {
        guard let timeframe = Timeframe(rawValue: text) else {
            throw Fault(text: "unknown timeframe \(text)", field: 0)
        }
        return timeframe
    }

    private static func timeframes(_ text: String, field: Int) throws(Fault) -> [Timeframe] {
        var timeframes: [Timeframe] = []
        for part in text.split(whereSeparator: { " ,".contains($0) }) {
            guard let timeframe = Timeframe(rawValue: String(part)) else {
                let all = Timeframe.allCases.joined
                throw Fault(text: "'\(part)' is no timeframe: use \(all)", field: field)
            }
            timeframes.append(timeframe)
        }
        guard !timeframes.isEmpty else { throw Fault(text: "name at least one timeframe", field: field) }
        return timeframes
    }

    private static func days(_ values: [String], at field: Int) throws(Fault) -> DaySpan {
        DaySpan(from: try day(values[field], field: field), to: try day(values[field + 1], field: field + 1))
    }

    private static func day(_ text: String, field: Int) throws(Fault) -> TradingDay? {
        guard !text.isEmpty else { return nil }
        guard let day = TradingDay(iso: text) else { throw Fault(text: "write the day as 2026-01-31", field: field) }
        return day
    }

    private static func expiry(_ text: String, field: Int, now: Timestamp) throws(Fault) -> Timestamp? {
        guard !text.isEmpty, text != "never" else { return nil }
        let expiry: Timestamp
        if let duration = Duration(shorthand: text) {
            expiry = now + duration
        } else if let time = Timestamp(iso: text) {
            expiry = time
        } else {
            throw Fault(text: "write the expiry as 2027-01-31, 30d, 12h or never", field: field)
        }
        guard expiry > now else { throw Fault(text: "the expiry has passed", field: field) }
        return expiry
    }
}
