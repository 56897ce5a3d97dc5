extension ContractTests {
    private static let path = "/api/v1/admin/api-keys"

    /// Looking at API keys and their requests.
    static let keyLists: [ContractCase] = [
        ContractCase(
            "lists the keys, the newest first",
            "GET",
            path,
            key: .reader,
            200,
            .count("", 8),
            .member("0.id", 9),
            .member("7.id", 1),
            .lacks("hash"),
            .keys(
                "0",
                [
                    "id", "name", "active", "created_at", "last_used", "request_count", "key_preview", "scope",
                    "expires_at", "state",
                ]
            )
        ),
        ContractCase(
            "lists what became of the keys",
            "GET",
            path,
            key: .admin,
            200,
            .member("1.state", "compromised"),
            .member("2.state", "active"),
            .member("3.state", "rotating"),
            .member("4.state", "expired"),
            .member("5.state", "revoked"),
            .member("5.active", false),
            .member("6.request_count", 2),
            .member("6.last_used", "2026-05-29T00:00:00+00:00")
        ),
        ContractCase(
            "lists the keys that open something",
            "GET",
            path + "?active_only=true",
            key: .admin,
            200,
            .count("", 5)
        ),
        ContractCase("lists two keys", "GET", path + "?limit=2", key: .admin, 200, .count("", 2)),
        ContractCase(
            "lists no keys",
            "GET",
            path + "?limit=0",
            key: .admin,
            422,
            .fault("greater_than_equal", "query.limit")
        ),

        ContractCase(
            "a key's requests",
            "GET",
            path + "/2/audit",
            key: .admin,
            200,
            .member("key_id", 2),
            .member("total", 2),
            .member("limit", 100),
            .member("offset", 0),
            .count("entries", 2),
            .member("entries.0.endpoint", "/read/2"),
            .member("entries.0.method", "GET"),
            .member("entries.0.status_code", 200),
            .member("entries.0.timestamp", "2026-05-29T00:00:00+00:00"),
            .keys("entries.0", ["id", "endpoint", "method", "status_code", "timestamp"])
        ),
        ContractCase(
            "a deleted key's requests",
            "GET",
            path + "/8/audit",
            key: .admin,
            200,
            .member("total", 3),
            .member("entries.0.endpoint", "/three"),
            .member("entries.2.endpoint", "/one")
        ),
        ContractCase(
            "a page of them",
            "GET",
            path + "/8/audit?limit=1&offset=1",
            key: .admin,
            200,
            .member("total", 3),
            .count("entries", 1),
            .member("entries.0.endpoint", "/two")
        ),
        ContractCase(
            "a page behind them",
            "GET",
            path + "/8/audit?offset=3",
            key: .admin,
            200,
            .member("total", 3),
            .count("entries", 0)
        ),
        ContractCase(
            "a page far behind them",
            "GET",
            path + "/8/audit?offset=9223372036854775807",
            key: .admin,
            200,
            .count("entries", 0)
        ),
        ContractCase(
            "those before the first row",
            "GET",
            path + "/8/audit?before=1",
            key: .admin,
            200,
            .member("total", 3),
            .count("entries", 0)
        ),
        ContractCase("a key without requests", "GET", path + "/3/audit", key: .admin, 200, .member("total", 0)),
        ContractCase(
            "a key that never was",
            "GET",
            path + "/999/audit",
            key: .admin,
            404,
            .detail("API key not found")
        ),
        ContractCase(
            "a limit over 1000",
            "GET",
            path + "/2/audit?limit=1001",
            key: .admin,
            422,
            .fault("less_than_equal", "query.limit")
        ),
        ContractCase(
            "a negative limit",
            "GET",
            path + "/2/audit?limit=-1",
            key: .admin,
            422,
            .fault("greater_than_equal", "query.limit")
        ),
        ContractCase(
            "a negative offset",
            "GET",
            path + "/2/audit?offset=-1",
            key: .admin,
            422,
            .fault("greater_than_equal", "query.offset")
        ),
        ContractCase(
            "a limit with a fraction",
            "GET",
            path + "/2/audit?limit=1.5",
            key: .admin,
            422,
            .fault("int_parsing", "query.limit")
        ),
    ]
}
