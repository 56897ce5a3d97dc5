import Store
import Warehouse

extension KeyStore {
    /// The key that a person means by an id or a name.
    /// - Throws: `StoreError`, and ``Refusal`` for a number that can't be an id.
    func meant(by reference: String) async throws -> APIKey {
        do {
            return try await resolve(reference)
        } catch StoreError.unknownKey
            where !reference.isEmpty && reference.utf8.allSatisfy({ (48...57).contains($0) }) && Int64(reference) == nil
        {
            throw Refusal(
                "there is no API key '\(reference.sanitized(limit: 40))': ids are whole numbers from 1 to \(Int64.max)"
            )
        }
    }
}
