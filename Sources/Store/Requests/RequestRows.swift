import Warehouse

extension StoreSession {
    /// Writes the audit rows of requests, and moves the usage figures of their keys: one transaction holds both.
    ///
    /// Returns the first of the rows; `nil` when there was no request.
    @discardableResult
    func record(_ requests: [AuditEvent], at time: Timestamp) throws -> Int64? {
        let entries = try append(requests, at: time)
        var usage: [KeyID: (count: Int64, endpoint: String)] = [:]
        for request in requests {
            guard let key = request.keyID else { continue }
            usage[key] = ((usage[key]?.count ?? 0) + 1, request.action)
        }
        for (key, used) in usage {
            try execute(
                """
                UPDATE api_keys SET last_used = ?, last_used_endpoint = ?, request_count = request_count + ? WHERE id = ?
                """,
                [.time(time), .text(used.endpoint), .integer(used.count), .id(key)]
            )
        }
        return entries.first?.sequence
    }
}
