extension ContractTests {
    private static let path = "/api/v1/admin/audit"
    private static let jobs = "/api/v1/admin/backfills"

    /// The backfill jobs.
    static let backfills: [ContractCase] = [
        ContractCase(
            "starts a backfill",
            "POST",
            jobs,
            key: .admin,
            body: #"{"symbol":"btc","timeframe":"1h","start":"2026-05-01","end":"2026-05-02"}"#,
            200,
            .json(
                """
                {"id":2,"symbol":"BTC","timeframe":"1h","start":"2026-05-01","end":"2026-05-02","state":"queued",
                "progress_pct":0,"expected_candles":48,"candles":0,"rejected":0,"pages":0,"attempts":0,
                "next_attempt":"2026-05-30T00:00:00+00:00","error":null,"requested_by":"admin",
                "created_at":"2026-05-30T00:00:00+00:00","started_at":null,"finished_at":null}
                """
            )
        ),
        ContractCase(
            "a backfill of two years",
            "POST",
            jobs,
            key: .admin,
            body: #"{"symbol":"BTC"}"#,
            200,
            .member("timeframe", "1d"),
            .member("start", "2024-05-30"),
            .member("end", "2026-05-30")
        ),
        ContractCase(
            "a backfill of an unknown symbol",
            "POST",
            jobs,
            key: .admin,
            body: #"{"symbol":"NOPE"}"#,
            404,
            .detail("Symbol NOPE not found")
        ),
        ContractCase("a backfill of an inactive symbol", "POST", jobs, key: .admin, body: #"{"symbol":"OLD"}"#, 409),
        ContractCase(
            "a backfill twice",
            "POST",
            jobs,
            key: .admin,
            body: #"{"symbol":"AAPL","start":"2026-03-31","end":"2026-04-01"}"#,
            409
        ),
        ContractCase(
            "a backfill that ends before it starts",
            "POST",
            jobs,
            key: .admin,
            body: #"{"symbol":"BTC","start":"2026-05-02","end":"2026-05-01"}"#,
            400
        ),
        ContractCase(
            "a backfill of a day that is none",
            "POST",
            jobs,
            key: .admin,
            body: #"{"symbol":"BTC","start":"2026-05-32","end":5}"#,
            422,
            .fault("date_parsing", "body.start"),
            .fault("string_type", "body.end")
        ),
        ContractCase(
            "a backfill of nothing",
            "POST",
            jobs,
            key: .admin,
            body: "{}",
            422,
            .fault("missing", "body.symbol")
        ),
        ContractCase("a reading key starts none", "POST", jobs, key: .reader, body: #"{"symbol":"BTC"}"#, 403),
        ContractCase(
            "lists the backfills",
            "GET",
            jobs,
            key: .reader,
            200,
            .member("total", 1),
            .count("backfills", 1),
            .member("backfills.0.symbol", "AAPL")
        ),
        ContractCase("lists those in a state", "GET", jobs + "?state=failed", key: .admin, 200, .member("total", 0)),
        ContractCase(
            "lists those of a symbol",
            "GET",
            jobs + "?symbol=aapl&limit=1&offset=0",
            key: .admin,
            200,
            .member("total", 1)
        ),
        ContractCase("lists those of an unknown symbol", "GET", jobs + "?symbol=NOPE", key: .admin, 404),
        ContractCase(
            "lists those in no state",
            "GET",
            jobs + "?state=lost&offset=-1",
            key: .admin,
            422,
            .fault("enum", "query.state"),
            .fault("greater_than_equal", "query.offset")
        ),
        ContractCase(
            "shows a backfill",
            "GET",
            jobs + "/1",
            key: .reader,
            200,
            .member("id", 1),
            .member("state", "queued")
        ),
        ContractCase(
            "shows an unknown backfill",
            "GET",
            jobs + "/7",
            key: .admin,
            404,
            .detail("Backfill 7 not found")
        ),
        ContractCase(
            "a backfill's id that is none",
            "GET",
            jobs + "/x",
            key: .admin,
            422,
            .fault("int_parsing", "path.id")
        ),
        ContractCase(
            "pauses a backfill",
            "PUT",
            jobs + "/1",
            key: .admin,
            body: #"{"action":"pause"}"#,
            200,
            .member("state", "paused")
        ),
        ContractCase(
            "cancels a backfill",
            "PUT",
            jobs + "/1",
            key: .admin,
            body: #"{"action":"cancel"}"#,
            200,
            .member("state", "cancelled")
        ),
        ContractCase(
            "resumes what is not paused",
            "PUT",
            jobs + "/1",
            key: .admin,
            body: #"{"action":"resume"}"#,
            409,
            .detail("Job 1 is queued: it can't be resumed")
        ),
        ContractCase("retries what has not failed", "PUT", jobs + "/1", key: .admin, body: #"{"action":"retry"}"#, 409),
        ContractCase("moves an unknown backfill", "PUT", jobs + "/7", key: .admin, body: #"{"action":"pause"}"#, 404),
        ContractCase(
            "an action that is none",
            "PUT",
            jobs + "/1",
            key: .admin,
            body: #"{"action":"stop"}"#,
            422,
            .fault("enum", "body.action")
        ),
        ContractCase("a reading key moves none", "PUT", jobs + "/1", key: .reader, body: #"{"action":"pause"}"#, 403),
    ]
}
