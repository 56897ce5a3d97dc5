extension String {
    /// The text made safe for a terminal, a log line or a CSV cell, cut to `limit` characters.
    ///
    /// Control characters (C0, C1, DEL), line and paragraph separators, and everything that changes the writing
    /// direction or hides (bidirectional overrides and isolates, zero-width marks, tags) become U+FFFD; a cut is marked
    /// by `…`.
    package func sanitized(limit: Int = 200) -> String {
        // Most texts are short and plain: requests are audited at a rate at which the walk below would show.
        if utf8.count <= limit, utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return self }
        var kept = String.UnicodeScalarView()
        var count = 0
        for scalar in unicodeScalars {
            if count == limit {
                kept.append("…")
                break
            }
            kept.append(scalar.isUnsafeToShow ? "\u{FFFD}" : scalar)
            count += 1
        }
        return String(kept)
    }
}

extension Unicode.Scalar {
    /// Whether the scalar could move the cursor, change the direction of text or deceive the reader.
    package var isUnsafeToShow: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        default: false
        }
    }
}
