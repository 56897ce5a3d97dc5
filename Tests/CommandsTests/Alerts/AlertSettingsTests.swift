import Foundation
import Testing

/// The settings of alerts: what is refused, and what is never shown.
@Suite struct AlertSettingsTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let environment: [String: String]
        /// `nil` when all is well.
        let error: String?
    }

    static let webhook = "MDW_ALERT_WEBHOOK_URL"
    static let cases = [
        Case(testDescription: "nothing set", environment: [:], error: nil),
        Case(
            testDescription: "all set",
            environment: [
                webhook: "https://h.example/t0ken", "MDW_ALERT_WEBHOOK_SECRET": "s3cret-s3cret-s3cret",
                "MDW_ALERT_MAIL_TO": "a@example.com,b@example.com", "MDW_ALERT_MAIL_FROM": "m@example.com",
                "MDW_SENDMAIL": "/usr/bin/msmtp", "MDW_ALERT_STALE_AFTER": "3d",
            ],
            error: nil
        ),
        Case(
            testDescription: "http to another machine",
            environment: [webhook: "http://h.example/t0ken"],
            error: "alert_webhook_url: it must be https"
        ),
        Case(
            testDescription: "no address",
            environment: [webhook: "t0ken"],
            error: "alert_webhook_url: it is not an address"
        ),
        Case(
            testDescription: "a short secret",
            environment: [webhook: "https://h/", "MDW_ALERT_WEBHOOK_SECRET": "t0ken"],
            error: "alert_webhook_secret: the secret must be 16 to 512"
        ),
        Case(
            testDescription: "a secret alone",
            environment: ["MDW_ALERT_WEBHOOK_SECRET": "t0ken-t0ken-t0ken"],
            error: "alert_webhook_secret has no use without alert_webhook_url"
        ),
        Case(
            testDescription: "a bad recipient",
            environment: ["MDW_ALERT_MAIL_TO": "ops"],
            error: "'ops' is not a mail address"
        ),
        Case(
            testDescription: "a sender alone",
            environment: ["MDW_ALERT_MAIL_FROM": "a@b"],
            error: "alert_mail_from has no use without alert_mail_to"
        ),
        Case(
            testDescription: "a program by its name",
            environment: ["MDW_SENDMAIL": "sendmail"],
            error: "the setting sendmail must be the whole path"
        ),
        Case(
            testDescription: "no duration",
            environment: ["MDW_ALERT_STALE_AFTER": "soon"],
            error: "alert_stale_after must be a duration such as 36h"
        ),
    ]

    @Test(arguments: cases) func `mdw config judges them and hides the secrets`(_ test: Case) async throws {
        let household = try Household()
        for arguments in [["config"], ["config", "--json"]] {
            let desk = Desk(in: household, environment: test.environment)
            let code = await desk.run(arguments)
            #expect(code == (test.error == nil ? 0 : 2), "\(desk.errors.text)")
            if let error = test.error { #expect(desk.errors.text.contains(error), "\(desk.errors.text)") }
            let said = desk.output.text + desk.errors.text
            #expect(!said.contains("t0ken") && !said.contains("s3cret"), "\(said)")
        }
    }

    @Test func `a bad setting stops who watches, and nobody else`() async throws {
        let household = try await Household.ready()
        let environment = [Self.webhook: "http://h.example/"]
        #expect(try await household.mdw(["symbols", "list"], with: environment).code == 0)
        let outcome = try await household.mdw(["worker", "--simulated"], with: environment)
        #expect(outcome.code == 2)
        #expect(outcome.errors.contains("alert_webhook_url: it must be https"))
    }
}
