package import Store
import Warehouse

extension Composition {
    /// A store that is ready for use.
    package struct ReadyStore: Sendable {
        package let store: Store
        /// What was made; `nil` when the database was in use already.
        package let made: Store.BootstrapResult?
    }

    /// Opens the database for a person, and makes it with its first key and symbols when it is new.
    ///
    /// Whoever gets the store closes it.
    package func openOnFirstUse() async throws -> ReadyStore {
        let store = try await openStore(.createAndMigrate)
        do {
            // The symbols come last: a bootstrap that was interrupted is finished too.
            guard try await store.symbols.count() == 0 else { return ReadyStore(store: store, made: nil) }
            var generator = SystemRandomNumberGenerator()
            let result = try await store.bootstrap(by: actor(.console), using: &generator)
            return ReadyStore(store: store, made: result)
        } catch {
            // The reason to give up is the first error.
            try? store.close()
            throw error
        }
    }

    /// Warns on standard error when others than the owner can get at the database.
    package func warnOfPermissions() {
        for warning in Store.permissionWarnings(sqlite: settings.database) { surroundings.note("warning: \(warning)") }
    }
}
