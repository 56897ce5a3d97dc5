extension ContractTests {
    private static let keysPath = "/api/v1/admin/api-keys"

    /// Ways to spell a path: what is routed is guarded, and what is not routed does not exist.
    static let paths: [ContractCase] = [
        ContractCase("a slash at the end", "GET", "/api/v1/status/", 200),
        ContractCase("doubled slashes", "GET", "//api//v1///status", 200),
        ContractCase("a slash at the end of a guarded path", "GET", keysPath + "/", 401),
        ContractCase("a guarded path with doubled slashes", "GET", "//api/v1//admin///api-keys", 401),
        ContractCase("the same with a key", "GET", "//api/v1//admin///api-keys", key: .admin, 200),
        ContractCase("upper case", "GET", "/API/v1/status", 404),
        ContractCase("a guarded path in upper case", "GET", "/api/v1/ADMIN/api-keys", 404),
        ContractCase("the same with a key", "GET", "/api/v1/ADMIN/api-keys", key: .admin, 404),
        ContractCase("an encoded letter of admin", "GET", "/api/v1/%61dmin/api-keys", 404),
        ContractCase("an encoded letter behind admin", "GET", "/api/v1/admin/%61pi-keys", 401),
        ContractCase("the same with a key", "GET", "/api/v1/admin/%61pi-keys", key: .admin, 404),
        ContractCase("an encoded slash", "GET", "/api/v1/admin%2Fapi-keys", 404),
        ContractCase("a backslash", "GET", "/api/v1/admin\\api-keys", 404),
        ContractCase("dots before admin", "GET", "/api/v1/./admin/api-keys", 404),
        ContractCase("dots that lead to admin", "GET", "/api/v1/x/../admin/api-keys", 404),
        ContractCase("dots that lead from admin", "GET", "/api/v1/admin/../status", 401),
        ContractCase("encoded dots that lead to admin", "GET", "/api/v1/symbols/%2e%2e/admin/api-keys", 404),
        ContractCase(
            "dots for a symbol",
            "GET",
            "/api/v1/historical/..?start=2026-05-01&end=2026-05-02",
            404,
            .detail("No data found for ..")
        ),
        ContractCase("a parameter of a segment", "GET", "/api/v1/admin;x=1/api-keys", 404),
        ContractCase("a semicolon at the end", "GET", keysPath + ";x=1", 401),
        ContractCase("a null byte", "GET", "/api/v1/admin/api-keys%00", 401),
        ContractCase("an unknown path that is guarded", "GET", "/api/v1/admin/nothing", 401),
        ContractCase("the same with a key", "GET", "/api/v1/admin/nothing", key: .admin, 404, .detail("Not Found")),
        ContractCase("admin itself", "GET", "/api/v1/admin", 401),
        ContractCase("admin itself with a key", "GET", "/api/v1/admin", key: .admin, 404),
        ContractCase("a path that begins like admin", "GET", "/api/v1/administrators", 404),
        ContractCase("a question mark that is encoded", "GET", "/api/v1/admin/api-keys%3Factive_only=true", 401),
        ContractCase("a fragment", "GET", "/api/v1/status#x", 404),
        ContractCase("a guarded path in a query", "GET", "/health?/api/v1/admin/api-keys", 200),
        ContractCase("a guarded path in a fragment", "GET", "/#/api/v1/admin/api-keys", 404),
        ContractCase("a long path", "GET", "/" + String(repeating: "x", count: 8000), 404),
        ContractCase("many slashes", "GET", String(repeating: "/", count: 8000), 200),

        ContractCase("a target with a host", "GET", "http://localhost/api/v1/status", 200),
        ContractCase("a target with another host", "GET", "http://example.com:81/api/v1/status", 200),
        ContractCase("a target of another kind", "GET", "mdw:/api/v1/admin/api-keys", wireOnly: true, 400),
        ContractCase("a guarded target with a host", "GET", "http://localhost/api/v1/admin/api-keys", 401),
        ContractCase("the same with a key", "GET", "http://localhost/api/v1/admin/api-keys", key: .admin, 200),
        ContractCase(
            "a guarded target with a query before it",
            "GET",
            "http://localhost?/api/v1/admin/api-keys",
            200,
            .member("name", "mdw")
        ),
        ContractCase("a target with nothing but a host", "GET", "http://localhost", 200, .member("name", "mdw")),
        ContractCase("a guarded target without a scheme", "GET", "//localhost/api/v1/admin/api-keys", 404),
        ContractCase("a star", "OPTIONS", "*", 404),
        ContractCase("a star for GET", "GET", "*", 404),
        ContractCase("a target without a slash", "GET", "api/v1/admin/api-keys", wire: 400, 401),
        ContractCase("a tunnel", "CONNECT", "localhost:443", wireOnly: true, 404),
        ContractCase("a tunnel to admin", "CONNECT", "/api/v1/admin/api-keys", 401),
        ContractCase("a target with a space", "GET", "/api/v1/status x", wireOnly: true, 400),
        ContractCase("a target with a line feed", "GET", "/api/v1/\nstatus", wireOnly: true, 400),
        ContractCase("a target that is not ASCII", "GET", "/api/v1/admin/ä", wire: 400, 401),
    ]

    /// Hosts that are none.
    static let malformedHosts: [ContractCase] = [
        "?", "localhost?", "localhost?x=/api", "#", "localhost#", "/", "localhost/", "localhost/x", "/api/v1/status",
        "@", "user@localhost", "user:secret@localhost", "local host", "localhost,example.com", "localhost;x",
        "localhost\\x", "localhost:", "localhost:x", "localhost:-1", "localhost:80:80", "localhost:123456", ":80",
        "[::1", "::1", "[::1]x", "[::1]:x", "[]", "[g::1]", "[::1%25eth0]", "%6cocalhost", "<localhost>",
        "\"localhost\"",
        "löcalhost", String(repeating: "a", count: 256),
    ].flatMap { host in
        // A bare colon at the end is an empty port, which RFC 3986 allows.
        let status = host == "localhost:" ? 200 : 400
        return [
            ContractCase("the host \(host)", "GET", "/health", host: host, status),
            ContractCase(
                "the host \(host) before a guarded path",
                "GET",
                keysPath,
                host: host,
                status == 200 ? 401 : status
            ),
        ]
    }

    static let hosts: [ContractCase] = [
        ContractCase(
            "an empty host",
            "GET",
            "/health",
            host: "",
            400,
            .detail("Invalid Host header"),
            .header("Connection", "close")
        ),
        ContractCase("no host", "GET", "/health", host: nil, 400, .detail("Invalid Host header")),
        ContractCase("no host before a guarded path", "GET", keysPath, key: .admin, host: nil, 400),
        ContractCase("two hosts", "GET", "/health", headers: [("Host", "localhost")], wireOnly: true, 400),
        ContractCase(
            "two hosts before a guarded path",
            "GET",
            keysPath,
            key: .admin,
            headers: [("Host", "x?")],
            wireOnly: true,
            400
        ),
        ContractCase("a host with a port", "GET", "/health", host: "example.com:8000", 200),
        ContractCase("a host with the largest port", "GET", "/health", host: "example.com:65535", 200),
        ContractCase("an address", "GET", "/health", host: "192.0.2.1", 200),
        ContractCase("an address of IPv6", "GET", "/health", host: "[2001:db8::1]", 200),
        ContractCase("an address of IPv6 with a port", "GET", "/health", host: "[::ffff:192.0.2.1]:80", 200),
        ContractCase("a host in upper case", "GET", "/health", host: "LOCALHOST", 200),
    ]

    static let methods: [ContractCase] =
        [
            ("/", "GET, HEAD"), ("/health", "GET, HEAD"), ("/metrics", "GET, HEAD"), ("/docs", "GET, HEAD"),
            ("/openapi.json", "GET, HEAD"), ("/api/v1/symbols", "GET, HEAD"), ("/api/v1/historical/AAPL", "GET, HEAD"),
            ("/api/v1/admin/symbols", "GET, HEAD, POST"), ("/api/v1/admin/symbols/AAPL", "DELETE, GET, HEAD, PUT"),
            ("/api/v1/admin/symbols/AAPL/timeframes", "PUT"), ("/api/v1/admin/api-keys", "GET, HEAD, POST"),
            ("/api/v1/admin/api-keys/1", "DELETE, PUT"), ("/api/v1/admin/api-keys/1/audit", "GET, HEAD"),
            ("/api/v1/admin/audit", "GET, HEAD"), ("/api/v1/admin/audit/verify", "GET, HEAD"),
            ("/api/v1/admin/backfills", "GET, HEAD, POST"), ("/api/v1/admin/backfills/1", "GET, HEAD, PUT"),
        ].map { path, allowed in
            ContractCase(
                "methods of \(path)",
                "PATCH",
                path,
                key: .admin,
                405,
                .detail("Method Not Allowed"),
                .header("Allow", allowed)
            )
        } + [
            ContractCase("a wrong method without a key", "PATCH", keysPath, 401),
            ContractCase(
                "a method that nobody knows",
                "BREW",
                "/health",
                wire: 400,
                405,
                .header("Allow", "GET, HEAD")
            ),
            ContractCase("a method in lower case", "get", "/health", wireOnly: true, 400),
            ContractCase(
                "the head of a page",
                "HEAD",
                "/docs",
                200,
                .header("Content-Type", "text/html; charset=utf-8")
            ),
            ContractCase("the head of a guarded path", "HEAD", keysPath, 401),
            ContractCase("the head of a guarded path with a key", "HEAD", keysPath, key: .reader, 200),
            ContractCase(
                "the head of what takes no GET",
                "HEAD",
                keysPath + "/1",
                key: .admin,
                405,
                .header("Allow", "DELETE, PUT")
            ),
            ContractCase("options", "OPTIONS", keysPath, key: .admin, 405),
        ]
}
