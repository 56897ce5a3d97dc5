import Glibc
import Warehouse

/// Makes bars of the lines of a candle file: bytes in, pages out, nothing of a row is kept beyond its page.
struct RowParser {
    private let columns: CandleColumns
    private(set) var filter: TickerFilter
    private var times: FieldTime
    /// The line that is read next.
    private(set) var line: Int
    private let delimiter: UInt8
    private let fields: [CandleField?]
    private let hasTicker: Bool

    /// `line`: that of the first row.
    init(_ columns: CandleColumns, filter: TickerFilter, times: FieldTime, line: Int) {
        self.columns = columns
        self.filter = filter
        self.times = times
        self.line = line
        delimiter = columns.delimiter
        fields = columns.fields
        hasTicker = columns.hasTicker
    }

    enum Outcome {
        /// The bytes hold no further whole line.
        case needsMore
        /// The page has as many rows as it may, or the next one is about another symbol.
        case isFull
    }

    /// Adds the rows of `bytes` to the page; returns how many bytes it took.
    ///
    /// `isLast`: nothing follows, so the last line needs no end.
    mutating func parse(
        _ bytes: UnsafeBufferPointer<UInt8>,
        isLast: Bool,
        limit: Int,
        into page: inout CandleFilePage
    ) throws(CandleFileFault.Problem) -> (consumed: Int, outcome: Outcome) {
        guard let base = bytes.baseAddress else { return (0, .needsMore) }
        var start = base
        let end = base + bytes.count
        while start < end {
            guard page.rowCount < limit else { return (start - base, .isFull) }
            let found = memchr(start, 10, end - start).map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) }
            guard let lineEnd = found ?? (isLast ? end : nil) else { break }
            let next = found == nil ? end : lineEnd + 1
            let textEnd = lineEnd > start && (lineEnd - 1).pointee == 13 ? lineEnd - 1 : lineEnd
            if textEnd > start {
                guard try row(start, textEnd, into: &page) else { return (start - base, .isFull) }
            }
            line += 1
            start = next
        }
        return (start - base, .needsMore)
    }

    /// Writes down the symbols that were skipped last.
    mutating func finish() {
        filter.finish()
    }

    /// Adds a row; `false`, and nothing added, when it is about another symbol than the page.
    @inline(__always)
    private mutating func row(
        _ start: UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>,
        into page: inout CandleFilePage
    ) throws(CandleFileFault.Problem) -> Bool {
        var bar = RawBar(time: nil, open: .nan, high: .nan, low: .nan, close: .nan, volume: .nan)
        var target = hasTicker ? nil : Int?.some(0)
        var cursor = start
        var column = 0
        while true {
            guard column < fields.count else { break }
            switch fields[column] {
            case .open: bar.open = number(&cursor, end)
            case .high: bar.high = number(&cursor, end)
            case .low: bar.low = number(&cursor, end)
            case .close: bar.close = number(&cursor, end)
            case .volume: bar.volume = number(&cursor, end)
            case .time: bar.time = try time(&cursor, end)
            case .vwap: bar.vwap = optionalNumber(&cursor, end)
            case .trades: bar.trades = whole(&cursor, end)
            case .ticker:
                guard let found = filter.target(of: field(&cursor, end)) else { return true }
                target = found
            case nil: _ = field(&cursor, end)
            }
            column += 1
            guard cursor < end else { break }
            // At the delimiter: a further column follows, be it empty.
            cursor += 1
            if column == fields.count {
                column += 1
                break
            }
            if cursor == end {
                column += 1
                break
            }
        }
        guard let target else { return add(misshapen: start, end, hasTarget: false, into: &page) }
        if target != page.target {
            guard page.rowCount == 0 else { return false }
            page.target = target
        }
        guard column == fields.count else { return add(misshapen: start, end, hasTarget: true, into: &page) }
        let offset = UInt32(page.body.count)
        page.body.append(contentsOf: UnsafeBufferPointer(start: start, count: end - start))
        bar.bytes = offset..<UInt32(page.body.count)
        page.bars.append(bar)
        page.lines.append(line)
        return true
    }

    @inline(never)
    private func add(
        misshapen start: UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>,
        hasTarget: Bool,
        into page: inout CandleFilePage
    ) -> Bool {
        let bytes = UnsafeBufferPointer(start: start, count: end - start)
        let text = String(decoding: bytes, as: UTF8.self)
        let columns = bytes.split(separator: delimiter, omittingEmptySubsequences: false).count
        page.misshapen.append(CandleFilePage.Misshapen(line: line, text: text, columns: columns, hasTarget: hasTarget))
        return true
    }

    /// The field at the cursor, which moves to the delimiter behind it or to the end: quotes and blanks around it left out.
    @inline(__always)
    private func field(
        _ cursor: inout UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8> {
        var first = cursor
        while first < end, first.pointee == UInt8(ascii: " ") { first += 1 }
        if first < end, first.pointee == UInt8(ascii: "\"") {
            first += 1
            var last = first
            while last < end, last.pointee != UInt8(ascii: "\"") { last += 1 }
            cursor = last
            while cursor < end, cursor.pointee != delimiter { cursor += 1 }
            return UnsafeBufferPointer(start: first, count: last - first)
        }
        cursor = first
        while cursor < end, cursor.pointee != delimiter { cursor += 1 }
        var last = cursor
        while last > first, (last - 1).pointee == UInt8(ascii: " ") { last -= 1 }
        return UnsafeBufferPointer(start: first, count: last - first)
    }

    /// A number; NaN for anything else.
    @inline(__always)
    private func number(_ cursor: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Double {
        var position = cursor
        if let number = DecimalNumber.scan(&position, until: end), position == end || position.pointee == delimiter,
            let value = number.exactlyComputed
        {
            cursor = position
            return value
        }
        return slowNumber(&cursor, end)
    }

    @inline(never)
    private func slowNumber(_ cursor: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Double {
        let text = field(&cursor, end)
        guard let start = text.baseAddress else { return .nan }
        var position = start
        let number = DecimalNumber.scan(&position, until: start + text.count)
        if let number, position == start + text.count, let value = number.exactlyComputed { return value }
        // Only what looks like a number: the standard library also reads "0x1p3" and "inf".
        guard text.allSatisfy({ ($0 >= 48 && $0 <= 57) || [43, 45, 46, 69, 101].contains($0) }) else { return .nan }
        return Double(String(decoding: text, as: UTF8.self)) ?? .nan
    }

    @inline(__always)
    private func optionalNumber(_ cursor: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Double? {
        guard cursor < end, cursor.pointee != delimiter else { return nil }
        let value = number(&cursor, end)
        return value.isNaN ? nil : value
    }

    /// A whole number; `nil` for anything else.
    @inline(__always)
    private func whole(_ cursor: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Int64? {
        var position = cursor
        if let number = DecimalNumber.scan(&position, until: end), position == end || position.pointee == delimiter {
            cursor = position
            return number.whole
        }
        let text = field(&cursor, end)
        guard let start = text.baseAddress else { return nil }
        position = start
        let number = DecimalNumber.scan(&position, until: start + text.count)
        return position == start + text.count ? number?.whole : nil
    }

    /// Milliseconds since 1970; `nil` for what is no time.
    @inline(__always)
    private mutating func time(
        _ cursor: inout UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>
    ) throws(CandleFileFault.Problem) -> Int64? {
        let start = cursor
        if let value = whole(&cursor, end) { return try times.milliseconds(value) }
        cursor = start
        return try times.milliseconds(field(&cursor, end))
    }
}
