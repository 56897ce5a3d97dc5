import Records
import Store
import Warehouse

/// The forms of the console.
extension FormDialog {
    private static let timeframeHint = "of " + Timeframe.allCases.joined
    private static let days = [
        Field.text("From", hint: "YYYY-MM-DD; empty: 60 days back, 2 years for 1d and 1w", limit: 10),
        Field.text("To", hint: "YYYY-MM-DD, included; empty: today", limit: 10),
    ]

    static let addSymbols = FormDialog(
        title: "Track symbols",
        purpose: .addSymbols,
        fields: [
            .text("Symbols", hint: "one or several, as AAPL MSFT or BTC ETHGBP; paste a list", limit: 20_000),
            .choice("Class", AssetClass.allCases.map(\.rawValue), hint: "Left and Right, or s, e, c"),
            .text("Timeframes", SymbolStore.defaultTimeframes.joined, hint: timeframeHint),
        ]
    )

    /// `symbols`: at least one.
    static func timeframes(of symbols: [TrackedSymbol]) -> FormDialog {
        FormDialog(
            title: "Timeframes of \(named(symbols))",
            purpose: .timeframes(symbols.map(SymbolTarget.init)),
            fields: [.text("Timeframes", symbols[0].timeframes.joined, hint: timeframeHint)]
        )
    }

    /// `symbols`: at least one.
    static func startBackfill(of symbols: [TrackedSymbol]) -> FormDialog {
        FormDialog(
            title: "Fetch candles of \(named(symbols))",
            purpose: .startBackfill(symbols.map(SymbolTarget.init)),
            fields: [timeframe(of: symbols[0])] + days
        )
    }

    private static func named(_ symbols: [TrackedSymbol]) -> String {
        symbols.count == 1 ? symbols[0].symbol : "\(symbols.count) symbols"
    }

    static func startBackfill(suggesting symbol: TrackedSymbol?) -> FormDialog {
        FormDialog(
            title: "Fetch candles",
            purpose: .startBackfillOf,
            fields: [
                .text("Symbol", symbol?.symbol ?? "", hint: "a tracked symbol", limit: 20), timeframe(of: symbol),
            ] + days
        )
    }

    private static func timeframe(of symbol: TrackedSymbol?) -> Field {
        let all = Timeframe.allCases
        let selected = symbol?.timeframes.last.flatMap { all.firstIndex(of: $0) } ?? all.firstIndex(of: .oneDay)
        return .choice("Timeframe", all.map(\.rawValue), selected: selected ?? 0, hint: "Left and Right")
    }

    static let createKey = FormDialog(
        title: "Create an API key",
        purpose: .createKey,
        fields: [
            .text("Name", hint: "1 to 100 characters: who uses it", limit: 200),
            .choice("Scope", ["read", "admin"], hint: "Left and Right; read: GETs only"),
            .text("Expires", hint: "2027-01-31, 30d, 12h; empty: never", limit: 30),
        ]
    )

    static func rotate(_ key: APIKey) -> FormDialog {
        FormDialog(
            title: "Replace key \(key.id.rawValue) '\(key.name)'",
            purpose: .rotateKey(key.id, name: key.name),
            fields: [
                .text("Grace", "0", hint: "how long the old key keeps working: 0, 12h, 7d; 30d at most", limit: 10)
            ]
        )
    }

    /// `suggestion`: a file name.
    static func export(of pane: Pane, suggestion: String) -> FormDialog {
        FormDialog(
            title: "Write \(pane.contents) to a file",
            purpose: .export,
            fields: [
                .text("File", suggestion, hint: "a new file; all rows that the filter leaves", limit: 1000),
                .choice("Format", ExportFormat.allCases.map(\.rawValue), hint: "Left and Right"),
            ]
        )
    }
}
