/// How records of one kind are shown: their fields, in order, each with its name for machines and for people.
package struct RecordLayout<Record>: Sendable {
    package let fields: [Field<Record>]

    package init(_ fields: [Field<Record>]) {
        self.fields = fields
    }

    /// What machines get of `record`.
    package func object(_ record: Record) -> Value {
        .object(fields.filter { $0.faces != .people }.map { Value.Member($0.key, $0.value(record)) })
    }
}

/// One field of a ``RecordLayout``.
package struct Field<Record>: Sendable {
    /// Who sees it.
    package enum Faces: Hashable, Sendable {
        /// Machines, and people in lists and details.
        case all
        /// Machines, and people who look at one record.
        case detail
        /// Machines only.
        case machines
        /// People in lists and details.
        case people
    }

    package let key: String
    package let title: String
    package let faces: Faces
    package let value: @Sendable (Record) -> Value

    /// `title` is what people read instead of `key`.
    package init(
        _ key: String,
        _ title: String? = nil,
        _ faces: Faces = .all,
        _ value: @escaping @Sendable (Record) -> Value
    ) {
        self.key = key
        self.title = title ?? key.replacing("_", with: " ")
        self.faces = faces
        self.value = value
    }
}
