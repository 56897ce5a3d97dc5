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
        #expect(!KeyBinding.bindings(in: pane, readOnly: true).contains { $0.writes })
        #expect(KeyBinding.action(for: "q", in: pane, readOnly: true)?.action == .quit)
    }

    @Test func whatThePaneBindsComesBeforeEverywhere() {
        #expect(KeyBinding.action(for: "r", in: .keys, readOnly: false)?.action == .revokeKey)
        #expect(KeyBinding.action(for: "r", in: .backfill, readOnly: false)?.action == .resumeJob)
        #expect(KeyBinding.action(for: "r", in: .audit, readOnly: false) == nil)
    }
}
