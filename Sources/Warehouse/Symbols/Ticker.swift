/// A symbol as mdw keeps it, together with its class.
///
/// Stocks and ETFs are spelled as the vendor spells them, case-sensitive (`BRK.B`, `PEBpE`). Crypto is one spelling for
/// each pair, whatever was typed: a pair against the US dollar by its base (`BTC`), any other by both (`ETHGBP`).
package struct Ticker: Hashable, Sendable {
    package let symbol: String
    package let assetClass: AssetClass

    /// The ticker's name at the vendor: `AAPL`, `X:BTCUSD`.
    package var vendorTicker: String {
        guard assetClass == .crypto else { return symbol }
        return "X:" + (Self.splitPair(symbol) == nil ? symbol + "USD" : symbol)
    }

    /// Reads what a person or a client typed.
    ///
    /// All lower case becomes upper case, mixed case stays. For crypto `BTC`, `BTCUSD`, `BTC-USD`, `BTC/USD` and
    /// `X:BTCUSD` are one ticker.
    /// - Throws: ``InvalidTicker``, which says what a symbol may be.
    package init(typed text: String, assetClass: AssetClass) throws(InvalidTicker) {
        var spelled = text == text.lowercased() ? text.uppercased() : text
        if assetClass == .crypto {
            spelled = Self.canonicalPair(spelled.uppercased())
        }
        guard (1...20).contains(spelled.utf8.count),
            text.utf8.allSatisfy({ $0 < 128 }), spelled.utf8.allSatisfy(Self.isAllowed),
            spelled.contains(where: { $0.isLetter || $0.isNumber })
        else { throw InvalidTicker(text: text) }
        self.symbol = spelled
        self.assetClass = assetClass
    }

    /// A ticker that the store already holds.
    package init(stored symbol: String, assetClass: AssetClass) {
        self.symbol = symbol
        self.assetClass = assetClass
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"):
            true
        default: false
        }
    }

    /// Currencies that a pair can be quoted in when nothing separates base and quote.
    private static let quotes = ["USDT", "USDC", "USD", "EUR", "GBP", "JPY", "AUD", "CAD", "CHF"]

    private static func splitPair(_ pair: String) -> (base: String, quote: String)? {
        for quote in quotes where pair.hasSuffix(quote) && pair.count >= quote.count + 2 {
            return (String(pair.dropLast(quote.count)), quote)
        }
        return nil
    }

    private static func canonicalPair(_ typed: String) -> String {
        let bare = typed.hasPrefix("X:") ? String(typed.dropFirst(2)) : typed
        let joined = bare.filter { $0 != "-" && $0 != "/" }
        // A base that would itself be read as a pair (PYUSD) keeps its quote, so that the symbol reads as itself.
        guard let (base, quote) = splitPair(joined), quote == "USD", splitPair(base) == nil else { return joined }
        return base
    }
}

/// A symbol that can't be one.
package struct InvalidTicker: Error, CustomStringConvertible {
    package let text: String

    package var description: String {
        "'\(text.sanitized(limit: 40))' is not a symbol: use 1 to 20 letters, digits, '.', '-' or '/'"
    }
}
