package import Warehouse

/// Reads rows of `api_key_audit`.
package struct RequestRows {
    private let id, key, endpoint, method, status, time: Column

    package init(columns: [String]) {
        id = Column("id", in: columns)
        key = Column("api_key_id", in: columns)
        endpoint = Column("endpoint", in: columns)
        method = Column("method", in: columns)
        status = Column("status_code", in: columns)
        time = Column("timestamp", in: columns)
    }

    package func request(of row: CopyRow) throws(RowFault) -> LegacyRequest {
        let id = try row.id(id)
        guard let time = try row.instant(time) else { throw RowFault("timestamp is missing") }
        let words = [try row.text(method), try row.text(endpoint)].compactMap { $0?.taken(limit: 280) }
            .filter { !$0.isEmpty }
        guard !words.isEmpty else { throw RowFault("endpoint is missing") }
        let status = try row.integer(status)
        if let status, !(0...999).contains(status) {
            throw .value(String(status), of: self.status.name, isNot: "an HTTP status")
        }
        let key = key.index == nil || row.place(key) == nil ? nil : try row.id(key)
        return LegacyRequest(
            id: id,
            keyID: key,
            action: words.joined(separator: " ").sanitized(limit: 299),
            status: status.map { Int($0) },
            time: time
        )
    }
}
