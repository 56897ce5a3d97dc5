/// All that a request carries, ready to be read.
struct Inputs: Sendable {
    var path: [String: String] = [:]
    var query: [(name: String, value: String)] = []
    /// The parsed body; `nil` when the endpoint takes none.
    var body: JSONValue?

    /// Reads inputs; the faults of all are told at once.
    /// - Throws: ``ValidationFailure``.
    func read<each Value>(_ inputs: repeat Input<each Value>) throws(ValidationFailure) -> (repeat each Value) {
        var failure = ValidationFailure()
        let values: (repeat (each Value)?) = (repeat value(of: each inputs, &failure))
        guard failure.faults.isEmpty else { throw failure }
        // Without a fault each of them has its value.
        return (repeat unwrapped(each values))
    }

    private func value<Value>(of input: Input<Value>, _ failure: inout ValidationFailure) -> Value? {
        var location: [JSONValue] = [.text(input.place.rawValue), .text(input.name)]
        guard let raw = raw(input.name, in: input.place) else {
            if let fallback = input.fallback { return fallback }
            failure.faults.append(.init(location: location, fault: .missing, input: body ?? .null))
            return nil
        }
        do {
            return try input.kind.read(raw)
        } catch {
            if let element = error.element {
                location.append(.integer(Int64(element.index)))
                failure.faults.append(.init(location: location, fault: error, input: element.value))
            } else {
                failure.faults.append(.init(location: location, fault: error, input: raw.echo))
            }
            return nil
        }
    }

    private func raw(_ name: String, in place: InputPlace) -> RawInput? {
        switch place {
        case .path: path[name].map { .text($0) }
        case .query: query.last { $0.name == name }.map { .text($0.value) }
        case .body: body?[name].map { .json($0) }
        }
    }
}

/// What ``Inputs/read(_:)`` has just proved to be there.
private func unwrapped<Value>(_ value: Value?) -> Value {
    guard let value else { preconditionFailure("an input without a fault has no value") }
    return value
}
