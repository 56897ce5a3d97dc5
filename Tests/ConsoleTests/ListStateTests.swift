import Testing

@testable import Console

private struct Row: Identifiable, Sendable, Equatable {
    let id: Int
}

private func rows(_ ids: some Sequence<Int>) -> [Row] { ids.map { Row(id: $0) } }

@Suite struct ListStateTests {
    @Test func theCursorStaysOnItsRowWhenOthersComeBeforeIt() {
        var list = ListState<Row>()
        list.receive(rows([10, 20, 30]), start: 0, total: 3)
        list.move(by: 1)
        list.receive(rows([1, 2, 10, 20, 30]), start: 0, total: 5)
        #expect(list.selected?.id == 20)
        #expect(list.cursor == 3)
    }

    @Test func theCursorStaysAtItsPlaceWhenItsRowIsGone() {
        var list = ListState<Row>()
        list.receive(rows([10, 20, 30]), start: 0, total: 3)
        list.move(by: 1)
        list.receive(rows([10, 30]), start: 0, total: 2)
        #expect(list.selected?.id == 30)
    }

    @Test func theCursorStopsAtBothEnds() {
        var list = ListState<Row>()
        list.receive(rows(0..<5), start: 0, total: 5)
        list.move(by: -3)
        #expect(list.cursor == 0)
        list.move(by: 99)
        #expect(list.selected?.id == 4)
    }

    @Test func anEmptyListHasNoSelection() {
        var list = ListState<Row>()
        list.receive([], start: 0, total: 0)
        list.move(by: 1)
        #expect(list.selected == nil)
        #expect(list.cursor == 0)
    }

    @Test func whatIsOutsideOfTheWindowIsAskedForAroundTheCursor() {
        var list = ListState<Row>()
        list.receive(rows(0..<400), start: 0, total: 10_000)
        #expect(list.missingWindow(height: 20) == nil)
        list.select(5000)
        list.scroll(toShow: 20)
        #expect(list.missingWindow(height: 20) == 4800)
        list.receive(rows(4800..<5200), start: 4800, total: 10_000)
        #expect(list.selected?.id == 5000)
        #expect(list.missingWindow(height: 20) == nil)
    }

    @Test func scrollingKeepsTheCursorOnTheScreen() {
        var list = ListState<Row>()
        list.receive(rows(0..<100), start: 0, total: 100)
        list.select(50)
        list.scroll(toShow: 10)
        #expect(list.top == 41)
        list.select(45)
        list.scroll(toShow: 10)
        #expect(list.top == 41)
        list.select(99)
        list.scroll(toShow: 200)
        #expect(list.top == 0)
    }

    @Test func aRowThatIsExpectedIsSelectedWhenItComes() {
        var list = ListState<Row>()
        list.receive(rows([1, 2]), start: 0, total: 2)
        list.pin(7)
        list.receive(rows([7, 1, 2]), start: 0, total: 3)
        #expect(list.selected?.id == 7)
    }
}
