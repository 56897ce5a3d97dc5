extension ContractTests {
    private static let symbolsPath = "/api/v1/admin/symbols"

    /// Bodies, and what comes with them.
    static let bodies: [ContractCase] = [
        ContractCase(
            "no body",
            "POST",
            symbolsPath,
            key: .admin,
            422,
            .json(#"{"detail":[{"type":"missing","loc":["body"],"msg":"Field required","input":null}]}"#)
        ),
        ContractCase(
            "not JSON",
            "POST",
            symbolsPath,
            key: .admin,
            body: "symbol=MSFT",
            422,
            .fault("json_invalid", "body.0"),
            .member("detail.0.msg", "JSON decode error")
        ),
        ContractCase(
            "half of JSON",
            "POST",
            symbolsPath,
            key: .admin,
            body: #"{"symbol":"#,
            422,
            .fault("json_invalid", "body.0")
        ),
        ContractCase(
            "two values",
            "POST",
            symbolsPath,
            key: .admin,
            body: #"{"symbol":"MSFT"}{}"#,
            422,
            .fault("json_invalid", "body.0")
        ),
        ContractCase(
            "a comma too many",
            "POST",
            symbolsPath,
            key: .admin,
            body: #"{"symbol":"MSFT",}"#,
            422,
            .fault("json_invalid", "body.0")
        ),
        ContractCase(
            "single quotes",
            "POST",
            symbolsPath,
            key: .admin,
            body: "{'symbol':'MSFT'}",
            422,
            .fault("json_invalid", "body.0")
        ),
        ContractCase(
            "NaN",
            "POST",
            symbolsPath,
            key: .admin,
            body: #"{"symbol":NaN}"#,
            422,
            .fault("json_invalid", "body.0")
        ),
        ContractCase("a number without an end", "POST", symbolsPath, key: .admin, body: #"{"symbol":1e999}"#, 422),
        ContractCase(
            "a huge number",
            "POST",
            symbolsPath,
            key: .admin,
            body: #"{"symbol":99999999999999999999999999999999}"#,
            422,
            .fault("string_type", "body.symbol")
        ),
        ContractCase(
            "deep nesting",
            "POST",
            symbolsPath,
            key: .admin,
            body: String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000),
            422
        ),
        ContractCase(
            "deep nesting in a member",
            "POST",
            symbolsPath,
            key: .admin,
            body: #"{"symbol":"# + String(repeating: #"{"a":"#, count: 400) + "1" + String(repeating: "}", count: 401),
            422,
            .fault("string_type", "body.symbol")
        ),
        ContractCase(
            "a list",
            "POST",
            symbolsPath,
            key: .admin,
            body: "[1]",
            422,
            .json(
                """
                {"detail":[{"type":"model_attributes_type","loc":["body"],
                "msg":"Input should be a valid dictionary or object to extract fields from","input":[1]}]}
                """
            )
        ),
        ContractCase(
            "null",
            "POST",
            symbolsPath,
            key: .admin,
            body: "null",
            422,
            .fault("model_attributes_type", "body")
        ),
        ContractCase(
            "a text",
            "POST",
            symbolsPath,
            key: .admin,
            body: #""MSFT""#,
            422,
            .fault("model_attributes_type", "body")
        ),
        ContractCase(
            "a form",
            "POST",
            symbolsPath,
            key: .admin,
            headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body: "symbol=MSFT",
            415,
            .detail("Unsupported media type: send application/json")
        ),
        ContractCase(
            "text",
            "POST",
            symbolsPath,
            key: .admin,
            headers: [("Content-Type", "text/plain")],
            body: #"{"symbol":"MSFT"}"#,
            415
        ),
        ContractCase(
            "JSON with a character set",
            "POST",
            symbolsPath,
            key: .admin,
            headers: [("Content-Type", "Application/JSON; charset=utf-8")],
            body: #"{"symbol":"MSFT"}"#,
            200
        ),
        ContractCase(
            "a kind of JSON",
            "POST",
            symbolsPath,
            key: .admin,
            headers: [("Content-Type", "application/merge-patch+json")],
            body: #"{"symbol":"MSFT"}"#,
            200
        ),
        ContractCase(
            "a declared length over 1 MiB",
            "POST",
            symbolsPath,
            key: .admin,
            headers: [("Content-Length", "1048577")],
            413,
            .detail("Request body is over 1 MiB"),
            .header("Connection", "close")
        ),
        ContractCase(
            "1 MiB",
            "POST",
            symbolsPath,
            key: .admin,
            body: #"{"symbol":"MSFT"}"# + String(repeating: " ", count: (1 << 20) - 17),
            200
        ),
        ContractCase("a body that nobody reads", "DELETE", symbolsPath + "/AAPL", key: .admin, body: "not JSON", 200),
        ContractCase("a body without a key", "POST", symbolsPath, body: "not JSON", 401),
        ContractCase("a body with a reading key", "POST", symbolsPath, key: .reader, body: "not JSON", 403),
    ]
}
