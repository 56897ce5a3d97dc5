extension ContractTests {
    private static let path = "/api/v1/admin/api-keys"

    /// Making API keys.
    static let keys: [ContractCase] = [
        ContractCase(
            "makes a key",
            "POST",
            path,
            key: .admin,
            body: #"{"name":"ops"}"#,
            200,
            .keys("", ["id", "api_key", "key_preview", "name", "created_at", "scope", "expires_at"]),
            .member("id", 10),
            .member("name", "ops"),
            .member("scope", "admin"),
            .member("created_at", "2026-05-30T00:00:00+00:00"),
            .header("Cache-Control", "no-store")
        ),
        ContractCase(
            "makes a key that may only read, for a while",
            "POST",
            path,
            key: .admin,
            body: #"{"name":"ops","scope":"read","expires_at":"2026-06-01T00:00:00+02:00"}"#,
            200,
            .member("scope", "read"),
            .member("expires_at", "2026-05-31T22:00:00+00:00")
        ),
        ContractCase(
            "a name with spaces around it",
            "POST",
            path,
            key: .admin,
            body: #"{"name":" ops "}"#,
            200,
            .member("name", "ops")
        ),
        ContractCase("no name", "POST", path, key: .admin, body: "{}", 422, .fault("missing", "body.name")),
        ContractCase(
            "an empty name",
            "POST",
            path,
            key: .admin,
            body: #"{"name":""}"#,
            422,
            .fault("string_too_short", "body.name")
        ),
        ContractCase(
            "a blank name",
            "POST",
            path,
            key: .admin,
            body: #"{"name":" \t "}"#,
            422,
            .fault("string_too_short", "body.name")
        ),
        ContractCase(
            "a name of 100 characters",
            "POST",
            path,
            key: .admin,
            body: #"{"name":"\#(String(repeating: "ä", count: 100))"}"#,
            200
        ),
        ContractCase(
            "a name of 101 characters",
            "POST",
            path,
            key: .admin,
            body: #"{"name":"\#(String(repeating: "a", count: 101))"}"#,
            422,
            .fault("string_too_long", "body.name")
        ),
        ContractCase(
            "a name with an escape sequence",
            "POST",
            path,
            key: .admin,
            body: #"{"name":"a\u001b[2J"}"#,
            422,
            .fault("value_error", "body.name")
        ),
        ContractCase(
            "a name that is a list",
            "POST",
            path,
            key: .admin,
            body: #"{"name":["a"]}"#,
            422,
            .fault("string_type", "body.name"),
            .member("detail.0.input", ["a"])
        ),
        ContractCase(
            "a scope that is none",
            "POST",
            path,
            key: .admin,
            body: #"{"name":"a","scope":"root"}"#,
            422,
            .fault("enum", "body.scope")
        ),
        ContractCase(
            "an expiry in the past",
            "POST",
            path,
            key: .admin,
            body: #"{"name":"a","expires_at":"2026-05-30T00:00:00Z"}"#,
            422,
            .fault("value_error", "body.expires_at")
        ),
        ContractCase(
            "an expiry that is none",
            "POST",
            path,
            key: .admin,
            body: #"{"name":"a","expires_at":"soon"}"#,
            422,
            .fault("datetime_parsing", "body.expires_at")
        ),
        ContractCase(
            "an expiry that is null",
            "POST",
            path,
            key: .admin,
            body: #"{"name":"a","expires_at":null}"#,
            200,
            .member("expires_at", nil)
        ),
        ContractCase("a reading key makes none", "POST", path, key: .reader, body: #"{"name":"a"}"#, 403),
    ]
}
