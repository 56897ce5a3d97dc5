import Testing
import Warehouse

@Suite struct CandleFlagsQualityTests {
    @Test(
        arguments: [
            ([], AssetClass.stock, 1.0), (.provisional, .stock, 1), (.extremeMove, .stock, 0.5), (.gap, .stock, 0.9),
            ([.gap, .possibleSplit], .stock, 0.6), (.volumeAnomaly, .stock, 1), (.zeroVolume, .stock, 1),
            (.zeroVolume, .etf, 1), (.zeroVolume, .crypto, 0.8), (.vwapOutsideRange, .crypto, 1),
            (.unchanged, .stock, 0.7),
            (.derived, .stock, 1), ([.extremeMove, .gap, .possibleSplit], .stock, 0.1),
            ([.extremeMove, .gap, .possibleSplit, .unchanged], .stock, 0), (CandleFlags(rawValue: -1), .crypto, 0),
        ] as [(CandleFlags, AssetClass, Double)]
    )
    func `quality`(flags: CandleFlags, assetClass: AssetClass, score: Double) {
        #expect(flags.qualityScore(assetClass: assetClass) == score)
    }

    @Test(
        arguments: [
            ([], ""),
            ([.gap, .possibleSplit], "V14: opened far from the previous close; V15: possible split"),
            ([.zeroVolume, .derived], "V17: nothing was traded; computed from shorter candles"),
        ] as [(CandleFlags, String)]
    )
    func `notes`(flags: CandleFlags, notes: String) {
        #expect(flags.validationNotes == notes)
    }

    @Test func `each of the flags V12 to V19 names its rule`() {
        let flags: [CandleFlags] = [
            .provisional, .extremeMove, .gap, .possibleSplit, .volumeAnomaly, .zeroVolume, .vwapOutsideRange,
            .unchanged,
        ]
        #expect(flags.flatMap(\.brokenRules) == [.v12, .v13, .v14, .v15, .v16, .v17, .v18, .v19])
    }
}
