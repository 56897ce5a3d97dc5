/// Reads the rows of one section of a dump, one after the other.
package final class SectionReader {
    private let section: DumpSurvey.Section
    private let reader: LineReader
    private let path: String
    /// The row that was read; what it holds when it has a ``fault`` is of no use.
    package private(set) var row = CopyRow()
    /// Why the line is no row.
    package private(set) var fault: RowFault?
    /// The number of the row's line.
    package private(set) var line = 0
    /// Where the row ends in the file.
    package private(set) var position: Int64

    package init(_ section: DumpSurvey.Section, of file: DumpFile) {
        self.section = section
        path = file.path
        position = section.range.lowerBound
        reader = LineReader(file, offset: section.range.lowerBound, line: section.firstLine)
    }

    /// Goes to the next row; `false` behind the last one.
    package func next() throws(DumpError) -> Bool {
        guard position < section.range.upperBound else { return false }
        guard let next = try reader.next(), next.isTerminated else { throw .changedWhileReading(path: path) }
        position = next.range.upperBound
        line = next.number
        fault = nil
        guard !next.isTooLong else {
            fault = RowFault("the line is longer than 1 MiB")
            return true
        }
        do {
            try row.read(next.bytes, columns: section.columns.count)
        } catch {
            fault = error
        }
        return true
    }

    /// Reads the row by `read`.
    package func parse<Value>(_ read: (CopyRow) throws(RowFault) -> Value) throws(RowFault) -> Value {
        if let fault { throw fault }
        return try read(row)
    }
}

extension DumpSurvey.Section {
    /// The highest id of a section's rows, 0 when none has one.
    package func highestID(in file: DumpFile) throws(DumpError) -> Int64 {
        let id = Column("id", in: columns)
        let reader = SectionReader(self, of: file)
        var highest: Int64 = 0
        while try reader.next() {
            // A row without a good id is refused when it is taken over.
            if let id = try? reader.parse({ row throws(RowFault) in try row.id(id) }) { highest = max(highest, id) }
        }
        return highest
    }
}
