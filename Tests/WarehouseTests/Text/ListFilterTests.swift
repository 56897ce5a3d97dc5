import Testing
import Warehouse

@Suite struct ListFilterTests {
    private static let fields = ["state", "class"]

    @Test(
        arguments: [
            ("", []), ("  ", []), ("btc", [.init("btc")]), ("btc  failed", [.init("btc"), .init("failed")]),
            ("state:failed", [.init(field: "state", "failed")]), ("STATE:failed", [.init(field: "state", "failed")]),
            ("!btc", [.init("btc", isNegated: true)]),
            ("!class:crypto", [.init(field: "class", "crypto", isNegated: true)]),
            // A colon that follows no field is text, as in a time of day or an address.
            ("12:30", [.init("12:30")]), ("::1", [.init("::1")]), ("nofield:x", [.init("nofield:x")]),
            // What is still to be typed leaves nothing out.
            ("state:", []), ("!", []), ("!state:", []), ("btc state:", [.init("btc")]),
            ("\"nightly export\"", [.init("nightly export")]),
            ("state:\"a b\" c", [.init(field: "state", "a b"), .init("c")]), ("\"open", [.init("open")]),
        ] as [(String, [ListFilter.Term])]
    )
    func `a text is read as its terms`(text: String, terms: [ListFilter.Term]) {
        #expect(ListFilter(text, fields: Self.fields).terms == terms)
    }

    @Test func `words are taken as they are`() {
        #expect(ListFilter.words(["!state:x", "\""]).terms == [.init("!state:x"), .init("\"")])
        #expect(ListFilter().isEmpty)
    }
}
