package import AdminAPI
package import Logging
import Warehouse

/// How the HTTP API is to be served.
package struct ServerPlan: Sendable {
    package let settings: ServerSettings
    package let logLevel: Logger.Level
    package let logFormat: LogFormat

    /// - Throws: ``SettingsError`` for a value that can't be used.
    init(_ reader: SettingsReader) throws(SettingsError) {
        var settings = ServerSettings()
        if let host = try reader.text("host") { settings.host = host }
        if let port = try reader.number("port", in: 0...65_535) { settings.port = port }
        let certificate = try reader.text("tls_certificate")
        let key = try reader.text("tls_key")
        switch (certificate, key) {
        case (let certificate?, let key?): settings.tls = ServerSettings.TLSFiles(certificate: certificate, key: key)
        case (nil, nil): break
        default: throw SettingsError("TLS needs both a certificate and its key: --tls-certificate and --tls-key")
        }
        settings.requiresKeyForData = try reader.flag("require_key_for_data") ?? false
        if let limit = try reader.number("connection_limit", in: 1...100_000) { settings.connectionLimit = limit }
        if let limit = try reader.number("header_limit", in: 1024...1_048_576) { settings.headerLimit = limit }
        if let seconds = try reader.number("idle_timeout", in: 1...86_400) { settings.idleTimeout = .seconds(seconds) }
        if let seconds = try reader.number("request_timeout", in: 1...3600) {
            settings.requestTimeout = .seconds(seconds)
        }
        if let seconds = try reader.number("write_timeout", in: 1...3600) { settings.writeTimeout = .seconds(seconds) }
        self.settings = settings
        self.logLevel = try reader.logLevel() ?? .info
        self.logFormat = try reader.choice("log_format", of: LogFormat.self) ?? .text
    }

    /// A sentence for a setting that lets others in; `nil` when all is well.
    package var warning: String? {
        guard settings.tls == nil, !["127.0.0.1", "::1", "localhost"].contains(settings.host) else { return nil }
        return
            "keys travel unencrypted to \(settings.host.sanitized(limit: 100)): use --tls-certificate, or a proxy with TLS"
    }
}

/// How log lines look.
package enum LogFormat: String, CaseIterable, Sendable {
    case text
    case json
}
