import AdminAPI
import ArgumentParser
import Console
import Feeds
import LegacyDump
import Records
import Store
import Terminal
import Warehouse

/// How a command ends for its caller.
enum ExitStatus: Int32, Sendable {
    case done = 0
    case refused = 1
    case usage = 2
    case unavailable = 3
}

/// A refusal of the command line itself, in one sentence.
struct Refusal: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// What an error means to the caller: the one place where errors become words and exit codes.
struct Failure {
    let status: ExitStatus
    /// For standard error, or for standard output when all is well: help and version are errors to the parser.
    let message: String

    init(_ error: any Error) {
        switch error {
        case let error as StoreError:
            self.init(error.isUnavailable ? .unavailable : .refused, "\(error)")
        case is ListenError:
            self.init(.refused, "\(error)")
        case is SettingsError, is TerminalError, is TLSCertificateError:
            self.init(.usage, "\(error)")
        case OutputError.closed:
            self.init(status: .done, message: "")
        case is OutputError, is PrivateFileError, is Refusal, is InvalidKeyName, is InvalidTicker, is ScriptError,
            is DumpError, is CandleFileFault:
            self.init(.refused, "\(error)")
        case is CancellationError:
            self.init(.refused, "interrupted")
        default:
            self.init(parserError: error)
        }
    }

    private init(status: ExitStatus, message: String) {
        self.status = status
        self.message = message
    }

    private init(_ status: ExitStatus, _ sentence: String) {
        self.init(status: status, message: "mdw: \(sentence.sanitized(limit: 1000))")
    }

    private init(parserError error: any Error) {
        let code = Mdw.exitCode(for: error)
        let text = Mdw.fullMessage(for: error)
        guard !code.isSuccess else {
            self.init(status: .done, message: text)
            return
        }
        // The parser repeats what was typed, whatever it holds.
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0).sanitized(limit: 500) }
        self.init(
            status: code == .validationFailure ? .usage : .refused,
            message: lines.joined(separator: "\n")
        )
    }
}
