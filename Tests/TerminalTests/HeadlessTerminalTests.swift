import Testing

@testable import Terminal

@Suite
struct HeadlessTerminalTests {
    @Test
    func keepsTheLastFrameAndCountsChanges() {
        let terminal = HeadlessTerminal(size: Size(width: 5, height: 1))
        var frame = Frame(size: terminal.size)
        frame.put("one", at: Point(x: 0, y: 0))
        terminal.present(frame)
        terminal.present(frame)
        #expect(terminal.frame?.rows == ["one"])
        #expect(terminal.presentedFrames == 1)
        #expect(terminal.presentCalls == 2)
        terminal.redraw()
        terminal.present(frame)
        #expect(terminal.presentedFrames == 2)
    }

    @Test
    func givesAllEventsAtOnceAndResizesOnce() {
        let terminal = HeadlessTerminal(size: Size(width: 5, height: 1))
        terminal.feed(keys: ["a", .enter])
        terminal.resize(to: Size(width: 80, height: 24))
        terminal.resize(to: Size(width: 90, height: 24))
        #expect(terminal.size == Size(width: 5, height: 1), "until it is told")
        #expect(terminal.hasEvents)
        #expect(
            terminal.pollEvents(timeout: nil) == [.key("a"), .key(.enter), .resize(Size(width: 90, height: 24))]
        )
        #expect(terminal.size == Size(width: 90, height: 24))
        #expect(!terminal.hasEvents)
        #expect(terminal.pollEvents(timeout: .zero) == [])
    }

    @Test
    func showsASCIIWhereThereIsNoUnicode() {
        let terminal = HeadlessTerminal(
            size: Size(width: 5, height: 2),
            capabilities: TerminalCapabilities(colors: .none, unicode: false)
        )
        var frame = Frame(size: terminal.size)
        frame.box(frame.bounds)
        terminal.present(frame)
        #expect(terminal.frame?.rows == ["+---+", "+---+"])
    }

    @Test
    func remembersWhatWasDoneToIt() {
        let terminal = HeadlessTerminal(size: Size(width: 5, height: 2))
        terminal.bell()
        terminal.setMouse(true)
        terminal.suspend()
        #expect(terminal.copyToClipboard("text"))
        #expect(terminal.bells == 1)
        #expect(terminal.isMouseEnabled)
        #expect(terminal.suspensions == 1)
        #expect(terminal.clipboard == "text")
        #expect(terminal.pollEvents(timeout: nil) == [.resumed])
    }
}
