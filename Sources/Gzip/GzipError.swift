/// Why a gzip stream can't be written or read.
package enum GzipError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes are no gzip, or were damaged.
    case damaged(String)
    /// What zlib reports about itself.
    case zlib(code: Int32)

    package var description: String {
        switch self {
        case .damaged(let detail): "the gzip data is damaged: \(detail)"
        case .zlib(let code): "zlib failed with code \(code)"
        }
    }
}
