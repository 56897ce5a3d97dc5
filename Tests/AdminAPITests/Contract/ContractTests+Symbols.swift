extension ContractTests {
    private static let path = "/api/v1/admin/symbols"

    /// Tracking symbols.
    static let symbols: [ContractCase] = [
        ContractCase(
            "adds a symbol",
            "POST",
            path,
            key: .admin,
            body: #"{"symbol":"MSFT"}"#,
            200,
            .json(
                """
                {"id":4,"symbol":"MSFT","asset_class":"stock","active":true,"timeframes":["1h","1d"],
                "date_added":"2026-05-30T00:00:00+00:00","last_backfill":null,"backfill_status":"pending",
                "backfill_error":null}
                """
            )
        ),
        ContractCase(
            "adds a symbol with all that it takes",
            "POST",
            path,
            key: .admin,
            body: #"{"symbol":"eth-usd","asset_class":"crypto","timeframes":["1w","5m","1w"],"more":1}"#,
            200,
            .member("symbol", "ETH"),
            .member("asset_class", "crypto"),
            .member("timeframes", ["5m", "1w"])
        ),
        ContractCase(
            "lower case becomes upper case",
            "POST",
            path,
            key: .admin,
            body: #"{"symbol":"msft"}"#,
            200,
            .member("symbol", "MSFT")
        ),
        ContractCase(
            "mixed case stays",
            "POST",
            path,
            key: .admin,
            body: #"{"symbol":"PEBpE"}"#,
            200,
            .member("symbol", "PEBpE")
        ),
        ContractCase(
            "a symbol twice",
            "POST",
            path,
            key: .admin,
            body: #"{"symbol":"AAPL"}"#,
            400,
            .detail("Symbol AAPL already tracked")
        ),
        ContractCase(
            "an inactive symbol twice",
            "POST",
            path,
            key: .admin,
            body: #"{"symbol":"OLD"}"#,
            400,
            .detail("Symbol OLD already tracked")
        ),
        ContractCase(
            "no symbol",
            "POST",
            path,
            key: .admin,
            body: "{}",
            422,
            .json(#"{"detail":[{"type":"missing","loc":["body","symbol"],"msg":"Field required","input":{}}]}"#)
        ),
        ContractCase(
            "an empty symbol",
            "POST",
            path,
            key: .admin,
            body: #"{"symbol":""}"#,
            422,
            .json(
                """
                {"detail":[{"type":"string_too_short","loc":["body","symbol"],
                "msg":"String should have at least 1 character","input":"","ctx":{"min_length":1}}]}
                """
            )
        ),
        ContractCase(
            "a blank symbol",
            "POST",
            path,
            key: .admin,
            body: #"{"symbol":"  "}"#,
            422,
            .fault("value_error", "body.symbol")
        ),
        ContractCase(
            "a padded symbol",
            "POST",
            path,
            key: .admin,
            body: #"{"symbol":" MSFT"}"#,
            422,
            .fault("value_error", "body.symbol")
        ),
        ContractCase(
            "a symbol of 21 characters",
            "POST",
            path,
            key: .admin,
            body: #"{"symbol":"ABCDEFGHIJKLMNOPQRSTU"}"#,
            422,
            .fault("string_too_long", "body.symbol")
        ),
        ContractCase(
            "a control character",
            "POST",
            path,
            key: .admin,
            body: #"{"symbol":"A\u0007B"}"#,
            422,
            .fault("value_error", "body.symbol")
        ),
        ContractCase(
            "a right-to-left override",
            "POST",
            path,
            key: .admin,
            body: #"{"symbol":"A\u202eB"}"#,
            422,
            .fault("value_error", "body.symbol")
        ),
        ContractCase(
            "a symbol that is a number",
            "POST",
            path,
            key: .admin,
            body: #"{"symbol":5}"#,
            422,
            .fault("string_type", "body.symbol")
        ),
        ContractCase(
            "a symbol that is null",
            "POST",
            path,
            key: .admin,
            body: #"{"symbol":null}"#,
            422,
            .fault("string_type", "body.symbol")
        ),
        ContractCase(
            "a class that is none",
            "POST",
            path,
            key: .admin,
            body: #"{"symbol":"MSFT","asset_class":"banana"}"#,
            422,
            .json(
                """
                {"detail":[{"type":"enum","loc":["body","asset_class"],"msg":"Input should be 'stock', 'etf' or 'crypto'",
                "input":"banana","ctx":{"expected":"'stock', 'etf' or 'crypto'"}}]}
                """
            )
        ),
        ContractCase(
            "all faults at once",
            "POST",
            path,
            key: .admin,
            body: #"{"symbol":"","asset_class":1,"timeframes":[]}"#,
            422,
            .count("detail", 3),
            .fault("string_too_short", "body.symbol"),
            .fault("string_type", "body.asset_class"),
            .fault("too_short", "body.timeframes")
        ),
        ContractCase(
            "a timeframe that is none",
            "POST",
            path,
            key: .admin,
            body: #"{"symbol":"MSFT","timeframes":["1d","2d"]}"#,
            422,
            .fault("enum", "body.timeframes.1"),
            .member("detail.0.input", "2d")
        ),
        ContractCase(
            "a reading key adds nothing",
            "POST",
            path,
            key: .reader,
            body: #"{"symbol":"MSFT"}"#,
            403,
            .detail("This API key may only read")
        ),
    ]
}
