import Testing
import Warehouse

@Suite struct FeedPageTests {
    private static let bar = RawBar(time: 5, open: 1, high: 2, low: 0.5, close: .nan, volume: 3)

    @Test func `a bar's text is what the vendor sent`() {
        var bar = Self.bar
        bar.bytes = 2..<9
        let page = FeedPage(bars: [bar], body: Array("[ {\"t\":5} ]".utf8))
        #expect(page.rawText(of: bar) == "{\"t\":5}")
    }

    @Test(arguments: [0..<0, 8..<500] as [Range<UInt32>])
    func `without text, a bar is told by its values`(bytes: Range<UInt32>) {
        var bar = Self.bar
        bar.bytes = bytes
        let page = FeedPage(bars: [bar], body: Array("{}".utf8))
        #expect(page.rawText(of: bar) == "t=5 o=1.0 h=2.0 l=0.5 c=nan v=3.0")
    }
}
