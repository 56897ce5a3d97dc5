import Warehouse

/// A page at the vendor: path and query, without host and key.
///
/// Its text is what the store keeps as a cursor.
struct PolygonTarget: Hashable, Sendable {
    private let path: String
    /// `name=value`, in their order.
    private let parameters: [String]

    var text: String { path + "?" + parameters.joined(separator: "&") }

    /// The first page of `request`; `nil` when no millisecond lies within its range.
    init?(firstPageOf request: CandleRequest) {
        guard !request.range.isEmpty else { return nil }
        let first = (request.range.lowerBound.microseconds + 999).flooredDivision(by: 1000)
        // The vendor's range includes its last millisecond, ours excludes its upper bound.
        let last = (request.range.upperBound.microseconds - 1).flooredDivision(by: 1000)
        guard first <= last else { return nil }
        let ticker = request.ticker.vendorTicker.utf8.map(Self.escapedInPath).joined()
        path = "/v2/aggs/ticker/\(ticker)/range/\(request.timeframe.vendorRange)/\(first)/\(last)"
        parameters = ["adjusted=\(request.adjusted)", "sort=asc", "limit=\(Self.limit)"]
    }

    /// The page that `reference` names: an absolute address, whose host is dropped, or a path and query.
    ///
    /// `adjusted` is set to what was asked for, because the vendor's cursors don't carry it, and a key is dropped.
    /// `nil` when `reference` is not an address that could be asked for.
    init?(_ reference: String, adjusted: Bool, base: VendorBase) {
        guard let escaped = Self.escapedReference(reference) else { return nil }
        var rest = escaped.prefix { $0 != "#" }
        if let separator = rest.firstRange(of: "//"), Self.isScheme(rest[..<separator.lowerBound]) {
            rest = rest[separator.upperBound...].drop { $0 != "/" && $0 != "?" }
        }
        var path = rest.prefix { $0 != "?" }
        // A proxy in front of the vendor may have put its own path there already.
        if !base.prefix.isEmpty, path.hasPrefix(base.prefix + "/") { path = path.dropFirst(base.prefix.count) }
        guard path.hasPrefix("/"), !path.hasPrefix("//"),
            !path.split(separator: "/").contains(where: { [".", ".."].contains(Self.unescapedDots($0)) })
        else { return nil }
        self.path = String(path)
        parameters =
            rest.dropFirst(rest.prefix { $0 != "?" }.count + 1).split(separator: "&")
            .filter { !["apikey", "adjusted"].contains(Self.name(of: $0)) }
            .map(String.init) + ["adjusted=\(adjusted)"]
    }

    /// Whether both name the same page, in whatever order the parameters stand.
    func isSamePage(as other: PolygonTarget) -> Bool {
        path == other.path && parameters.sorted() == other.parameters.sorted()
    }

    /// The vendor's largest: 50 000 base aggregates, which are minutes for minute and hour bars, days for longer ones.
    private static let limit = 50_000
}

extension PolygonTarget {
    /// The byte as it stands in a segment of a path, where a colon stands for itself, as in `X:BTCUSD`.
    private static func escapedInPath(_ byte: UInt8) -> String {
        byte.isUnreserved || byte == UInt8(ascii: ":") ? String(Unicode.Scalar(byte)) : percentEncoded(byte)
    }

    /// The reference with everything escaped that an address can't hold; `nil` with spaces, control characters or
    /// characters outside of ASCII.
    private static func escapedReference(_ reference: String) -> String? {
        guard reference.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        return reference.utf8.map { byte in
            byte.isUnreserved || "%:/?#@!$&'()*+,;=".utf8.contains(byte)
                ? String(Unicode.Scalar(byte)) : percentEncoded(byte)
        }.joined()
    }

    private static func percentEncoded(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return (digits.count == 1 ? "%0" : "%") + digits
    }

    /// Nothing, as in `//host`, or `https:`.
    private static func isScheme(_ text: Substring) -> Bool {
        text.isEmpty || text.hasSuffix(":") && text.dropLast().utf8.allSatisfy(\.isUnreserved)
    }

    private static func unescapedDots(_ segment: Substring) -> String {
        segment.lowercased().replacing("%2e", with: ".")
    }

    /// The parameter's name in lower case, its escapes resolved.
    private static func name(of parameter: Substring) -> String {
        var bytes = Array(parameter.prefix { $0 != "=" }.utf8)
        var index = 0
        while let percent = bytes[index...].firstIndex(of: UInt8(ascii: "%")), percent + 2 < bytes.count {
            if let byte = UInt8(String(decoding: bytes[percent + 1...percent + 2], as: UTF8.self), radix: 16) {
                bytes.replaceSubrange(percent...percent + 2, with: [byte])
            }
            index = percent + 1
        }
        return String(decoding: bytes, as: UTF8.self).lowercased()
    }
}

extension Timeframe {
    /// Multiplier and timespan in the vendor's paths.
    fileprivate var vendorRange: String {
        switch self {
        case .fiveMinutes: "5/minute"
        case .fifteenMinutes: "15/minute"
        case .thirtyMinutes: "30/minute"
        case .oneHour: "1/hour"
        case .fourHours: "4/hour"
        case .oneDay: "1/day"
        case .oneWeek: "1/week"
        }
    }
}
