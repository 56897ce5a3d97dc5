import Terminal
import Testing

@testable import Console

@Suite struct CommandLineTests {
    private let surroundings = CommandSurroundings(
        isReadOnly: false,
        themes: ["default", "light"],
        sortColumns: ["name", "last used"]
    )

    private func input(_ text: String, readOnly: Bool = false) -> CommandInput {
        var input = CommandInput()
        let surroundings = CommandSurroundings(
            isReadOnly: readOnly,
            themes: surroundings.themes,
            sortColumns: surroundings.sortColumns
        )
        input.look(in: surroundings)
        for character in text { _ = input.handle(.character(character), in: surroundings) }
        return input
    }

    @Test(arguments: [
        ("rev", "revoke "), ("re", "re"), ("theme l", "theme light "), ("sort last", "sort last"),
        ("sort \"la", "sort \"last used\" "), ("mouse o", "mouse o"), ("create ci a", "create ci admin "),
        ("nope x", "nope x"),
        ("retry-", "retry-failed "), ("go k", "go keys "),
    ])
    func tabCompletesAsFarAsItIsClear(typed: String, completed: String) {
        var input = input(typed)
        input.complete(in: surroundings)
        #expect(input.text.hasPrefix(completed), "\(input.text)")
    }

    @Test func furtherTabsGoThroughTheCandidates() {
        var input = input("mouse ")
        input.complete(in: surroundings)
        #expect(input.text == "mouse o")
        input.complete(in: surroundings)
        #expect(input.text == "mouse on")
        input.complete(in: surroundings)
        #expect(input.text == "mouse off")
        input.complete(in: surroundings)
        #expect(input.text == "mouse on")
        input.complete(backwards: true, in: surroundings)
        #expect(input.text == "mouse off")
    }

    @Test func namesComeFromTheStoreAndNoKeyIsLostMeanwhile() throws {
        var input = input("revoke ni")
        let question = try #require(input.wanted)
        #expect(question == CommandInput.NameQuestion(kind: .key, prefix: "ni"))
        let held = [input.holdsBack(.tab), input.holdsBack("x")]
        #expect(held == [true, true])
        let tooLate = input.receive(["old answer"], for: .init(kind: .key, prefix: "n"))
        #expect(tooLate == [])
        let released = input.receive(["nightly export"], for: question)
        #expect(released == [.tab, "x"])
        input.complete(in: surroundings)
        #expect(input.text == "revoke \"nightly export\" ")
    }

    @Test func readOnlyOffersNothingThatWrites() {
        #expect(!input("", readOnly: true).candidates.contains("revoke"))
        #expect(input("", readOnly: true).candidates.contains("sort"))
    }

    @Test(arguments: [("revoke ci", ["ci"]), ("revoke \"a b\" c", ["a b", "c"]), ("quit", []), ("add  \"\"", [""])])
    func quotesKeepBlanksTogether(text: String, arguments: [String]) throws {
        #expect(try TypedCommand(text).arguments == arguments)
    }

    @Test(arguments: ["", "  ", "fly", "\"\""])
    func whatIsNoCommandIsSaid(text: String) {
        #expect(throws: TypedCommand.Fault.self) { try TypedCommand(text) }
    }

    @Test func everyVerbHasItsOwnName() {
        #expect(Set(ConsoleVerb.all.map(\.name)).count == ConsoleVerb.all.count)
    }
}

@Suite struct StyleTextTests {
    @Test(arguments: [
        ("bold cyan", Style(foreground: .ansi(.cyan), attributes: .bold)),
        ("#ffaf00 on 236", Style(foreground: .rgb(255, 175, 0), background: .indexed(236))),
        ("plain", .plain), ("", .plain), ("DIM Reverse", Style(attributes: [.dim, .reverse])),
        ("default on bright-black", Style(background: .ansi(.brightBlack))),
    ])
    func stylesAreReadAsTheyAreSpelled(text: String, style: Style) throws {
        #expect(try StyleText.style(text) == style)
    }

    @Test(arguments: ["purple", "#12", "#gggggg", "256", "bold blau"])
    func whatIsNoStyleIsNamed(text: String) {
        #expect(throws: StyleText.Fault.self) { try StyleText.style(text) }
    }

    @Test func aChosenThemeIsRememberedUntilTheConfigurationsOwnIsChosen() {
        var options = ConsoleOptions(databaseLabel: "test")
        options.preferences.theme = "light"
        func model() -> ConsoleModel { ConsoleModel(options: options, size: Size(width: 80, height: 24), now: now) }
        var first = model()
        #expect(first.theme == .light)
        first.choose(theme: "default")
        options.state = first.savedState
        var second = model()
        #expect(second.theme == .standard)
        second.choose(theme: "light")
        #expect(second.savedState.theme == nil)
        #expect(second.theme == .light)
    }

    @Test func themesOfTheUserStandBesideThoseThatMdwBrings() {
        var preferences = ConsolePreferences()
        preferences.theme = "mine"
        preferences.themes = ["mine": ["accent": "bold #ffaf00", "sky": "blue", "good": "mauve"]]
        let themes = ThemeCollection(preferences)
        #expect(themes.names == ["default", "light", "high-contrast", "monochrome", "mine"])
        #expect(themes.theme(named: nil).accent == Style(foreground: .rgb(255, 175, 0), attributes: .bold))
        #expect(themes.theme(named: "light") == .light)
        #expect(themes.problems.count == 2)
        #expect(
            themes.problems.contains { $0.contains("'sky'") } && themes.problems.contains { $0.contains("'mauve'") }
        )
    }

    @Test func aThemeThatIsNotThereIsTold() {
        var preferences = ConsolePreferences()
        preferences.theme = "nope"
        let themes = ThemeCollection(preferences)
        #expect(themes.theme(named: nil) == .standard)
        #expect(themes.problems == ["there is no theme 'nope': the default one is used"])
    }
}
