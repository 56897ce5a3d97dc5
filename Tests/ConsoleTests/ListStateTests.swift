import Store
import Testing

@testable import Console

private struct Row: Identifiable, Sendable, Equatable {
    let id: Int
}

private enum Column: String, Sendable {
    case id
}

private typealias List = ListState<Row, Column>

extension List {
    fileprivate init() {
        self.init(order: ListOrder(.id))
    }

    fileprivate mutating func receive(_ rows: [Row], start: Int, total: Int) {
        receive(ListPage(rows: rows, start: start, total: total))
    }
}

private func rows(_ ids: some Sequence<Int>) -> [Row] { ids.map { Row(id: $0) } }

@Suite struct ListStateTests {
    @Test func theCursorStaysOnItsRowWhenOthersComeBeforeIt() {
        var list = List()
        list.receive(rows([10, 20, 30]), start: 0, total: 3)
        list.move(by: 1)
        list.receive(rows([1, 2, 10, 20, 30]), start: 0, total: 5)
        #expect(list.selected?.id == 20)
        #expect(list.cursor == 3)
    }

    @Test func theCursorStaysAtItsPlaceWhenItsRowIsGone() {
        var list = List()
        list.receive(rows([10, 20, 30]), start: 0, total: 3)
        list.move(by: 1)
        list.receive(rows([10, 30]), start: 0, total: 2)
        #expect(list.selected?.id == 30)
    }

    @Test func theCursorStopsAtBothEnds() {
        var list = List()
        list.receive(rows(0..<5), start: 0, total: 5)
        list.move(by: -3)
        #expect(list.cursor == 0)
        list.move(by: 99)
        #expect(list.selected?.id == 4)
    }

    @Test func anEmptyListHasNoSelection() {
        var list = List()
        list.receive([], start: 0, total: 0)
        list.move(by: 1)
        #expect(list.selected == nil)
        #expect(list.cursor == 0)
    }

    @Test func whatIsOutsideOfTheWindowIsAskedForAroundTheCursor() {
        var list = List()
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
        var list = List()
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
        var list = List()
        list.receive(rows([1, 2]), start: 0, total: 2)
        list.pin(7)
        list.receive(rows([7, 1, 2]), start: 0, total: 3)
        #expect(list.selected?.id == 7)
    }

    @Test func aRowThatLeftTheWindowIsSoughtOnce() {
        var list = List()
        list.receive(rows(0..<400), start: 0, total: 1000)
        list.move(by: 10)
        // Sorted anew it stands behind the window.
        list.receive(rows(500..<900), start: 0, total: 1000)
        #expect(list.soughtID == 10)
        list.receive(rows([700, 10, 701]), start: 899, total: 1000)
        #expect(list.soughtID == nil)
        #expect(list.selected?.id == 10)
        #expect(list.cursor == 900)
    }

    @Test func aRowThatIsGoneIsNotSoughtForEver() {
        var list = List()
        list.receive(rows(0..<400), start: 0, total: 1000)
        list.move(by: 10)
        list.receive(rows(500..<900), start: 0, total: 999)
        list.receive(rows(500..<900), start: 0, total: 999)
        #expect(list.soughtID == nil)
        #expect(list.selected?.id == 510)
    }

    @Test func marksStayOnTheirRows() {
        var list = List()
        list.receive(rows([1, 2, 3]), start: 0, total: 3)
        list.toggleMark()
        list.move(by: 2)
        list.toggleMark()
        list.receive(rows([9, 3, 2, 1]), start: 0, total: 4)
        #expect(list.targets.map(\.id) == [1, 3])
        #expect(list.isMarked(3) && !list.isMarked(9))
        list.select(1)
        list.toggleMark()
        #expect(list.targets.map(\.id) == [1])
        list.clearMarks()
        #expect(list.targets.map(\.id) == [3])
    }

    @Test func aPartOfTheScreenScrollsBySeveralRows() {
        var list = List()
        list.receive(rows(0..<100), start: 0, total: 100)
        list.select(9)
        list.scroll(toShow: 10, step: 5)
        #expect(list.top == 0)
        list.select(10)
        list.scroll(toShow: 10, step: 5)
        #expect(list.top == 5)
        list.select(4)
        list.scroll(toShow: 10, step: 5)
        #expect(list.top == 0)
        list.select(99)
        list.scroll(toShow: 10, step: 5)
        #expect(list.top == 90)
        list.select(50)
        list.scroll(toShow: 3, step: 5)
        #expect(list.top <= 50 && list.top > 47)
    }

    @Test func whatComesOnTopIsSeenUntilSomebodyMoves() {
        var list = List()
        list.receive(rows(0..<50), start: 0, total: 50)
        list.receive(rows([90, 91]) + rows(0..<50), start: 0, total: 52)
        list.scroll(toShow: 10)
        // The cursor stays on its row, the view at the top.
        #expect(list.selected?.id == 0 && list.cursor == 2)
        #expect(list.top == 0)
    }

    @Test func aFilterIsLookedAtFromItsFirstRowWithoutASecondQuestion() {
        var list = List()
        list.receive(rows(0..<400), start: 0, total: 1000)
        list.select(7)
        list.setFilter(Filter("class:crypto", in: .symbols))
        #expect(list.isOutdated)
        list.receive(rows(500..<900), start: 0, total: 800)
        #expect(list.soughtID == nil)
        #expect(list.selected?.id == 500)
        #expect(!list.isOutdated)
    }
}
