import Foundation
import Warehouse

/// The value of `DATABASE_URL`: `sqlite:///PATH`, where the path begins with its third slash.
struct DatabaseURL {
    let path: String

    /// - Throws: ``SettingsError`` for the address of another kind of database. Never repeats the address, which can
    ///   hold a password.
    init(_ text: String) throws(SettingsError) {
        guard let scheme = text.firstRange(of: "://").map({ text[..<$0.lowerBound].lowercased() }) else {
            throw SettingsError("DATABASE_URL is no address: use sqlite:///PATH, or --database PATH")
        }
        guard scheme == "sqlite" else {
            throw SettingsError(
                "DATABASE_URL names a database of the kind '\(scheme.sanitized(limit: 20))', which mdw can't use: "
                    + "use sqlite:///PATH, or --database PATH"
            )
        }
        let rest = String(text.dropFirst("sqlite://".count))
        guard rest.hasPrefix("/"), rest.count > 1, !rest.contains("?"), !rest.contains("#"),
            let path = rest.removingPercentEncoding
        else { throw SettingsError("DATABASE_URL holds no path of a file: use sqlite:///PATH") }
        // sqlite:////var/lib/x is the same file as sqlite:///var/lib/x.
        self.path = "/" + path.drop { $0 == "/" }
    }
}
