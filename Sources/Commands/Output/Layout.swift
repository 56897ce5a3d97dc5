/// How records of one kind are shown: their fields, in order, each with its name for machines and for people.
struct Layout<Record>: Sendable {
    let fields: [Field<Record>]

    init(_ fields: [Field<Record>]) {
        self.fields = fields
    }

    /// What machines get of `record`.
    func object(_ record: Record) -> Value {
        .object(fields.filter { $0.faces != .people }.map { Value.Member($0.key, $0.value(record)) })
    }
}

/// One field of a ``Layout``.
struct Field<Record>: Sendable {
    /// Who sees it.
    enum Faces: Hashable, Sendable {
        /// Machines, and people in lists and details.
        case all
        /// Machines, and people who look at one record.
        case detail
        /// Machines only.
        case machines
        /// People in lists and details.
        case people
    }

    let key: String
    let title: String
    let faces: Faces
    let value: @Sendable (Record) -> Value

    /// `title` is what people read instead of `key`.
    init(
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
