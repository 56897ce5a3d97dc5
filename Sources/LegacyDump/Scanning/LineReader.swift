import Glibc

/// Reads a dump line by line through one buffer of fixed size.
package final class LineReader {
    /// A line without its end.
    ///
    /// Valid until the next one is read.
    package struct Line {
        package let bytes: UnsafeBufferPointer<UInt8>
        /// 1 for the first line of the file.
        package let number: Int
        /// Where the line starts in the file, and where the next one does.
        package let range: Range<Int64>
        /// Whether a line feed ends it: the last line of a file that was cut off has none.
        package let isTerminated: Bool
        /// Whether it is longer than the buffer; then it has no bytes.
        package let isTooLong: Bool

        func starts(with text: StaticString) -> Bool {
            guard let start = bytes.baseAddress, bytes.count >= text.utf8CodeUnitCount else { return false }
            return memcmp(start, text.utf8Start, text.utf8CodeUnitCount) == 0
        }

        func equals(_ text: StaticString) -> Bool {
            bytes.count == text.utf8CodeUnitCount && starts(with: text)
        }
    }

    /// The longest line that is read.
    package static let longestLine = 1 << 20

    private let file: DumpFile
    private let buffer: UnsafeMutablePointer<UInt8>
    private let capacity: Int
    /// Where the buffer's first byte stands in the file.
    private var offset: Int64
    private var start = 0
    private var filled = 0
    private var number: Int
    private var isAtEnd = false

    /// Starts at `offset`, where the line with the number `line` starts.
    package init(_ file: DumpFile, offset: Int64 = 0, line: Int = 1, capacity: Int = longestLine) {
        self.file = file
        self.offset = offset
        self.number = line
        self.capacity = capacity
        buffer = .allocate(capacity: capacity)
    }

    /// The number of the line that was read last.
    package var lastNumber: Int { number - 1 }

    deinit {
        buffer.deallocate()
    }

    /// The next line; `nil` at the end of the file.
    package func next() throws(DumpError) -> Line? {
        var searched = start
        var tooLongSince: Int64?
        while true {
            if let found = memchr(buffer + searched, 10, filled - searched) {
                let end = found.assumingMemoryBound(to: UInt8.self) - buffer
                return take(until: end, next: end + 1, isTerminated: true, since: tooLongSince)
            }
            guard !isAtEnd else {
                guard filled > start || tooLongSince != nil else { return nil }
                return take(until: filled, next: filled, isTerminated: false, since: tooLongSince)
            }
            if start > 0 {
                memmove(buffer, buffer + start, filled - start)
                offset += Int64(start)
                filled -= start
                start = 0
            }
            if filled == capacity {
                tooLongSince = tooLongSince ?? offset
                offset += Int64(filled)
                filled = 0
            }
            searched = filled
            try fill()
        }
    }

    private func take(until end: Int, next: Int, isTerminated: Bool, since: Int64?) -> Line {
        var count = since == nil ? end - start : 0
        // A dump that was written on Windows.
        if count > 0, buffer[start + count - 1] == 13 { count -= 1 }
        let line = Line(
            bytes: UnsafeBufferPointer(start: buffer + start, count: count),
            number: number,
            range: (since ?? offset + Int64(start))..<(offset + Int64(next)),
            isTerminated: isTerminated,
            isTooLong: since != nil
        )
        start = next
        number += 1
        return line
    }

    private func fill() throws(DumpError) {
        while true {
            let count = pread(file.descriptor, buffer + filled, capacity - filled, off_t(offset + Int64(filled)))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(path: file.path, reason: DumpFile.lastError()) }
            filled += count
            isAtEnd = count == 0
            return
        }
    }
}
