extension ContractTests {
    private static let path = "/api/v1/admin/symbols"

    /// Changing tracked symbols.
    static let symbolChanges: [ContractCase] = [
        ContractCase(
            "switches a symbol on",
            "PUT",
            path + "/old?active=true",
            key: .admin,
            200,
            .member("symbol", "OLD"),
            .member("active", true)
        ),
        ContractCase(
            "switches a symbol off",
            "PUT",
            path + "/AAPL?active=false",
            key: .admin,
            200,
            .member("active", false)
        ),
        ContractCase(
            "switches off what is off",
            "PUT",
            path + "/OLD?active=0",
            key: .admin,
            200,
            .member("active", false)
        ),
        ContractCase("switches nothing", "PUT", path + "/AAPL", key: .admin, 422, .fault("missing", "query.active")),
        ContractCase(
            "switches to neither",
            "PUT",
            path + "/AAPL?active=2",
            key: .admin,
            422,
            .fault("bool_parsing", "query.active")
        ),
        ContractCase(
            "switches an unknown symbol",
            "PUT",
            path + "/NOPE?active=true",
            key: .admin,
            404,
            .detail("Symbol NOPE not found")
        ),
        ContractCase("a reading key switches nothing", "PUT", path + "/AAPL?active=false", key: .reader, 403),

        ContractCase(
            "sets timeframes",
            "PUT",
            path + "/AAPL/timeframes",
            key: .admin,
            body: #"{"timeframes":["1d","5m","1d"]}"#,
            200,
            .member("timeframes", ["5m", "1d"])
        ),
        ContractCase(
            "sets no timeframes",
            "PUT",
            path + "/AAPL/timeframes",
            key: .admin,
            body: #"{"timeframes":[]}"#,
            422,
            .fault("too_short", "body.timeframes")
        ),
        ContractCase(
            "sets invalid timeframes",
            "PUT",
            path + "/AAPL/timeframes",
            key: .admin,
            body: #"{"timeframes":["1d",5]}"#,
            422,
            .fault("enum", "body.timeframes.1"),
            .member("detail.0.input", 5)
        ),
        ContractCase(
            "sets timeframes to a text",
            "PUT",
            path + "/AAPL/timeframes",
            key: .admin,
            body: #"{"timeframes":"1d"}"#,
            422,
            .fault("list_type", "body.timeframes")
        ),
        ContractCase(
            "sets timeframes of nothing",
            "PUT",
            path + "/NOPE/timeframes",
            key: .admin,
            body: #"{"timeframes":["1d"]}"#,
            404
        ),
        ContractCase(
            "sets timeframes without saying which",
            "PUT",
            path + "/AAPL/timeframes",
            key: .admin,
            body: "{}",
            422,
            .fault("missing", "body.timeframes")
        ),

        ContractCase(
            "deactivates a symbol",
            "DELETE",
            path + "/AAPL",
            key: .admin,
            200,
            .json(#"{"status":"success","message":"Symbol AAPL deactivated","data_retained":true}"#)
        ),
        ContractCase("deactivates an unknown symbol", "DELETE", path + "/NOPE", key: .admin, 404),
        ContractCase("a reading key deactivates nothing", "DELETE", path + "/AAPL", key: .reader, 403),
    ]
}
