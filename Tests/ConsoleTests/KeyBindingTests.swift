import Terminal
import Testing

@testable import Console

@Suite struct KeyBindingTests {
    @Test(arguments: Pane.allCases)
    func noKeyMeansTwoThingsInOneContext(pane: Pane) {
        var seen: [Key: Action] = [:]
        for binding in KeyBinding.table where binding.context == .pane(pane) {
            for key in binding.keys {
                #expect(seen[key] == nil, "\(key) is bound to \(binding.action) and \(String(describing: seen[key]))")
                seen[key] = binding.action
            }
        }
    }

    @Test func everyKeyOfEverywhereIsBoundOnce() {
        let keys = KeyBinding.table.filter { $0.context == .everywhere }.flatMap(\.keys)
        #expect(Set(keys).count == keys.count)
    }

    @Test func everyActionHasAKey() {
        let bound = Set(KeyBinding.table.map(\.action))
        #expect(Set(Action.allCases).subtracting(bound) == [])
    }

    @Test(arguments: Pane.allCases)
    func readOnlyBindsNothingThatWrites(pane: Pane) {
        #expect(!KeyMap().bindings(in: .pane(pane), readOnly: true).contains { $0.writes })
        #expect(KeyMap().binding(of: "q", in: .pane(pane), readOnly: true)?.action == .quit)
    }

    @Test func whatThePaneBindsComesBeforeEverywhere() {
        #expect(KeyMap().binding(of: "r", in: .pane(.keys), readOnly: false)?.action == .revokeKey)
        #expect(KeyMap().binding(of: "r", in: .pane(.backfill), readOnly: false)?.action == .resumeJob)
        #expect(KeyMap().binding(of: "r", in: .pane(.audit), readOnly: false) == nil)
    }

    @Test func theConfigurationMovesKeys() {
        let map = KeyMap(overrides: ["revoke-key": ["X", "<F8>"]])
        #expect(map.problems.isEmpty)
        #expect(map.binding(of: "X", in: .pane(.keys), readOnly: false)?.action == .revokeKey)
        #expect(map.binding(of: .function(8), in: .pane(.keys), readOnly: false)?.action == .revokeKey)
        #expect(map.binding(of: "r", in: .pane(.keys), readOnly: false) == nil)
    }

    @Test(arguments: [
        ("revoke-key", "c", "create-key"), ("revoke-key", "q", "quit"), ("quit", "r", "revoke-key"),
        ("fly", "x", "no action"), ("quit", "<Nope>", "no key"), ("quit", "ab", "not one key"),
    ])
    func aKeyThatCanNotBeTakenIsToldAndTheUsualOnesStay(action: String, key: String, reason: String) {
        let map = KeyMap(overrides: [action: [key]])
        #expect(map.problems.count == 1 && map.problems[0].contains(reason), "\(map.problems)")
        #expect(map.binding(of: "r", in: .pane(.keys), readOnly: false)?.action == .revokeKey)
        #expect(map.binding(of: "q", in: .pane(.keys), readOnly: false)?.action == .quit)
    }

    @Test func twoActionsCanSwapTheirKeys() {
        let map = KeyMap(overrides: ["revoke-key": ["R"], "restore-key": ["r"]])
        #expect(map.problems.isEmpty)
        #expect(map.binding(of: "R", in: .pane(.keys), readOnly: false)?.action == .revokeKey)
        #expect(map.binding(of: "r", in: .pane(.keys), readOnly: false)?.action == .restoreKey)
    }

    @Test func aChangeThatCanNotBeMadeTakesTheOtherHalfOfASwapWithIt() {
        // "create-key" can't be q, keeps its c, and so nothing else can be c.
        let map = KeyMap(overrides: ["create-key": ["q"], "revoke-key": ["c"]])
        #expect(map.problems.count == 2)
        #expect(map.binding(of: "c", in: .pane(.keys), readOnly: false)?.action == .createKey)
        #expect(map.binding(of: "r", in: .pane(.keys), readOnly: false)?.action == .revokeKey)
    }

    @Test func oneKeyMayMeanTwoThingsInTwoPanes() {
        let map = KeyMap(overrides: ["revoke-key": ["p"]])
        #expect(map.problems.isEmpty)
        #expect(map.binding(of: "p", in: .pane(.backfill), readOnly: false)?.action == .pauseJob)
    }
}
