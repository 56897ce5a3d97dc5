import Glibc

/// Reads a candle file page by page, through buffers of fixed size.
package final class CandleFileReader {
    package let columns: CandleColumns
    /// The size on disk; `nil` when it can't be known.
    package var size: Int64? { bytes.size }
    /// How many bytes on disk were read.
    package var position: Int64 { bytes.position }
    /// Rows that name other symbols than those that were asked for, by symbol.
    package var skipped: TickerFilter { parser.filter }
    /// The fault that ended the file; what came before it is good.
    package private(set) var fault: CandleFileFault?

    private let bytes: CandleFileBytes
    private var parser: RowParser
    private let buffer: UnsafeMutablePointer<UInt8>
    private var start: Int
    private var filled: Int
    private var isAtEnd: Bool

    /// Opens the file and reads its first line.
    ///
    /// `filter` is asked which symbols are wanted when the columns are known.
    /// - Throws: ``CandleFileFault``.
    package init(
        path: String,
        mapping: [CandleField: String] = [:],
        times: FieldTime,
        filter: (CandleColumns) -> TickerFilter = { _ in TickerFilter() }
    ) throws(CandleFileFault) {
        let bytes = try CandleFileBytes(path: path)
        let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.longestLine)
        do throws(CandleFileFault) {
            var header = Header()
            try header.read(from: bytes, into: buffer)
            let columns = try Self.columns(header, buffer, bytes, mapping)
            self.columns = columns
            parser = RowParser(columns, filter: filter(columns), times: times, line: header.line + 1)
            (start, filled, isAtEnd) = (header.next, header.filled, header.isAtEnd)
        } catch {
            buffer.deallocate()
            throw error
        }
        self.bytes = bytes
        self.buffer = buffer
    }

    deinit {
        buffer.deallocate()
    }

    /// The size of a file; `nil` when there is none, or when it can't be known, as of a pipe.
    package static func size(of path: String) -> Int64? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int64(status.st_size)
    }

    /// Adds rows about one symbol to an empty page, `limit` at most; `false` when none is left, or ``fault`` ended the file.
    package func next(limit: Int, into page: inout CandleFilePage) -> Bool {
        guard fault == nil else { return false }
        do throws(CandleFileFault) {
            while try !parse(limit: limit, into: &page) { try fill() }
        } catch {
            fault = error
            parser.finish()
        }
        return page.rowCount > 0
    }

    /// Parses what is there; `false` when more bytes are needed.
    private func parse(limit: Int, into page: inout CandleFilePage) throws(CandleFileFault) -> Bool {
        do throws(CandleFileFault.Problem) {
            let (consumed, outcome) = try parser.parse(
                UnsafeBufferPointer(start: buffer + start, count: filled - start),
                isLast: isAtEnd,
                limit: limit,
                into: &page
            )
            start += consumed
            if outcome == .isFull { return true }
        } catch {
            throw CandleFileFault(file: bytes.path, line: parser.line, error)
        }
        if isAtEnd { parser.finish() }
        return isAtEnd
    }

    private func fill() throws(CandleFileFault) {
        if start > 0 {
            memmove(buffer, buffer + start, filled - start)
            filled -= start
            start = 0
        }
        guard filled < Self.longestLine else {
            throw CandleFileFault(file: bytes.path, line: parser.line, .lineTooLong)
        }
        let room = min(Self.longestLine - filled, Self.blockSize)
        do throws(CandleFileFault) {
            let count = try bytes.read(into: UnsafeMutableRawBufferPointer(start: buffer + filled, count: room))
            filled += count
            isAtEnd = count == 0
        } catch {
            throw CandleFileFault(file: error.file, line: parser.line, error.problem)
        }
    }

    private static let longestLine = 1 << 20
    private static let blockSize = 1 << 18

    /// The first line that is not blank.
    private struct Header {
        var text = 0..<0
        var next = 0
        var filled = 0
        var line = 1
        var isAtEnd = false

        mutating func read(from bytes: CandleFileBytes, into buffer: UnsafeMutablePointer<UInt8>)
            throws(CandleFileFault)
        {
            while true {
                while let found = memchr(buffer + next, 10, filled - next) {
                    let end = found.assumingMemoryBound(to: UInt8.self) - buffer
                    text = next..<(end > next && buffer[end - 1] == 13 ? end - 1 : end)
                    next = end + 1
                    if !text.isEmpty { return }
                    line += 1
                }
                guard !isAtEnd else { break }
                guard filled < longestLine else { throw CandleFileFault(file: bytes.path, line: line, .lineTooLong) }
                let room = min(longestLine - filled, blockSize)
                let count = try bytes.read(into: UnsafeMutableRawBufferPointer(start: buffer + filled, count: room))
                filled += count
                isAtEnd = count == 0
            }
            text = next..<filled
            next = filled
            guard !text.isEmpty else { throw CandleFileFault(file: bytes.path, .empty) }
        }
    }

    private static func columns(
        _ header: Header,
        _ buffer: UnsafeMutablePointer<UInt8>,
        _ bytes: CandleFileBytes,
        _ mapping: [CandleField: String]
    ) throws(CandleFileFault) -> CandleColumns {
        let text = UnsafeBufferPointer(start: buffer + header.text.lowerBound, count: header.text.count)
        do throws(CandleFileFault.Problem) {
            return try CandleColumns(header: text, mapping: mapping)
        } catch {
            let isMisnamed = bytes.path.hasSuffix(".gz") && !bytes.isGzip
            throw CandleFileFault(file: bytes.path, line: header.line, isMisnamed ? .notGzip : error)
        }
    }
}
