/// A row of the old service's `tracked_symbols`.
package struct LegacySymbol: Hashable, Sendable {
    package var id: Int64
    /// As the old service spelled it.
    package var spelling: String
    /// As mdw keeps it.
    package var ticker: Ticker
    package var active: Bool
    /// Ascending, without duplicates, never empty.
    package var timeframes: [Timeframe]
    package var dateAdded: Timestamp?
    package var lastBackfill: Timestamp?
    package var status: BackfillStatus
    package var error: String?

    package init(
        id: Int64,
        spelling: String,
        ticker: Ticker,
        active: Bool = true,
        timeframes: [Timeframe] = [.oneHour, .oneDay],
        dateAdded: Timestamp? = nil,
        lastBackfill: Timestamp? = nil,
        status: BackfillStatus = .pending,
        error: String? = nil
    ) {
        self.id = id
        self.spelling = spelling
        self.ticker = ticker
        self.active = active
        self.timeframes = timeframes
        self.dateAdded = dateAdded
        self.lastBackfill = lastBackfill
        self.status = status
        self.error = error
    }
}

/// A row of the old service's `api_keys`.
///
/// Texts are sanitised.
package struct LegacyKey: Hashable, Sendable {
    package var id: Int64
    package var hash: SHA256Digest
    package var name: String
    package var preview: String
    package var active: Bool
    package var createdAt: Timestamp?
    package var lastUsed: Timestamp?
    package var lastUsedEndpoint: String?
    package var requestCount: Int64

    package init(
        id: Int64,
        hash: SHA256Digest,
        name: String,
        preview: String = "mdw_",
        active: Bool = true,
        createdAt: Timestamp? = nil,
        lastUsed: Timestamp? = nil,
        lastUsedEndpoint: String? = nil,
        requestCount: Int64 = 0
    ) {
        self.id = id
        self.hash = hash
        self.name = name
        self.preview = preview
        self.active = active
        self.createdAt = createdAt
        self.lastUsed = lastUsed
        self.lastUsedEndpoint = lastUsedEndpoint
        self.requestCount = requestCount
    }
}

/// A row of the old service's `api_key_audit`: a request that was made with a key.
///
/// Texts are sanitised.
package struct LegacyRequest: Hashable, Sendable {
    package var id: Int64
    package var keyID: Int64?
    /// `GET /api/v1/admin/symbols`.
    package var action: String
    package var status: Int?
    package var time: Timestamp

    package init(id: Int64, keyID: Int64?, action: String, status: Int?, time: Timestamp) {
        self.id = id
        self.keyID = keyID
        self.action = action
        self.status = status
        self.time = time
    }
}

/// A row of the old service's `backfill_history`, its symbol apart.
package struct LegacyRun: Hashable, Sendable {
    package var id: Int64
    package var timeframe: Timeframe
    package var range: Range<Timestamp>
    /// Whether the range was given in days: then its ends are the midnights of UTC.
    package var isOfDays: Bool
    package var candles: Int64
    package var success: Bool
    package var error: String?
    package var startedAt: Timestamp
    package var finishedAt: Timestamp

    package init(
        id: Int64,
        timeframe: Timeframe,
        range: Range<Timestamp>,
        isOfDays: Bool,
        candles: Int64,
        success: Bool,
        error: String?,
        startedAt: Timestamp,
        finishedAt: Timestamp
    ) {
        self.id = id
        self.timeframe = timeframe
        self.range = range
        self.isOfDays = isOfDays
        self.candles = candles
        self.success = success
        self.error = error
        self.startedAt = startedAt
        self.finishedAt = finishedAt
    }

    /// The range, with days as the market counts them.
    package func range(in calendar: TradingCalendar) -> Range<Timestamp> {
        guard isOfDays else { return range }
        return calendar.start(of: range.lowerBound.dayUTC)..<calendar.start(of: range.upperBound.dayUTC)
    }
}

/// A row of the old service's `market_data`, its symbol apart: nothing in it is validated.
package struct LegacyCandle: Sendable {
    package var timeframe: Timeframe
    /// `nil` when it is missing or can't be read.
    package var time: Timestamp?
    /// The values; a number that is missing or can't be read is NaN.
    ///
    /// Its time is not used.
    package var bar: RawBar
    /// What the old service noticed: V14 and V16.
    package var flags: CandleFlags
    package var source: CandleSource
    package var fetchedAt: Timestamp?
    /// Whether the old service had found the candle good, if it says.
    package var validated: Bool?

    package init(
        timeframe: Timeframe,
        time: Timestamp?,
        bar: RawBar,
        flags: CandleFlags = [],
        source: CandleSource = .polygon,
        fetchedAt: Timestamp? = nil,
        validated: Bool? = nil
    ) {
        self.timeframe = timeframe
        self.time = time
        self.bar = bar
        self.flags = flags
        self.source = source
        self.fetchedAt = fetchedAt
        self.validated = validated
    }
}
