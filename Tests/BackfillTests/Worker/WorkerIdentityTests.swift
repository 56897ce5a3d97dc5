import Foundation
import Glibc
import Testing

@testable import Backfill

@Suite struct WorkerIdentityTests {
    /// A line of `/proc/<number>/stat` whose 22nd field, the start, is `start`.
    static func stat(_ name: String = "mdw", state: String = "S", start: Int) -> String {
        "77 (\(name)) \(state)" + String(repeating: " 5", count: 18) + " \(start)" + String(repeating: " 6", count: 30)
    }

    static func identity(
        _ process: Int32,
        start: Int,
        mark: String = "boot.1",
        nonce: UInt32 = 255,
        host: String = "web1"
    ) -> WorkerIdentity {
        WorkerIdentity(
            host: host,
            process: process,
            processes: ProcessTable(mark: mark) { _ in stat(start: start) },
            nonce: nonce
        )
    }

    @Test func `tells host, process, machine and start`() {
        #expect(Self.identity(77, start: 4711).text == "web1:77:boot.1-4711-ff")
        #expect(Self.identity(77, start: 4711, host: "a:b c").text == "abc:77:boot.1-4711-ff")
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let owner: String
        let running: String?
        let isAbandoned: Bool
    }

    static let cases = [
        Case(testDescription: "alive", owner: "web1:77:boot.1-100-1", running: stat(start: 100), isAbandoned: false),
        Case(testDescription: "gone", owner: "web1:77:boot.1-100-1", running: nil, isAbandoned: true),
        Case(
            testDescription: "number given to another process",
            owner: "web1:77:boot.1-100-1",
            running: stat(start: 200),
            isAbandoned: true
        ),
        Case(
            testDescription: "dead, not yet buried",
            owner: "web1:77:boot.1-100-1",
            running: stat(state: "Z", start: 100),
            isAbandoned: true
        ),
        Case(
            testDescription: "alive, with a name made to deceive",
            owner: "web1:77:boot.1-100-1",
            running: stat("m) S 1 2 (w", start: 100),
            isAbandoned: false
        ),
        Case(testDescription: "another machine", owner: "web1:77:other.1-100-1", running: nil, isAbandoned: false),
        Case(testDescription: "another container", owner: "web1:77:boot.2-100-1", running: nil, isAbandoned: false),
        Case(testDescription: "start unknown", owner: "web1:77:boot.1-0-1", running: nil, isAbandoned: false),
        Case(testDescription: "no worker's text", owner: "somebody", running: nil, isAbandoned: false),
        Case(testDescription: "empty", owner: "", running: nil, isAbandoned: false),
    ]

    @Test(arguments: cases) func `who is known to be gone`(test: Case) {
        let processes = ProcessTable(mark: "boot.1") { $0 == 77 ? test.running : Self.stat(start: 1) }
        let abandoned = Self.identity(1, start: 1).abandonedOwners(among: [test.owner], processes: processes)
        #expect(abandoned == (test.isAbandoned ? [test.owner] : []))
    }

    @Test func `without a mark nobody is called dead`() {
        let processes = ProcessTable(mark: "?") { _ in nil }
        let me = Self.identity(1, start: 1, mark: "?")
        #expect(me.abandonedOwners(among: ["web1:77:?-100-1"], processes: processes).isEmpty)
    }

    @Test func `this process lives`() {
        var generator = SystemRandomNumberGenerator()
        let me = WorkerIdentity.current(using: &generator)
        let other = WorkerIdentity.current(using: &generator)
        #expect(me.text != other.text)
        #expect(me.text.contains(":\(ProcessInfo.processInfo.processIdentifier):"))
        #expect(me.abandonedOwners(among: [me.text, other.text]).isEmpty)
    }

    @Test func `a process that ended is found gone`() throws {
        var process: pid_t = 0
        var arguments = [strdup("sleep"), strdup("600"), nil]
        defer { for argument in arguments { free(argument) } }
        try #require(posix_spawn(&process, "/bin/sleep", nil, nil, &arguments, nil) == 0)
        let owner = WorkerIdentity(host: "test", process: process, processes: .live, nonce: 1)
        var generator = SystemRandomNumberGenerator()
        let me = WorkerIdentity.current(using: &generator)
        #expect(me.abandonedOwners(among: [owner.text]).isEmpty)
        kill(process, SIGKILL)
        #expect(waitpid(process, nil, 0) == process)
        #expect(me.abandonedOwners(among: [owner.text]) == [owner.text])
    }
}
