/// What kind of thing a symbol names.
///
/// The vendor's endpoints and sessions depend on it; classes never mix.
package enum AssetClass: String, CaseIterable, Sendable, Codable {
    case stock
    case etf
    case crypto
}
