import Testing
import Warehouse

@testable import Store

/// Coverage in the value and in the store, against a model that knows each instant by itself.
@Suite struct CoverageMarkingTests {
    /// Intervals over the instants 0..<40, as they must be.
    private func intervals(of model: [CoverageState?]) -> [CoverageInterval] {
        var found: [CoverageInterval] = []
        var start = 0
        for index in model.indices where index + 1 == model.count || model[index + 1] != model[index] {
            if let state = model[index] {
                found.append(
                    CoverageInterval(Timestamp(seconds: Int64(start))..<Timestamp(seconds: Int64(index + 1)), state)
                )
            }
            start = index + 1
        }
        return found
    }

    private func range(_ lower: Int, _ upper: Int) -> Range<Timestamp> {
        Timestamp(seconds: Int64(lower))..<Timestamp(seconds: Int64(upper))
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `marking is what a model of single instants says`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var model = [CoverageState?](repeating: nil, count: 40)
        var coverage: [CoverageInterval] = []
        for _ in 0..<25 {
            let lower = Int.random(in: 0..<40, using: &generator)
            let upper = Int.random(in: lower...40, using: &generator)
            let state = CoverageState.allCases[Int.random(in: 0..<4, using: &generator)]
            for index in lower..<upper { model[index] = state }
            coverage = coverage.marking(range(lower, upper), as: state)
            #expect(coverage == intervals(of: model))

            let asked = Int.random(in: 0..<40, using: &generator)
            let end = Int.random(in: asked...40, using: &generator)
            let states = Set(CoverageState.allCases.filter { _ in Bool.random(using: &generator) })
            let missing = coverage.uncovered(in: range(asked, end), by: states)
            let instants = (asked..<end).filter { index in model[index].map { !states.contains($0) } ?? true }
            #expect(
                missing.flatMap { Array($0.lowerBound.seconds..<$0.upperBound.seconds) } == instants.map(Int64.init)
            )
            #expect(zip(missing, missing.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
            #expect(missing.allSatisfy { !$0.isEmpty })
        }
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func `the store keeps the same, and leaves other series alone`(seed: UInt64) async throws {
        try await withStore { test in
            var generator = SeededGenerator(seed: seed)
            let series = try await test.series()
            let other = CandleSeries(symbol: series.symbol, timeframe: .oneHour)
            let others = [CoverageInterval(range(0, 40), .notEntitled)]
            try await test.write(.sample([], coverage: others), of: other)
            var model = [CoverageState?](repeating: nil, count: 40)
            for _ in 0..<40 {
                let lower = Int.random(in: 0..<40, using: &generator)
                let upper = Int.random(in: lower...40, using: &generator)
                let state = CoverageState.allCases[Int.random(in: 0..<4, using: &generator)]
                for index in lower..<upper { model[index] = state }
                try await test.write(.sample([], coverage: [CoverageInterval(range(lower, upper), state)]), of: series)
                #expect(try await test.store.candles.coverage(of: series) == intervals(of: model))
            }
            #expect(try await test.store.candles.coverage(of: other) == others)
        }
    }

    @Test func `neighbours of one state become one interval`() {
        let marked = [CoverageInterval]()
            .marking(range(0, 10), as: .had)
            .marking(range(20, 30), as: .had)
            .marking(range(10, 20), as: .had)
        #expect(marked == [CoverageInterval(range(0, 30), .had)])
    }

    @Test func `an empty range marks nothing`() {
        let before = [CoverageInterval(range(0, 10), .had)]
        #expect(before.marking(range(5, 5), as: .confirmedEmpty) == before)
        #expect([CoverageInterval]().uncovered(in: range(5, 5), by: [.had]).isEmpty)
    }
}
