/// Which rows of a file are wanted, by the symbol that they name.
package struct TickerFilter: Sendable {
    /// The place of each symbol that is wanted, by its spelling in the file; `nil` takes every row.
    private let wanted: [String: Int]?
    /// How many rows name each of the other symbols.
    package private(set) var skipped: [String: Int64] = [:]
    /// Rows that name symbols beyond those that ``skipped`` has room for.
    package private(set) var skippedBeyond: Int64 = 0

    private var last: [UInt8] = []
    private var lastTarget: Int?
    private var lastCount: Int64 = 0
    private var isFirst = true

    /// Takes every row.
    package init() {
        wanted = nil
    }

    package init(_ wanted: [String: Int]) {
        self.wanted = wanted
    }

    /// The place of the symbol; `nil` when it is not wanted, which is counted.
    @inline(__always)
    mutating func target(of name: UnsafeBufferPointer<UInt8>) -> Int? {
        guard wanted != nil else { return 0 }
        if isFirst || !isLast(name) { change(to: name) }
        if lastTarget == nil { lastCount += 1 }
        return lastTarget
    }

    /// Writes down what was counted last.
    mutating func finish() {
        guard lastCount > 0 else { return }
        let name = String(decoding: last, as: UTF8.self)
        if skipped[name] != nil || skipped.count < Self.limit {
            skipped[name, default: 0] += lastCount
        } else {
            skippedBeyond += lastCount
        }
        lastCount = 0
    }

    /// More than the vendor has stocks.
    private static let limit = 50_000

    @inline(__always)
    private func isLast(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        guard name.count == last.count else { return false }
        for index in 0..<name.count where name[index] != last[index] { return false }
        return true
    }

    @inline(never)
    private mutating func change(to name: UnsafeBufferPointer<UInt8>) {
        finish()
        isFirst = false
        last = Array(name)
        lastTarget = wanted?[String(decoding: name, as: UTF8.self)]
    }
}
