import Foundation
import Glibc
import Gzip

/// The bytes of a candle file, decompressed where its first bytes say that it is gzip.
final class CandleFileBytes {
    let path: String
    /// The size on disk; `nil` when it can't be known, as of a pipe.
    let size: Int64?
    /// How many bytes on disk were read.
    private(set) var position: Int64 = 0
    let isGzip: Bool

    private let descriptor: Int32
    private let inflater: Inflater?
    private let input: UnsafeMutableRawBufferPointer
    /// What of `input` was read and not yet given out.
    private var rest: Range<Int> = 0..<0
    private var isAtEnd = false

    init(path: String) throws(CandleFileFault) {
        self.path = path
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw CandleFileFault(file: path, .unreadable(Self.lastError())) }
        descriptor = opened
        input = .allocate(byteCount: 1 << 17, alignment: 16)
        var status = stat()
        let isKnown = fstat(opened, &status) == 0
        let kind = status.st_mode & S_IFMT
        size = isKnown && kind == S_IFREG ? Int64(status.st_size) : nil
        do throws(CandleFileFault) {
            if isKnown, kind == S_IFDIR { throw CandleFileFault(file: path, .unreadable("it is a folder")) }
            while rest.count < 8, try Self.read(path, opened, into: input, &rest, &position) {}
            let start = input[rest].prefix(8)
            if let program = Self.otherProgram(start) { throw CandleFileFault(file: path, .compressed(by: program)) }
            isGzip = Inflater.recognizes(start)
            inflater = isGzip ? Inflater() : nil
        } catch {
            close(opened)
            input.deallocate()
            throw error
        }
    }

    deinit {
        close(descriptor)
        input.deallocate()
    }

    /// Fills `output`, which is not empty, as far as it goes; returns how many bytes came, 0 at the end.
    /// - Throws: ``CandleFileFault`` when nothing good is left before the fault.
    func read(into output: UnsafeMutableRawBufferPointer) throws(CandleFileFault) -> Int {
        while true {
            if rest.isEmpty, !isAtEnd {
                rest = 0..<0
                isAtEnd = try !Self.read(path, descriptor, into: input, &rest, &position)
            }
            guard let inflater else {
                let count = min(rest.count, output.count)
                output.copyMemory(from: UnsafeRawBufferPointer(rebasing: input[rest].prefix(count)))
                rest = (rest.lowerBound + count)..<rest.upperBound
                return count
            }
            let (consumed, written): (Int, Int)
            do throws(GzipError) {
                (consumed, written) = try inflater.inflate(UnsafeRawBufferPointer(rebasing: input[rest]), into: output)
            } catch {
                throw CandleFileFault(file: path, .damagedGzip("\(error)"))
            }
            rest = (rest.lowerBound + consumed)..<rest.upperBound
            if written > 0 { return written }
            guard isAtEnd, rest.isEmpty else { continue }
            guard inflater.isComplete else { throw CandleFileFault(file: path, .truncatedGzip) }
            return 0
        }
    }

    /// Reads behind what is there; `false` at the end.
    private static func read(
        _ path: String,
        _ descriptor: Int32,
        into input: UnsafeMutableRawBufferPointer,
        _ rest: inout Range<Int>,
        _ position: inout Int64
    ) throws(CandleFileFault) -> Bool {
        while true {
            let target = input[rest.upperBound...]
            let count = Glibc.read(
                descriptor,
                UnsafeMutableRawBufferPointer(rebasing: target).baseAddress,
                target.count
            )
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw CandleFileFault(file: path, .unreadable(lastError())) }
            rest = rest.lowerBound..<(rest.upperBound + count)
            position += Int64(count)
            return count > 0
        }
    }

    /// The program whose format starts so.
    private static func otherProgram(_ start: Slice<UnsafeMutableRawBufferPointer>) -> String? {
        let formats: [(String, [UInt8])] = [
            ("zstd", [0x28, 0xB5, 0x2F, 0xFD]), ("bzip2", Array("BZh".utf8)), ("xz", [0xFD, 0x37, 0x7A, 0x58]),
            ("zip", [0x50, 0x4B, 0x03, 0x04]), ("7z", [0x37, 0x7A, 0xBC, 0xAF]),
        ]
        return formats.first { start.starts(with: $0.1) }?.0
    }

    private static func lastError() -> String { String(cString: strerror(errno)) }
}
