/// One row of the audit log: an event at its place in the hash chain.
package struct AuditEntry: Hashable, Sendable, Identifiable {
    /// 1 for the first row, without holes.
    package let sequence: Int64
    package let time: Timestamp
    package let event: AuditEvent
    /// ``hash`` of the row before, ``genesis`` for the first.
    package let previousHash: String
    /// SHA-256 over ``previousHash`` and ``canonicalBytes(sequence:time:event:)``, hexadecimal.
    package let hash: String

    package var id: Int64 { sequence }

    /// What stands in place of a hash before the first row.
    package static let genesis = String(repeating: "0", count: 64)

    /// A row as the store holds it; ``isIntact`` tells whether its hash is right.
    package init(sequence: Int64, time: Timestamp, event: AuditEvent, previousHash: String, hash: String) {
        self.sequence = sequence
        self.time = time
        self.event = event
        self.previousHash = previousHash
        self.hash = hash
    }

    /// The row that puts `event` behind the row with `previousHash`.
    package init(appending event: AuditEvent, sequence: Int64, time: Timestamp, previousHash: String) {
        self.init(
            sequence: sequence,
            time: time,
            event: event,
            previousHash: previousHash,
            hash: Self.hash(previousHash, sequence, time, event)
        )
    }

    /// Whether the row's content is what was hashed when it was written.
    package var isIntact: Bool { hash == Self.hash(previousHash, sequence, time, event) }

    private static func hash(_ previous: String, _ sequence: Int64, _ time: Timestamp, _ event: AuditEvent) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        bytes.append(contentsOf: previous.utf8)
        appendCanonicalBytes(to: &bytes, sequence: sequence, time: time, event: event)
        return SHA256Digest(of: bytes).hex
    }

    /// The bytes that are hashed: each field as `<length in bytes>:<UTF-8>,` and an absent one as `-,`, in the order
    /// sequence, time (microseconds since 1970), source, actor, key id, key name, action, status, address, duration
    /// (microseconds), detail.
    ///
    /// No two different rows have the same bytes.
    package static func canonicalBytes(sequence: Int64, time: Timestamp, event: AuditEvent) -> [UInt8] {
        var bytes: [UInt8] = []
        appendCanonicalBytes(to: &bytes, sequence: sequence, time: time, event: event)
        return bytes
    }

    private static func appendCanonicalBytes(
        to bytes: inout [UInt8],
        sequence: Int64,
        time: Timestamp,
        event: AuditEvent
    ) {
        func append(_ field: String?) {
            guard let field else {
                bytes.append(contentsOf: "-,".utf8)
                return
            }
            bytes.append(contentsOf: String(field.utf8.count).utf8)
            bytes.append(UInt8(ascii: ":"))
            bytes.append(contentsOf: field.utf8)
            bytes.append(UInt8(ascii: ","))
        }
        append(String(sequence))
        append(String(time.microseconds))
        append(event.actor.source.rawValue)
        append(event.actor.name)
        append(event.keyID.map { String($0.rawValue) })
        append(event.keyName)
        append(event.action)
        append(event.status.map { String($0) })
        append(event.actor.address)
        append(event.duration.map { String($0.wholeMicroseconds) })
        append(event.detail)
    }
}

/// The head of the chain at some moment.
///
/// Kept outside of the database, it proves that no tail was cut off since.
package struct AuditAnchor: Hashable, Sendable {
    package let sequence: Int64
    package let hash: String

    package init(sequence: Int64, hash: String) {
        self.sequence = sequence
        self.hash = hash
    }

    /// Reads `SEQUENCE:HASH`, the form that ``description`` writes.
    package init?(text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let sequence = Int64(parts[0]), String(sequence) == parts[0], sequence >= 0,
            let hash = SHA256Digest(hex: String(parts[1]))
        else { return nil }
        self.init(sequence: sequence, hash: hash.hex)
    }
}

extension AuditAnchor: CustomStringConvertible {
    package var description: String { "\(sequence):\(hash)" }
}
