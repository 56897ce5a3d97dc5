package import Warehouse

extension Store {
    /// What a bootstrap found to do.
    ///
    /// Nothing, the second time.
    package struct BootstrapResult: Sendable {
        /// The first admin key, when there was none.
        package let firstKey: CreatedKey?
        package let addedSymbols: [TrackedSymbol]
        /// What the check of the finished store found wrong; empty when all is well.
        package let problems: [String]

        package var changedNothing: Bool { firstKey == nil && addedSymbols.isEmpty }
    }

    /// Makes a store with the newest schema ready for use: the first admin key, the core symbols, a check of both and of
    /// the audit chain.
    ///
    /// A store that tracks any symbol keeps its own choice: the core symbols are added to an empty list only.
    package func bootstrap(
        by actor: Actor,
        using generator: inout some RandomNumberGenerator
    ) async throws -> BootstrapResult {
        let firstKey = try await keys.createFirst(by: actor, using: &generator)
        let added = try await symbols.addFirst(CoreSymbols.tickers, by: actor)
        return BootstrapResult(firstKey: firstKey, addedSymbols: added, problems: try await problems())
    }

    /// What is wrong with the store, one sentence each; empty when all is well.
    ///
    /// Reads the whole database.
    package func problems() async throws -> [String] {
        var problems = try await engine.integrityProblems().map { "the database's structure: \($0)" }
        do {
            if case .broken(let row, let reason) = try await audit.verify() {
                problems.append("the audit log is broken at row \(row): \(reason)")
            }
        } catch StoreError.damaged(let detail) {
            problems.append("the audit log can't be read: \(detail)")
        }
        if try await keys.count(KeyStore.Query(usableOnly: true)) == 0 {
            problems.append("no API key is usable: create one with 'mdw keys create'")
        }
        return problems
    }
}
