import Foundation
import Notifications
import Testing
import Warehouse

/// Mails through a script that stands in for `sendmail`.
@Suite(.timeLimit(.minutes(1))) struct SendmailChannelTests {
    /// Sends one notice through a program with the text `script` in `folder`.
    private func send(
        _ notice: AlertNotice = .sample(),
        in folder: String,
        script: String,
        host: String = "warehouse-1",
        timeout: Duration = .seconds(30)
    ) async throws {
        let program = folder + "/sendmail"
        try "#!/bin/sh\n\(script)\n".write(toFile: program + ".txt", atomically: true, encoding: .utf8)
        // By another program: a file that this process has written can't be run while a child of it holds the descriptor.
        let install = Process()
        install.executableURL = URL(fileURLWithPath: "/usr/bin/install")
        install.arguments = ["-m", "700", program + ".txt", program]
        try install.run()
        install.waitUntilExit()
        let channel = SendmailChannel(
            program: program,
            from: try MailAddress("mdw@example.com"),
            to: try MailAddress.list("ops@example.com, Night.Shift+1@example.org"),
            host: host,
            environment: ["PATH": "/usr/bin:/bin", "FOLDER": folder],
            timeout: timeout,
            clock: StandingClock()
        )
        try await channel.send(notice)
    }

    /// What the program got: its arguments, and the message in its parts.
    private func mail(_ notice: AlertNotice = .sample(), host: String = "warehouse-1") async throws -> Mail {
        try await withFolder { folder in
            let script =
                #"printf '%s\n' "$@" > "$FOLDER/arguments"; cat > "$FOLDER/message"; env > "$FOLDER/environment""#
            try await send(notice, in: folder, script: script, host: host)
            func file(_ name: String) throws -> String {
                try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            }
            let message = try file("message")
            let end = try #require(message.firstRange(of: "\n\n"))
            return Mail(
                arguments: try file("arguments").split(separator: "\n").map { String($0) },
                headers: message[..<end.lowerBound].replacing("\n ", with: " ").split(separator: "\n").map {
                    String($0)
                },
                body: String(message[end.upperBound...]),
                environment: try file("environment")
            )
        }
    }

    struct Mail {
        let arguments: [String]
        let headers: [String]
        let body: String
        let environment: String

        subscript(name: String) -> String? {
            headers.first { $0.hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) }
        }
    }

    @Test func `a message as RFC 5322 wants it`() async throws {
        let mail = try await mail(.sample(message: "HTTP 500"))
        #expect(
            mail.arguments == ["-i", "-f", "mdw@example.com", "--", "ops@example.com", "Night.Shift+1@example.org"]
        )
        #expect(
            mail.headers == [
                "From: mdw <mdw@example.com>", "To: ops@example.com, Night.Shift+1@example.org",
                "Subject: [mdw] raised: backfill.failed AAPL 1d on warehouse-1",
                "Date: Sun, 24 Nov 2024 10:10:00 +0000",
                "Message-ID: <mdw-7-raised-1732442400000000@warehouse-1>", "Auto-Submitted: auto-generated",
                "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 7bit",
            ]
        )
        #expect(
            mail.body == """
                HTTP 500

                condition  backfill.failed AAPL 1d
                severity   warning
                raised     2024-11-24T10:00:00Z
                host       warehouse-1
                alert      7

                """
        )
        // Nothing of mdw's own environment.
        #expect(!mail.environment.contains("HOME="))
    }

    @Test func `the end of an alert`() async throws {
        let mail = try await mail(.sample(.resolved))
        #expect(mail["Subject"] == "[mdw] resolved: backfill.failed AAPL 1d on warehouse-1")
        #expect(mail["Message-ID"]?.contains("-resolved-") == true)
    }

    @Test func `text beyond ASCII is encoded`() async throws {
        let mail = try await mail(.sample(message: "für ü"), host: "Gerät")
        #expect(mail["Subject"]?.utf8.allSatisfy { $0 < 128 } == true)
        #expect(mail["Subject"]?.hasPrefix("=?utf-8?B?") == true)
        #expect(mail["Content-Transfer-Encoding"] == "base64")
        let body = try #require(Data(base64Encoded: mail.body, options: .ignoreUnknownCharacters))
        #expect(String(decoding: body, as: UTF8.self).hasPrefix("für ü\n"))
    }

    @Test(
        arguments: ["a\nBcc: eve@example.net", "a\r\n\r\nbody", "a\n.\nb", "\u{2028}Bcc: x@example.net", "a\u{0}b"]
    )
    func `nothing from outside becomes a header`(_ text: String) async throws {
        let mail = try await mail(.sample(message: text, subject: text), host: text)
        #expect(mail.headers.count == 9)
        #expect(!mail.headers.contains { $0.lowercased().hasPrefix("bcc") })
    }

    @Test func `long lines are broken`() async throws {
        let message = String(repeating: "word ", count: 60) + String(repeating: "x", count: 150)
        let mail = try await mail(.sample(message: message))
        #expect(mail.body.split(separator: "\n").allSatisfy { $0.count <= 76 })
        #expect(mail.body.filter { $0 == "x" }.count == 150)
    }

    struct Refusal: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let script: String
        let reason: String
    }

    static let refusals = [
        Refusal(testDescription: "an exit code", script: "cat >/dev/null; exit 75", reason: "exit code 75"),
        Refusal(
            testDescription: "a complaint",
            script: "echo 'no route' >&2; echo more >&2; exit 1",
            reason: "exit code 1: no route"
        ),
        Refusal(testDescription: "it reads nothing", script: "exec <&-; exit 2", reason: "exit code 2"),
        Refusal(testDescription: "a signal", script: "kill -9 $$", reason: "ended by signal 9"),
    ]

    @Test(arguments: refusals) func `is not delivered`(_ test: Refusal) async throws {
        try await withFolder { folder in
            let failure = await #expect(throws: AlertDeliveryFailure.self) {
                try await send(in: folder, script: test.script)
            }
            #expect(failure?.description == "\(folder)/sendmail: \(test.reason)")
        }
    }

    @Test func `a program that hangs is killed, with its children`() async throws {
        try await withFolder { folder in
            let failure = await #expect(throws: AlertDeliveryFailure.self) {
                let script = #"sleep 600 & echo $! > "$FOLDER/child"; wait"#
                try await send(in: folder, script: script, timeout: .milliseconds(500))
            }
            #expect(failure?.description.contains("not done within") == true)
            let child = try String(contentsOfFile: folder + "/child", encoding: .utf8).filter(\.isNumber)
            // It dies when the kernel comes to it.
            for _ in 0..<100_000 where Self.lives(child) { await Task.yield() }
            #expect(!Self.lives(child))
        }
    }

    private static func lives(_ process: String) -> Bool {
        let status = FileManager.default.contents(atPath: "/proc/\(process)/status") ?? Data()
        return !status.isEmpty && !String(decoding: status, as: UTF8.self).contains("State:\tZ")
    }

    @Test func `there is no such program`() async throws {
        let channel = SendmailChannel(
            program: "/nowhere/sendmail",
            from: try MailAddress("mdw@example.com"),
            to: [try MailAddress("ops@example.com")],
            host: "h",
            environment: [:],
            clock: StandingClock()
        )
        let failure = await #expect(throws: AlertDeliveryFailure.self) { try await channel.send(.sample()) }
        #expect(failure?.description == "/nowhere/sendmail can't be started: No such file or directory")
    }
}

@Suite struct MailAddressTests {
    @Test(arguments: ["ops@example.com", " a.b+c@x-y.example ", "root@localhost"]) func `is an address`(_ text: String)
        throws
    {
        #expect(try MailAddress(text).text == text.filter { $0 != " " })
    }

    @Test(
        arguments: [
            "", "ops", "@example.com", "ops@", "a@b@c", "-oQ/tmp@example.com", "ops@-x", "a b@example.com",
            "a@exa mple.com",
            "ops@example.com\nBcc: x@y", "\"a\"@example.com", "a;b@example.com", "a|b@exämple.com", "<a@b>", "a,b@c",
        ]
    )
    func `is no address`(_ text: String) {
        #expect(throws: InvalidMailAddress.self) { try MailAddress(text) }
    }

    @Test func `a list has no gaps`() throws {
        #expect(try MailAddress.list("a@x, b@y").map(\.text) == ["a@x", "b@y"])
        #expect(throws: InvalidMailAddress.self) { try MailAddress.list("a@x,") }
    }
}
