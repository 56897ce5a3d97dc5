extension ContractTests {
    /// What everybody may ask.
    static let publicData: [ContractCase] = [
        ContractCase(
            "the service",
            "GET",
            "/",
            200,
            .keys("", ["name", "version", "description", "docs", "authentication", "endpoints"]),
            .member("name", "mdw"),
            .member("docs", "/docs")
        ),
        ContractCase(
            "health",
            "GET",
            "/health",
            200,
            .json(#"{"status":"healthy","timestamp":"2026-05-30T00:00:00+00:00","scheduler_running":true}"#)
        ),
        ContractCase("health, head only", "HEAD", "/health", 200, .header("Content-Type", "application/json")),
        ContractCase(
            "status",
            "GET",
            "/api/v1/status",
            200,
            .json(
                """
                {"api_version":"v1","status":"operational","database":{"symbols_available":2,
                "latest_data":"2026-05-29T04:00:00+00:00","total_records":24,"validated_records":23,
                "validation_rate_pct":95.83},"data_quality":{"records_with_gaps_flagged":1,
                "scheduler_status":"running","last_backfill":null}}
                """
            )
        ),
        ContractCase(
            "symbols",
            "GET",
            "/api/v1/symbols",
            200,
            .keys("", ["symbols_available", "latest_data", "note"]),
            .member("symbols_available", 2),
            .member("latest_data", "2026-05-29T04:00:00+00:00")
        ),
        ContractCase(
            "symbols in detail",
            "GET",
            "/api/v1/symbols/detailed",
            200,
            .json(
                """
                {"count":2,"timestamp":"2026-05-30T00:00:00+00:00","symbols":[
                {"symbol":"AAPL","records":20,"validation_rate":95.23,"latest_data":"2026-05-29T04:00:00+00:00",
                "data_age_hours":20,"status":"healthy"},
                {"symbol":"BTC","records":3,"validation_rate":100,"latest_data":"2026-05-27T00:00:00+00:00",
                "data_age_hours":72,"status":"warning"}]}
                """
            )
        ),
        ContractCase(
            "candles of a day",
            "GET",
            "/api/v1/historical/AAPL?timeframe=1d&start=2026-05-06&end=2026-05-06",
            200,
            .json(
                """
                {"symbol":"AAPL","timeframe":"1d","start_date":"2026-05-06","end_date":"2026-05-06","count":1,"data":[
                {"time":"2026-05-06T04:00:00+00:00","symbol":"AAPL","timeframe":"1d","open":103,"high":108,
                "low":97.75,"close":104,"volume":4000,"source":"polygon","validated":true,"quality_score":0.9,
                "validation_notes":"V14: opened far from the previous close","gap_detected":true,
                "volume_anomaly":false,"fetched_at":"2026-05-29T22:00:00+00:00"}]}
                """
            )
        ),
        ContractCase(
            "candles of a month, the doubtful one left out",
            "GET",
            "/api/v1/historical/AAPL?start=2026-05-01&end=2026-05-31",
            200,
            .member("timeframe", "1d"),
            .member("count", 19),
            .count("data", 19),
            .member("data.0.time", "2026-05-01T04:00:00+00:00"),
            .member("data.18.time", "2026-05-29T04:00:00+00:00"),
            .lacks("next_cursor")
        ),
        ContractCase(
            "candles of any quality",
            "GET",
            "/api/v1/historical/AAPL?start=2026-05-01&end=2026-05-31&min_quality=0&validated_only=false",
            200,
            .member("count", 20),
            .member("data.7.quality_score", 0.5),
            .member("data.7.volume_anomaly", true)
        ),
        ContractCase(
            "the last day is included",
            "GET",
            "/api/v1/historical/AAPL?start=2026-05-28&end=2026-05-29",
            200,
            .member("count", 2)
        ),
        ContractCase(
            "candles of a symbol in lower case",
            "GET",
            "/api/v1/historical/btc?start=2026-05-25&end=2026-05-27",
            200,
            .member("symbol", "BTC"),
            .member("count", 3)
        ),
        ContractCase(
            "an unknown timeframe",
            "GET",
            "/api/v1/historical/AAPL?timeframe=2d&start=2026-05-01&end=2026-05-31",
            400,
            .detail("Invalid timeframe: 2d. Allowed: 5m, 15m, 30m, 1h, 4h, 1d, 1w")
        ),
        ContractCase(
            "a day that is none",
            "GET",
            "/api/v1/historical/AAPL?start=2026-02-30&end=2026-05-31",
            400,
            .detail("Invalid date format. Use YYYY-MM-DD")
        ),
        ContractCase(
            "an end before the start",
            "GET",
            "/api/v1/historical/AAPL?start=2026-05-02&end=2026-05-01",
            400,
            .detail("The start 2026-05-02 comes after the end 2026-05-01")
        ),
        ContractCase(
            "candles that are held already",
            "GET",
            "/api/v1/historical/AAPL?start=2026-05-01&end=2026-05-31",
            headers: [("If-None-Match", "*")],
            304
        ),
        ContractCase(
            "no start and no end",
            "GET",
            "/api/v1/historical/AAPL",
            422,
            .fault("missing", "query.start"),
            .fault("missing", "query.end")
        ),
        ContractCase(
            "a quality over 1",
            "GET",
            "/api/v1/historical/AAPL?start=2026-05-01&end=2026-05-31&min_quality=1.5",
            422,
            .fault("less_than_equal", "query.min_quality")
        ),
        ContractCase(
            "a day without candles",
            "GET",
            "/api/v1/historical/AAPL?start=2026-05-02&end=2026-05-03",
            404,
            .detail("No data found for AAPL")
        ),
        ContractCase(
            "a symbol that nobody tracks",
            "GET",
            "/api/v1/historical/NOPE?start=2026-05-01&end=2026-05-31",
            404,
            .detail("No data found for NOPE")
        ),
        ContractCase("a symbol without candles", "GET", "/api/v1/historical/OLD?start=2026-05-01&end=2026-05-31", 404),
        ContractCase("a path that names nothing", "GET", "/api/v1/nothing", 404, .detail("Not Found")),
        ContractCase(
            "a method that nobody serves",
            "POST",
            "/api/v1/status",
            405,
            .detail("Method Not Allowed"),
            .header("Allow", "GET, HEAD")
        ),
        ContractCase("no key", "GET", "/api/v1/admin/symbols", 401, .detail("Missing X-API-Key header")),
        ContractCase("a key", "GET", "/api/v1/admin/symbols", key: .admin, 200, .count("", 2)),
    ]
}
