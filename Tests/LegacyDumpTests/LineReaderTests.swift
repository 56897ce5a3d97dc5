import LegacyDump
import Testing

@Suite struct LineReaderTests {
    private struct Read: Equatable {
        var text: String
        var range: Range<Int64>
        var isTerminated = true
        var isTooLong = false
    }

    private func lines(_ content: String, capacity: Int) throws -> [Read] {
        try withDump(content) { file in
            let reader = LineReader(file, capacity: capacity)
            var lines: [Read] = []
            while let line = try reader.next() {
                lines.append(
                    Read(
                        text: String(decoding: line.bytes, as: UTF8.self),
                        range: line.range,
                        isTerminated: line.isTerminated,
                        isTooLong: line.isTooLong
                    )
                )
                #expect(line.number == lines.count)
            }
            return lines
        }
    }

    @Test(arguments: [6, 7, 8, 1000])
    func `lines are found whatever the buffer holds`(capacity: Int) throws {
        let read = try lines("one\n\nthree\nfo\r\nx\n", capacity: capacity)
        #expect(
            read == [
                Read(text: "one", range: 0..<4), Read(text: "", range: 4..<5), Read(text: "three", range: 5..<11),
                Read(text: "fo", range: 11..<15), Read(text: "x", range: 15..<17),
            ]
        )
    }

    @Test func `a last line without an end is told`() throws {
        let read = try lines("one\ntw", capacity: 100)
        #expect(read.last == Read(text: "tw", range: 4..<6, isTerminated: false))
    }

    @Test func `a line that the buffer can't hold is skipped and told`() throws {
        let read = try lines("a\n0123456789\nb\n", capacity: 4)
        #expect(
            read == [
                Read(text: "a", range: 0..<2), Read(text: "", range: 2..<13, isTooLong: true),
                Read(text: "b", range: 13..<15),
            ]
        )
    }
}
