extension ContractTests {
    private static let path = "/api/v1/admin/audit"

    /// The audit log.
    static let audit: [ContractCase] = [
        ContractCase(
            "the audit log, the newest first",
            "GET",
            path,
            key: .reader,
            200,
            .count("entries", Int(Seed.auditRows)),
            .member("entries.0.id", .number(Double(Seed.auditRows))),
            .member("next_before", nil),
            .keys(
                "entries.0",
                [
                    "id", "timestamp", "source", "actor", "key_id", "key_name", "action", "status_code", "address",
                    "duration_us", "detail", "previous_hash", "hash",
                ]
            )
        ),
        ContractCase(
            "a page of it",
            "GET",
            path + "?limit=2&before=4",
            key: .admin,
            200,
            .count("entries", 2),
            .member("entries.0.id", 3),
            .member("next_before", 2)
        ),
        ContractCase("rows of a key", "GET", path + "?key=8", key: .admin, 200, .count("entries", 5)),
        ContractCase("rows of a door", "GET", path + "?source=http", key: .admin, 200, .count("entries", 5)),
        ContractCase("rows with a status", "GET", path + "?status=404", key: .admin, 200, .count("entries", 0)),
        ContractCase(
            "rows with words",
            "GET",
            path + "?q=DELETE%20preview",
            key: .admin,
            200,
            .count("entries", 1),
            .member("entries.0.action", "key.delete")
        ),
        ContractCase(
            "rows with a plus for a space",
            "GET",
            path + "?q=delete+preview",
            key: .admin,
            200,
            .count("entries", 1)
        ),
        ContractCase(
            "rows since a time",
            "GET",
            path + "?since=2026-05-29T00:00:01Z",
            key: .admin,
            200,
            .count("entries", 0)
        ),
        ContractCase(
            "rows until a time",
            "GET",
            path + "?until=2026-05-29T00:00:01%2B00:00",
            key: .admin,
            200,
            .count("entries", Int(Seed.auditRows))
        ),
        ContractCase(
            "a door that is none",
            "GET",
            path + "?source=window",
            key: .admin,
            422,
            .fault("enum", "query.source")
        ),
        ContractCase(
            "a status that is none",
            "GET",
            path + "?status=99",
            key: .admin,
            422,
            .fault("greater_than_equal", "query.status")
        ),
        ContractCase(
            "a time that is none",
            "GET",
            path + "?since=yesterday",
            key: .admin,
            422,
            .fault("datetime_parsing", "query.since")
        ),
        ContractCase(
            "words that are too long",
            "GET",
            path + "?q=" + String(repeating: "x", count: 201),
            key: .admin,
            422,
            .fault("string_too_long", "query.q")
        ),
        ContractCase(
            "a limit that is too high",
            "GET",
            path + "?limit=1001&before=0",
            key: .admin,
            422,
            .fault("less_than_equal", "query.limit"),
            .fault("greater_than_equal", "query.before")
        ),
        ContractCase(
            "the chain",
            "GET",
            path + "/verify",
            key: .reader,
            200,
            .member("status", "intact"),
            .member("rows", .number(Double(Seed.auditRows))),
            .member("broken_at", nil)
        ),
        ContractCase(
            "the chain against an anchor that it does not hold",
            "GET",
            path + "/verify?anchor=999:" + String(repeating: "0", count: 64),
            key: .admin,
            200,
            .member("status", "broken"),
            .member("broken_at", .number(Double(Seed.auditRows + 1))),
            .member("rows", nil)
        ),
        ContractCase(
            "the chain against an anchor that is none",
            "GET",
            path + "/verify?anchor=1",
            key: .admin,
            422,
            .fault("value_error", "query.anchor")
        ),
        ContractCase(
            "a stream after what is none",
            "GET",
            path + "/stream?after=-1",
            key: .admin,
            422,
            .fault("greater_than_equal", "query.after")
        ),
    ]
}
