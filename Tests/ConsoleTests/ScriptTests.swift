import Terminal
import Testing

@testable import Console

@Suite struct ScriptTests {
    @Test func stepsAreReadLineByLine() throws {
        let script = try Script(
            "# a comment\n2c\n\n:wait idle\n:wait text done it\n:resize 80x24\n:paste a b\n:save-display /tmp/x"
        )
        let expected: [Script.Step] = [
            .keys(["2", "c"]), .waitIdle, .waitText("done it", isThere: true), .resize(Size(width: 80, height: 24)),
            .paste("a b"), .saveDisplay("/tmp/x"),
        ]
        #expect(script.steps.map(\.step) == expected)
        #expect(script.steps.map(\.line) == [2, 4, 5, 6, 7, 8])
    }

    @Test(arguments: [":wait", ":wait for it", ":resize big", ":resize 0x0", ":save-display", ":jump", "<Nope>"])
    func whatIsNoStepIsRefusedWithItsLine(text: String) {
        #expect { try Script("q\n\(text)") } throws: { error in
            (error as? ScriptError)?.line == 2
        }
    }
}
