import Glibc
import NIOCore

/// An address that the server can't listen on, in one sentence.
package struct ListenError: Error, CustomStringConvertible {
    package let description: String

    /// `nil` for an error that says nothing of an address.
    init?(_ error: any Error, settings: ServerSettings) {
        let reason: String
        switch error {
        case let error as IOError where error.errnoCode == EADDRINUSE: reason = "it is in use: choose another --port"
        case let error as IOError: reason = String(cString: strerror(error.errnoCode))
        case is SocketAddressError, is SocketAddressError.UnknownHost: reason = "there is no such address"
        default: return nil
        }
        self.description = "the server can't listen on \(settings.host):\(settings.port): \(reason)"
    }
}
