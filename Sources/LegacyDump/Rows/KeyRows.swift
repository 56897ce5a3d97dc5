package import Warehouse

/// Reads rows of `api_keys`.
///
/// No fault tells of a hash.
package struct KeyRows {
    private let id, hash, name, active, createdAt, lastUsed, endpoint, count, preview: Column

    package init(columns: [String]) {
        id = Column("id", in: columns)
        hash = Column("key_hash", in: columns)
        name = Column("name", in: columns)
        active = Column("active", in: columns)
        createdAt = Column("created_at", in: columns)
        lastUsed = Column("last_used", in: columns)
        endpoint = Column("last_used_endpoint", in: columns)
        count = Column("request_count", in: columns)
        preview = Column("key_preview", in: columns)
    }

    /// The id alone.
    package func id(of row: CopyRow) throws(RowFault) -> Int64 { try row.id(id) }

    package func key(of row: CopyRow) throws(RowFault) -> LegacyKey {
        let id = try row.id(id)
        // A bytea starts with \x.
        let text = try row.text(hash).map { $0.hasPrefix("\\x") ? String($0.dropFirst(2)) : $0 }
        guard let digest = text.flatMap({ SHA256Digest(hex: $0) }) else {
            throw RowFault("key_hash is not a SHA-256 of 64 hexadecimal digits")
        }
        let name = try row.text(name)?.taken(limit: 99) ?? ""
        let count = try row.integer(count) ?? 0
        return LegacyKey(
            id: id,
            hash: digest,
            name: name.isEmpty ? "legacy key \(id)" : name,
            preview: try preview(of: row),
            active: try row.isActive(active),
            createdAt: try row.instant(createdAt),
            lastUsed: try row.instant(lastUsed),
            lastUsedEndpoint: try row.text(endpoint)?.taken(limit: 300),
            requestCount: max(0, count)
        )
    }

    /// Never more than the 12 characters that people recognise a key by.
    private func preview(of row: CopyRow) throws(RowFault) -> String {
        let text = try row.text(preview) ?? ""
        let bare = text.prefix { $0 != "." && $0 != "…" && $0 != "*" }
        let scalars = String(String.UnicodeScalarView(bare.unicodeScalars.prefix(12))).sanitized(limit: 12)
        return scalars.isEmpty ? "mdw_" : scalars
    }
}
