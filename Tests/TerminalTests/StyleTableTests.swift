import Testing

@testable import Terminal

@Suite
struct StyleTableTests {
    private typealias Model = StyleTable.ColorModel

    @Test(
        arguments: [
            ("default", Color.default, 256, false, -1), ("monochrome", .ansi(.red), 0, false, -1),
            ("named", .ansi(.red), 256, false, 1), ("bright", .ansi(.brightRed), 256, false, 9),
            ("bright of 8", .ansi(.brightRed), 8, false, 1), ("index", .indexed(24), 256, false, 24),
            ("index of 16", .indexed(196), 16, false, 9), ("index of 8", .indexed(196), 8, false, 1),
            ("rgb of 256", .rgb(95, 135, 175), 256, false, 67), ("near rgb of 256", .rgb(94, 136, 170), 256, false, 67),
            ("grey of 256", .rgb(128, 128, 128), 256, false, 244), ("rgb of 16", .rgb(250, 10, 5), 16, false, 9),
            ("rgb", .rgb(1, 2, 3), 1 << 24, true, 0x010203), ("black rgb", .rgb(0, 0, 1), 1 << 24, true, 8),
            ("named of rgb", .ansi(.blue), 1 << 24, true, 4), ("index of rgb", .indexed(67), 1 << 24, true, 0x5F87AF),
        ] as [(String, Color, Int, Bool, Int32)]
    )
    func number(name: String, color: Color, count: Int, isDirect: Bool, expected: Int32) {
        #expect(Model(count: count, isDirect: isDirect).number(of: color) == expected)
    }

    @Test(
        arguments: [
            (0, false, .none), (8, false, .ansi16), (16, false, .ansi16), (256, false, .palette256),
            (1 << 24, true, .truecolor),
        ] as [(Int, Bool, ColorSupport)]
    )
    func support(count: Int, isDirect: Bool, expected: ColorSupport) {
        #expect(Model(count: count, isDirect: isDirect).support == expected)
    }

    @Test
    func pairsAreMadeOnceAndWhenNeeded() {
        var made: [[Int32]] = []
        var table = StyleTable(model: Model(count: 256, isDirect: false), capacity: 3) {
            made.append([Int32($0), $1, $2])
            return true
        }
        let red = Style(foreground: .ansi(.red), attributes: .bold)
        let blue = Style(foreground: .ansi(.red), background: .ansi(.blue))
        #expect(table.resolve(.plain).pair == 0)
        #expect(table.resolve(red).pair == 1)
        #expect(table.resolve(red).attributes == 1)
        #expect(table.resolve(blue).pair == 2)
        #expect(table.resolve(Style(foreground: .ansi(.red))).pair == 1)
        #expect(table.resolve(Style(background: .ansi(.cyan))).pair == 0, "no room: default colours")
        #expect(made == [[1, 1, -1], [2, 1, 4]])
    }

    @Test
    func brightBecomesBoldWithEightColors() {
        var table = StyleTable(model: Model(count: 8, isDirect: false), capacity: 64) { _, _, _ in true }
        #expect(table.resolve(Style(foreground: .ansi(.brightGreen))).attributes == 1)
        #expect(table.resolve(Style(foreground: .ansi(.green))).attributes == 0)
        #expect(table.resolve(Style(background: .ansi(.brightGreen))).attributes == 0)
    }
}
