extension ContractTests {
    private static let path = "/api/v1/admin/api-keys"

    /// Changing API keys.
    static let keyChanges: [ContractCase] = [
        ContractCase(
            "revokes a key",
            "PUT",
            path + "/2",
            key: .admin,
            body: #"{"active":false}"#,
            200,
            .json(#"{"status":"success","message":"API key revoked","key_id":2,"active":false}"#)
        ),
        ContractCase(
            "revokes a revoked key",
            "PUT",
            path + "/3",
            key: .admin,
            body: #"{"active":false}"#,
            200,
            .member("active", false)
        ),
        ContractCase(
            "restores a key",
            "PUT",
            path + "/3",
            key: .admin,
            body: #"{"active":true}"#,
            200,
            .json(#"{"status":"success","message":"API key restored","key_id":3,"active":true}"#)
        ),
        ContractCase("restores a compromised key", "PUT", path + "/7", key: .admin, body: #"{"active":true}"#, 409),
        ContractCase(
            "rotates a key",
            "PUT",
            path + "/2",
            key: .admin,
            body: #"{"rotate":true,"grace_seconds":60}"#,
            200,
            .keys("", ["id", "api_key", "key_preview", "name", "created_at", "scope", "expires_at", "rotated_from"]),
            .member("id", 10),
            .member("name", "reader"),
            .member("scope", "read"),
            .member("rotated_from", 2),
            .header("Cache-Control", "no-store")
        ),
        ContractCase("rotates a revoked key", "PUT", path + "/3", key: .admin, body: #"{"rotate":true}"#, 409),
        ContractCase(
            "a grace that is too long",
            "PUT",
            path + "/2",
            key: .admin,
            body: #"{"rotate":true,"grace_seconds":2592001}"#,
            422,
            .fault("less_than_equal", "body.grace_seconds")
        ),
        ContractCase(
            "a huge grace",
            "PUT",
            path + "/2",
            key: .admin,
            body: #"{"rotate":true,"grace_seconds":1e300}"#,
            422,
            .fault("less_than_equal", "body.grace_seconds")
        ),
        ContractCase(
            "changes nothing",
            "PUT",
            path + "/2",
            key: .admin,
            body: "{}",
            422,
            .fault("missing", "body.active")
        ),
        ContractCase(
            "an active that is a text",
            "PUT",
            path + "/2",
            key: .admin,
            body: #"{"active":"false"}"#,
            422,
            .fault("bool_type", "body.active")
        ),
        ContractCase(
            "an active that is a number",
            "PUT",
            path + "/2",
            key: .admin,
            body: #"{"active":0}"#,
            422,
            .fault("bool_type", "body.active")
        ),
        ContractCase(
            "revokes an unknown key",
            "PUT",
            path + "/999",
            key: .admin,
            body: #"{"active":false}"#,
            404,
            .detail("API key not found")
        ),
        ContractCase("rotates an unknown key", "PUT", path + "/999", key: .admin, body: #"{"rotate":true}"#, 404),
        ContractCase("a reading key revokes none", "PUT", path + "/1", key: .reader, body: #"{"active":false}"#, 403),

        ContractCase(
            "deletes a key",
            "DELETE",
            path + "/2",
            key: .admin,
            200,
            .json(#"{"status":"success","message":"API key permanently deleted","key_id":2}"#)
        ),
        ContractCase("deletes a key by itself", "DELETE", path + "/1", key: .admin, 200),
        ContractCase("deletes an unknown key", "DELETE", path + "/999", key: .admin, 404, .detail("API key not found")),
        ContractCase("deletes a deleted key", "DELETE", path + "/8", key: .admin, 404),
        ContractCase("a reading key deletes none", "DELETE", path + "/2", key: .reader, 403),
    ]
}
