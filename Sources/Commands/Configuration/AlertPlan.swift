import Foundation
package import Notifications
package import Warehouse

/// Who is to be told when something goes wrong, and when data counts as stale.
///
/// Safe to print: address and secret of the webhook are redacted.
package struct AlertPlan: Sendable {
    package let rules: AlertRules
    /// `nil` when nothing is posted anywhere.
    package let webhook: Webhook?
    /// `nil` when nobody is mailed.
    package let mail: Mail?

    package struct Webhook: Sendable {
        package let address: WebhookAddress
        package let secret: WebhookSecret?
    }

    package struct Mail: Sendable {
        package let recipients: [MailAddress]
        package let from: MailAddress
        package let program: String
    }

    /// - Throws: ``SettingsError`` for a value that can't be used, and for one that has no effect without another.
    init(_ reader: SettingsReader) throws(SettingsError) {
        let delay = try reader.text("alert_stale_after")
        guard let delay = Duration(shorthand: delay ?? "36h") else {
            throw SettingsError("the setting alert_stale_after must be a duration such as 36h or 3d")
        }
        self.rules = AlertRules(staleAfter: delay)
        self.webhook = try Self.webhook(reader)
        self.mail = try Self.mail(reader)
    }

    private static func webhook(_ reader: SettingsReader) throws(SettingsError) -> Webhook? {
        let secret = try reader.text("alert_webhook_secret")
        guard let address = try reader.text("alert_webhook_url") else {
            guard secret == nil else {
                throw SettingsError("alert_webhook_secret has no use without alert_webhook_url")
            }
            return nil
        }
        do {
            return Webhook(address: try WebhookAddress(address), secret: try secret.map(WebhookSecret.init))
        } catch InvalidWebhook.secret {
            throw SettingsError("alert_webhook_secret: \(InvalidWebhook.secret)")
        } catch {
            throw SettingsError("alert_webhook_url: \(error)")
        }
    }

    private static func mail(_ reader: SettingsReader) throws(SettingsError) -> Mail? {
        let from = try reader.text("alert_mail_from")
        let program = try reader.text("sendmail") ?? "/usr/sbin/sendmail"
        guard program.hasPrefix("/"), !program.utf8.contains(0) else {
            throw SettingsError("the setting sendmail must be the whole path of a program, such as /usr/sbin/sendmail")
        }
        guard let recipients = try reader.text("alert_mail_to") else {
            guard from == nil else { throw SettingsError("alert_mail_from has no use without alert_mail_to") }
            return nil
        }
        do throws(InvalidMailAddress) {
            let sender = try MailAddress(from ?? "mdw@\(ProcessInfo.processInfo.hostName)")
            return Mail(recipients: try MailAddress.list(recipients), from: sender, program: program)
        } catch {
            throw SettingsError("alert_mail_to and alert_mail_from: \(error)")
        }
    }
}
