extension ContractTests {
    private static let path = "/api/v1/admin/api-keys"

    /// What is no identity.
    static let identities: [ContractCase] =
        [
            ("1_0", "int_parsing"), ("0x1", "int_parsing"), ("+1", "int_parsing"), ("%201", "int_parsing"),
            ("1%20", "int_parsing"), ("1.0", "int_parsing"), ("1e2", "int_parsing"), ("%D9%A1", "int_parsing"),
            ("--1", "int_parsing"), ("-", "int_parsing"), ("abc", "int_parsing"), ("0", "greater_than_equal"),
            ("-1", "greater_than_equal"), ("-9223372036854775809", "greater_than_equal"),
            ("9223372036854775808", "less_than_equal"), ("99999999999999999999999999", "less_than_equal"),
        ].map { id, type in
            ContractCase("the id \(id)", "DELETE", path + "/\(id)", key: .admin, 422, .fault(type, "path.id"))
        } + [
            ContractCase("the largest id", "DELETE", path + "/9223372036854775807", key: .admin, 404),
            ContractCase(
                "an id with zeros before it",
                "GET",
                path + "/0002/audit",
                key: .admin,
                200,
                .member("key_id", 2)
            ),
            ContractCase("an encoded id", "GET", path + "/%32/audit", key: .admin, 200, .member("key_id", 2)),
        ]
}
