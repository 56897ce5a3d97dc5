import Terminal
import Testing
import Warehouse

@testable import Console

@Suite struct ConsoleViewTests {
    private static let now = Timestamp(iso: "2026-11-24T10:15:00Z") ?? Timestamp(seconds: 0)

    @Test(arguments: [
        (1, 1), (2, 500), (19, 5), (20, 4), (20, 5), (79, 24), (80, 23), (80, 24), (120, 40), (500, 200), (500, 1),
    ])
    func everySizeIsDrawn(width: Int, height: Int) {
        var model = ConsoleModel(
            options: ConsoleOptions(databaseLabel: "test"),
            size: Size(width: width, height: height),
            now: Self.now
        )
        let view = ConsoleView(theme: .standard)
        #expect(view.frame(of: model).size == Size(width: width, height: height))
        for dialog in [Dialog.form(.addSymbols), .form(.createKey)] {
            model.dialog = dialog
            #expect(view.frame(of: model).rows.count == height)
        }
        model.dialog = nil
        model.overlay = .help(top: 0)
        #expect(view.frame(of: model).rows.count == height)
    }

    @Test func aScreenThatIsTooSmallSaysWhatItNeeds() {
        let model = ConsoleModel(
            options: ConsoleOptions(databaseLabel: "test"),
            size: Size(width: 19, height: 5),
            now: Self.now
        )
        #expect(ConsoleView(theme: .standard).frame(of: model).rows[0] == "mdw needs 20x5")
    }

    @Test func fourPanesFrom80x24OnAndOneBelow() {
        #expect(Layout(size: Size(width: 80, height: 24), focus: .keys, isZoomed: false).visiblePanes == Pane.allCases)
        #expect(Layout(size: Size(width: 79, height: 24), focus: .keys, isZoomed: false).visiblePanes == [.keys])
        #expect(Layout(size: Size(width: 120, height: 40), focus: .audit, isZoomed: true).visiblePanes == [.audit])
    }

    @Test(arguments: [(80, 24), (81, 25), (120, 40), (133, 51), (500, 200)])
    func panesCoverTheBodyWithoutOverlap(width: Int, height: Int) {
        let layout = Layout(size: Size(width: width, height: height), focus: .keys, isZoomed: false)
        for y in 1..<height - 1 {
            for x in 0..<width {
                let count = layout.panes.count { $0.rect.contains(Point(x: x, y: y)) }
                // One column between the two tables belongs to none.
                #expect(count == 1 || (count == 0 && x == width / 2 - 1))
            }
        }
    }

    @Test(arguments: [
        (0.0, "··········   0.0 %"), (0.5, "■■■■■·····  50.0 %"), (0.999, "■■■■■■■■■·  99.9 %"),
        (1.0, "■■■■■■■■■■ 100.0 %"),
    ])
    func aProgressBarIsFullOnlyWhenAllIsDone(fraction: Double, text: String) {
        #expect(ProgressBar.text(fraction, width: 18) == text)
    }
}
