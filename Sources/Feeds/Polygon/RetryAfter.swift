import Warehouse

/// The `Retry-After` header: how long the vendor wants to be left alone.
enum RetryAfter {
    /// Reads whole seconds, or the date that RFC 9110 prefers (`Wed, 21 Oct 2015 07:28:00 GMT`) as the time from `now`.
    ///
    /// `nil` for anything else. Never negative and never more than a day.
    static func duration(_ header: String, now: Timestamp) -> Duration? {
        let text = header.trimmingSpaces()
        if !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) {
            return min(.seconds(Int64(text) ?? .max), longest)
        }
        guard let date = date(text) else { return nil }
        return min(max(date - now, .zero), longest)
    }

    private static let longest: Duration = .seconds(86_400)

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func date(_ text: String) -> Timestamp? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[0].hasSuffix(","), parts[5] == "GMT",
            let month = months.firstIndex(of: String(parts[2])), parts[1].count == 2
        else { return nil }
        return Timestamp(iso: "\(parts[3])-\((month + 1).padded(to: 2))-\(parts[1])T\(parts[4])Z")
    }
}
