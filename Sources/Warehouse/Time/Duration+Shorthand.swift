extension Duration {
    /// Reads `0`, `90s`, `30m`, `12h`, `7d`; `nil` for anything else, and for what is longer than a hundred years.
    package init?(shorthand text: some StringProtocol) {
        guard text != "0" else {
            self = .zero
            return
        }
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let last = text.last, let unit = units[last], text.utf8.count <= 11,
            text.dropLast().utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let count = Int64(text.dropLast()), count * unit <= 36_525 * 86_400
        else { return nil }
        self = .seconds(count * unit)
    }
}
