extension ContractTests {
    private static let symbolsPath = "/api/v1/admin/symbols"

    /// The names of answers.
    static let requestIDs: [ContractCase] =
        [
            ContractCase(
                "a client's request id",
                "GET",
                "/health",
                headers: [("X-Request-ID", "a.B_9-z")],
                200,
                .header("X-Request-ID", "a.B_9-z")
            ),
            ContractCase(
                "an id of 64 characters",
                "GET",
                "/health",
                headers: [("X-Request-ID", String(repeating: "a", count: 64))],
                200,
                .header("X-Request-ID", String(repeating: "a", count: 64))
            ),
            ContractCase(
                "an id on a refusal",
                "GET",
                symbolsPath,
                headers: [("X-Request-ID", "mine")],
                401,
                .header("X-Request-ID", "mine")
            ),
            ContractCase(
                "an id on nothing",
                "GET",
                "/nothing",
                headers: [("X-Request-ID", "mine")],
                404,
                .header("X-Request-ID", "mine")
            ),
        ]
        + ["", "a b", "ä", "a/b", "a\tb", "<script>", String(repeating: "a", count: 65)].map { id in
            ContractCase(
                "the request id \(id)",
                "GET",
                "/health",
                headers: [("X-Request-ID", id)],
                200,
                .otherHeader("X-Request-ID", id)
            )
        }
}
