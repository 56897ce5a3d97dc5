/// Checks JSON against the schemas of an OpenAPI document: the part of JSON Schema 2020-12 that mdw uses.
struct SchemaChecker {
    let document: JSON

    /// What is wrong with `value`, each fault behind its place.
    func faults(of value: JSON, against schema: JSON, at place: String = "$") -> [String] {
        if let reference = schema.at("$ref")?.text {
            guard let target = resolve(reference) else { return ["\(place): \(reference) leads nowhere"] }
            return faults(of: value, against: target, at: place)
        }
        return typeFaults(value, schema, place) + choiceFaults(value, schema, place) + boundFaults(value, schema, place)
            + memberFaults(value, schema, place) + elementFaults(value, schema, place)
    }

    func resolve(_ reference: String) -> JSON? {
        guard reference.hasPrefix("#/") else { return nil }
        return reference.dropFirst(2).split(separator: "/").reduce(document as JSON?) { value, step in
            value?.object?[String(step)]
        }
    }

    private func typeFaults(_ value: JSON, _ schema: JSON, _ place: String) -> [String] {
        guard let type = schema.at("type") else { return [] }
        let allowed = type.array?.compactMap(\.text) ?? [type.text ?? ""]
        return allowed.contains { Self.fits(value, $0) } ? [] : ["\(place): no \(allowed.joined(separator: " or "))"]
    }

    private static func fits(_ value: JSON, _ type: String) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .flag), ("string", .text), ("array", .array), ("object", .object),
            ("number", .number):
            true
        case ("integer", .number(let number)): number == number.rounded()
        default: false
        }
    }

    private func choiceFaults(_ value: JSON, _ schema: JSON, _ place: String) -> [String] {
        var found: [String] = []
        if let values = schema.at("enum")?.array, !values.contains(value) { found.append("\(place): not in the list") }
        if let schemas = schema.at("anyOf")?.array, !schemas.contains(where: { faults(of: value, against: $0).isEmpty })
        {
            found.append("\(place): none of anyOf")
        }
        if let schemas = schema.at("oneOf")?.array {
            let fitting = schemas.count { faults(of: value, against: $0).isEmpty }
            if fitting != 1 { found.append("\(place): \(fitting) of oneOf") }
        }
        return found
    }

    private func boundFaults(_ value: JSON, _ schema: JSON, _ place: String) -> [String] {
        switch value {
        case .number(let number):
            if let least = schema.at("minimum")?.number, number < least { return ["\(place): too small"] }
            if let most = schema.at("maximum")?.number, number > most { return ["\(place): too large"] }
        case .text(let text):
            let count = Double(text.unicodeScalars.count)
            if let least = schema.at("minLength")?.number, count < least { return ["\(place): too short"] }
            if let most = schema.at("maxLength")?.number, count > most { return ["\(place): too long"] }
            switch schema.at("format")?.text {
            case "date-time":
                let form = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})/
                if text.wholeMatch(of: form) == nil { return ["\(place): no time"] }
            case "date": if text.wholeMatch(of: /\d{4}-\d{2}-\d{2}/) == nil { return ["\(place): no day"] }
            default: break
            }
        default: break
        }
        return []
    }

    private func memberFaults(_ value: JSON, _ schema: JSON, _ place: String) -> [String] {
        guard let members = value.object else { return [] }
        let properties = schema.at("properties")?.object ?? [:]
        var found = (schema.at("required")?.array ?? []).compactMap(\.text).filter { members[$0] == nil }.map {
            "\(place): \($0) is missing"
        }
        for (key, member) in members {
            if let schema = properties[key] {
                found += faults(of: member, against: schema, at: "\(place).\(key)")
            } else if let additional = schema.at("additionalProperties") {
                if additional == false { found.append("\(place): \(key) is too much") }
                if additional.object != nil { found += faults(of: member, against: additional, at: "\(place).\(key)") }
            }
        }
        return found
    }

    private func elementFaults(_ value: JSON, _ schema: JSON, _ place: String) -> [String] {
        guard let elements = value.array else { return [] }
        var found: [String] = []
        if let least = schema.at("minItems")?.number, Double(elements.count) < least {
            found.append("\(place): too few")
        }
        guard let items = schema.at("items") else { return found }
        for (index, element) in elements.enumerated() {
            found += faults(of: element, against: items, at: "\(place)[\(index)]")
        }
        return found
    }
}
