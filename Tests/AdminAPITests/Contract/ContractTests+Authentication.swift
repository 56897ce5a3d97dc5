extension ContractTests {
    private static let symbolsPath = "/api/v1/admin/symbols"

    /// Who is let in.
    static let authentication: [ContractCase] =
        ([
            (.admin, 200), (.reader, 200), (.rotating, 200), (.successor, 200), (.legacy, 200), (.revoked, 401),
            (.expired, 401),
            (.compromised, 401), (.deleted, 401), (.unknown, 401),
        ] as [(TestKey, Int)]).map { key, status in
            ContractCase(
                "the \(key.rawValue) key",
                "GET",
                symbolsPath,
                key: key,
                status,
                status == 401 ? .detail("Invalid or inactive API key") : .lacks("detail")
            )
        }
        + ([
            ("a key that is cut", String(TestKey.admin.raw.dropLast())),
            ("a key with more behind it", TestKey.admin.raw + "x"),
            ("a key with a space behind it", TestKey.admin.raw + " x"),
            ("a key in upper case", TestKey.admin.raw.uppercased()),
            ("a preview", String(TestKey.admin.raw.prefix(12))), ("a star", "*"), ("another word", "admin"),
            ("two keys", TestKey.admin.raw + "," + TestKey.admin.raw),
        ] as [(String, String)]).map { name, key in
            ContractCase(
                name,
                "GET",
                symbolsPath,
                headers: [("X-API-Key", key)],
                401,
                .detail("Invalid or inactive API key")
            )
        } + [
            ContractCase(
                "an empty key",
                "GET",
                symbolsPath,
                headers: [("X-API-Key", "")],
                401,
                .detail("Missing X-API-Key header")
            ),
            ContractCase(
                "a header in lower case",
                "GET",
                symbolsPath,
                headers: [("x-api-key", TestKey.admin.raw)],
                200
            ),
            ContractCase(
                "a key elsewhere",
                "GET",
                symbolsPath + "?api_key=" + TestKey.admin.raw,
                headers: [("Authorization", "Bearer " + TestKey.admin.raw)],
                401,
                .detail("Missing X-API-Key header")
            ),
            ContractCase("a key where none is needed", "GET", "/health", key: .revoked, 200),
        ]

    /// What the documents are.
    static let documents: [ContractCase] = [
        ContractCase(
            "the OpenAPI document, held already",
            "GET",
            "/openapi.json",
            headers: [("If-None-Match", "*")],
            304
        ),
        ContractCase("the OpenAPI document", "GET", "/openapi.json", 200, .member("openapi", "3.1.0")),
        ContractCase(
            "the page that shows it",
            "GET",
            "/docs",
            200,
            .header("Content-Type", "text/html; charset=utf-8")
        ),
        ContractCase(
            "the metrics",
            "GET",
            "/metrics",
            200,
            .header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        ),
    ]
}
