import Warehouse

/// The vendor's API key: a secret.
///
/// Descriptions show `***` and mirrors nothing.
package struct VendorKey: Sendable {
    private let text: String

    /// Reads a key as it stands in a file or an environment variable; white space at its ends is left out.
    /// - Throws: ``InvalidVendorKey`` when nothing is left, or what is left can't stand in an HTTP header.
    package init(_ text: String) throws(InvalidVendorKey) {
        let key = text.trimmingSpaces()
        guard !key.isEmpty else { throw .empty }
        guard key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .unsafe }
        guard key.utf8.count <= 512 else { throw .tooLong }
        self.text = key
    }

    /// Value of the `Authorization` header.
    var authorization: String { "Bearer \(text)" }

    /// `foreign` without the key, made safe to show and cut: for everything that came from outside and goes into an
    /// error.
    ///
    /// Redacts before it cuts, so that no part of the key is left.
    func redacting(_ foreign: String, limit: Int = 300) -> String {
        var kept = foreign[...]
        var clean = ""
        while let found = kept.firstRange(of: text) {
            clean += kept[..<found.lowerBound] + "***"
            kept = kept[found.upperBound...]
        }
        return (clean + kept).sanitized(limit: limit)
    }

    /// Whether `foreign` holds the key.
    func occurs(in foreign: String) -> Bool {
        foreign.firstRange(of: text) != nil
    }
}

extension VendorKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "***" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a text can't be a vendor key; never holds the text.
package enum InvalidVendorKey: Error, Hashable, CustomStringConvertible {
    case empty
    case tooLong
    case unsafe

    package var description: String {
        switch self {
        case .empty: "the vendor key is empty"
        case .tooLong: "the vendor key has more than 512 characters"
        case .unsafe: "the vendor key holds spaces, control characters or characters outside of ASCII"
        }
    }
}
