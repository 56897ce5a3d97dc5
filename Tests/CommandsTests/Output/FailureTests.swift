import ArgumentParser
import Records
import Store
import Testing
import Warehouse

@testable import Commands

/// Which exit code and words an error gets.
@Suite struct FailureTests {
    static let cases: [(name: String, error: any Error & Sendable, status: Commands.ExitStatus, message: String)] = [
        ("a refusal of the store", StoreError.unknownKey("x"), .refused, "mdw: there is no API key 'x'"),
        (
            "a store that is missing", StoreError.missing(path: "/x"), .unavailable,
            "mdw: there is no database at /x: run 'mdw bootstrap' to make it"
        ),
        ("a locked store", StoreError.busy(detail: "by 5"), .unavailable, "mdw: the database is locked: by 5"),
        ("a bad setting", SettingsError("no"), .usage, "mdw: no"),
        ("a bad name", InvalidKeyName.empty, .refused, "mdw: a key needs a name: 1 to 100 characters"),
        ("control characters", Refusal("a\u{1B}b\nc"), .refused, "mdw: a\u{FFFD}b\u{FFFD}c"),
        ("nobody reads", OutputError.closed, .done, ""),
        ("a full disk", OutputError.failed("full"), .refused, "mdw: the output can't be written: full"),
        ("an interruption", CancellationError(), .refused, "mdw: interrupted"),
        ("a plain exit code", ExitCode(1), .refused, ""),
    ]

    @Test(arguments: cases.indices) func meaning(_ index: Int) {
        let test = Self.cases[index]
        let failure = Failure(test.error)
        #expect(failure.status == test.status, "\(test.name)")
        #expect(failure.message == test.message, "\(test.name)")
    }
}
