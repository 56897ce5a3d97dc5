import Warehouse

/// Reads the vendor's aggregates from the bytes of an answer, straight into bars.
///
/// Strict about JSON and lenient about content: keys come in any order, unknown ones are skipped, of a repeated key the
/// last counts, and a value of another type than expected counts as missing. `results` that is missing, null or empty
/// is no bar; one that is not an array is a fault. An element of it that is not an object is a bar without values.
package enum PolygonResponseParser {
    /// More bars than a page of the vendor can hold: 20 times its largest `limit`.
    package static let maximumBars = 1_000_000

    /// - Throws: ``JSONFault`` for everything that is not one JSON object, with the position of the first wrong byte.
    package static func parse(_ body: [UInt8]) throws(JSONFault) -> PolygonResponse {
        guard body.count <= Int(UInt32.max) else { throw JSONFault(.tooLong, at: Int(UInt32.max)) }
        var response = try body.withUnsafeBufferPointer { (bytes) throws(JSONFault) -> PolygonResponse in
            var scanner = JSONScanner(bytes)
            return try parse(&scanner)
        }
        response.page.body = body
        return response
    }

    private static func parse(_ scanner: inout JSONScanner) throws(JSONFault) -> PolygonResponse {
        guard scanner.takes(UInt8(ascii: "{")) else { throw scanner.fault(.notAnObject) }
        var response = PolygonResponse()
        var isFirst = true
        while try scanner.nextMember(isFirst: isFirst) {
            isFirst = false
            switch try scanner.key() {
            case "results": response.page.bars = try bars(&scanner)
            case "ticker": response.page.ticker = try scanner.stringOrSkip()
            case "adjusted": response.page.adjusted = try scanner.booleanOrSkip()
            case "resultsCount":
                response.page.declaredCount = try scanner.numberOrSkip().flatMap(\.whole).flatMap(Int.init(exactly:))
            case "request_id": response.page.requestID = try scanner.stringOrSkip()
            case "next_url": response.nextURL = try scanner.stringOrSkip()
            case "status": response.status = try scanner.stringOrSkip()
            case "error": response.error = try scanner.stringOrSkip()
            case "message": response.note = try scanner.stringOrSkip()
            default: try scanner.skipValue()
            }
        }
        scanner.skipWhitespace()
        guard scanner.position == scanner.bytes.count else { throw scanner.fault(.trailingText) }
        return response
    }

    private static func bars(_ scanner: inout JSONScanner) throws(JSONFault) -> [RawBar] {
        if try scanner.takesNull() { return [] }
        guard scanner.takes(UInt8(ascii: "[")) else { throw scanner.fault(.notAnArray) }
        var bars: [RawBar] = []
        // A bar takes about 100 bytes of text.
        bars.reserveCapacity(min((scanner.bytes.count - scanner.position) / 90, 50_000))
        while try scanner.nextElement(isFirst: bars.isEmpty) {
            guard bars.count < maximumBars else { throw scanner.fault(.tooManyBars) }
            bars.append(try bar(&scanner))
        }
        return bars
    }

    @inline(__always)
    private static func bar(_ scanner: inout JSONScanner) throws(JSONFault) -> RawBar {
        let start = scanner.position
        var bar = RawBar(time: nil, open: .nan, high: .nan, low: .nan, close: .nan, volume: .nan)
        if scanner.takes(UInt8(ascii: "{")) {
            var isFirst = true
            while try scanner.nextMember(isFirst: isFirst) {
                isFirst = false
                switch try scanner.shortKey() {
                case Key.time: bar.time = try scanner.numberOrSkip()?.whole
                case Key.open: bar.open = try price(&scanner)
                case Key.high: bar.high = try price(&scanner)
                case Key.low: bar.low = try price(&scanner)
                case Key.close: bar.close = try price(&scanner)
                case Key.volume: bar.volume = try price(&scanner)
                case Key.vwap:
                    let value = try price(&scanner)
                    bar.vwap = value.isNaN ? nil : value
                case Key.trades: bar.trades = try scanner.numberOrSkip()?.whole
                default: try scanner.skipValue()
                }
            }
        } else {
            try scanner.skipValue()
        }
        bar.bytes = UInt32(truncatingIfNeeded: start)..<UInt32(truncatingIfNeeded: scanner.position)
        return bar
    }

    /// NaN for what is not a number or too large to be one.
    @inline(__always)
    private static func price(_ scanner: inout JSONScanner) throws(JSONFault) -> Double {
        guard let number = try scanner.numberOrSkip() else { return .nan }
        let value = scanner.double(number)
        return value.isFinite ? value : .nan
    }

    /// The keys of a bar, as ``JSONScanner/shortKey()`` packs them.
    private enum Key {
        static let time = UInt16(UInt8(ascii: "t"))
        static let open = UInt16(UInt8(ascii: "o"))
        static let high = UInt16(UInt8(ascii: "h"))
        static let low = UInt16(UInt8(ascii: "l"))
        static let close = UInt16(UInt8(ascii: "c"))
        static let volume = UInt16(UInt8(ascii: "v"))
        static let vwap = UInt16(UInt8(ascii: "v")) | UInt16(UInt8(ascii: "w")) << 8
        static let trades = UInt16(UInt8(ascii: "n"))
    }
}
