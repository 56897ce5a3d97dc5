extension ContractTests {
    private static let path = "/api/v1/admin/symbols"

    /// Looking at tracked symbols.
    static let symbolLists: [ContractCase] = [
        ContractCase(
            "lists the active symbols",
            "GET",
            path,
            key: .reader,
            200,
            .count("", 2),
            .member("0.symbol", "AAPL"),
            .member("1.symbol", "BTC"),
            .lacks("stats")
        ),
        ContractCase(
            "lists all symbols",
            "GET",
            path + "?active_only=false",
            key: .admin,
            200,
            .count("", 3),
            .member("2.symbol", "OLD"),
            .member("2.active", false)
        ),
        ContractCase(
            "lists symbols with statistics",
            "GET",
            path + "?active_only=no&include_stats=1",
            key: .admin,
            200,
            .member(
                "0.stats",
                [
                    "record_count": 20,
                    "date_range": ["start": "2026-05-01T04:00:00+00:00", "end": "2026-05-29T04:00:00+00:00"],
                    "validation_rate": 95.23, "gaps_detected": 1,
                ]
            ),
            .member(
                "2.stats",
                [
                    "record_count": 0, "date_range": ["start": nil, "end": nil], "validation_rate": 0,
                    "gaps_detected": 0,
                ]
            )
        ),
        ContractCase(
            "a flag that is none",
            "GET",
            path + "?active_only=maybe",
            key: .admin,
            422,
            .json(
                """
                {"detail":[{"type":"bool_parsing","loc":["query","active_only"],
                "msg":"Input should be a valid boolean, unable to interpret input","input":"maybe"}]}
                """
            )
        ),
        ContractCase(
            "an empty flag",
            "GET",
            path + "?include_stats=",
            key: .admin,
            422,
            .fault("bool_parsing", "query.include_stats")
        ),
        ContractCase(
            "the last of a repeated parameter counts",
            "GET",
            path + "?active_only=maybe&active_only=0",
            key: .admin,
            200,
            .count("", 3)
        ),
        ContractCase("unknown parameters are ignored", "GET", path + "?x=1&&=&%zz=%", key: .admin, 200, .count("", 2)),

        ContractCase(
            "shows a symbol",
            "GET",
            path + "/AAPL",
            key: .admin,
            200,
            .member("id", 1),
            .member("stats.record_count", 20)
        ),
        ContractCase(
            "shows a symbol in lower case",
            "GET",
            path + "/aapl",
            key: .admin,
            200,
            .member("symbol", "AAPL")
        ),
        ContractCase("shows an encoded symbol", "GET", path + "/%41APL", key: .admin, 200, .member("symbol", "AAPL")),
        ContractCase("shows an inactive symbol", "GET", path + "/OLD", key: .admin, 200, .member("active", false)),
        ContractCase(
            "shows no other symbol",
            "GET",
            path + "/NOPE",
            key: .admin,
            404,
            .detail("Symbol NOPE not found")
        ),
        ContractCase(
            "an unknown symbol comes back without control characters",
            "GET",
            path + "/%1b%5b2J",
            key: .admin,
            404,
            .detail("Symbol \u{FFFD}[2J not found")
        ),
        ContractCase(
            "a symbol that is no pattern",
            "GET",
            path + "/%25",
            key: .admin,
            404,
            .detail("Symbol % not found")
        ),
        ContractCase("a symbol that is no SQL", "GET", path + "/x'%20OR%20'1'='1", key: .admin, 404),
        ContractCase("a symbol that can't be decoded", "GET", path + "/%zz", key: .admin, 404, .detail("Not Found")),
        ContractCase("a symbol that is not UTF-8", "GET", path + "/%ff", key: .admin, 404, .detail("Not Found")),
    ]
}
