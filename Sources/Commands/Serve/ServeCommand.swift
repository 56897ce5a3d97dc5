import AdminAPI
import ArgumentParser
import Backfill
import Logging
import ServiceLifecycle
import Store
import UnixSignals
import Warehouse

/// `mdw serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves the HTTP API, with a worker and the daily schedule beside it.",
        discussion: """
            Everything under /api/v1/admin needs a key: mdw keys create. /docs shows the API. TERM and INT end the \
            server when it has answered what is under way; HUP reads the TLS certificate anew.

            Each option is also a setting: --port is MDW_PORT, API_PORT, or "port" in the configuration file; \
            mdw config shows what is in force.

            Examples:
              mdw serve
              mdw serve --host 0.0.0.0 --port 8443 --tls-certificate fullchain.pem --tls-key privkey.pem
            """
    )

    @OptionGroup var server: ServerOptions

    @Flag(inversion: .prefixedNo, help: "Run a backfill worker beside the server.")
    var worker = true

    @Flag(inversion: .prefixedNo, help: "Start the daily backfill from this process.")
    var scheduler = true

    @Flag(inversion: .prefixedNo, help: "Watch for what goes wrong, and tell it: mdw alerts.")
    var alerts = true

    @OptionGroup var feed: FeedOptions

    @Option(
        help: ArgumentHelp("The database file.", valueName: "path"),
        completion: .file(extensions: ["sqlite", "db"])
    )
    var database: String?

    func run() async throws {
        var flags = Settings.Flags(database: database, feedURL: feed.feedUrl, simulated: feed.simulated)
        flags.values.merge(server.values) { $1 }
        let composition = try await Composition.read(flags)
        let plan = try composition.settings.server.get()
        let certificate = try plan.settings.tls.map { try TLSCertificate($0) }
        if let warning = plan.warning { composition.surroundings.note("warning: \(warning)") }
        composition.warnOfPermissions()
        try await composition.withStore(.readWrite) { store in
            try await ServerSession(
                composition: composition,
                plan: plan,
                certificate: certificate,
                store: store
            ).run(withWorker: worker, withScheduler: scheduler, withAlerts: alerts)
        }
    }
}

/// How the server is asked to listen; what is not said comes from environment and file.
struct ServerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The address to listen on (default: 127.0.0.1).", valueName: "address"))
    var host: String?

    @Option(help: ArgumentHelp("The port to listen on (default: 8000; 0 takes a free one).", valueName: "number"))
    var port: Int?

    @Option(
        help: ArgumentHelp("PEM file with the certificate, and those above it.", valueName: "file"),
        completion: .file()
    )
    var tlsCertificate: String?

    @Option(help: ArgumentHelp("PEM file with the certificate's key.", valueName: "file"), completion: .file())
    var tlsKey: String?

    @Flag(help: "Give candles only to who has a key.")
    var requireKeyForData = false

    @Option(help: ArgumentHelp("How log lines look: text or json (default: text).", valueName: "format"))
    var logFormat: String?

    @Option(help: ArgumentHelp("From which level on to log (default: info).", valueName: "level"))
    var logLevel: String?

    @Option(help: ArgumentHelp("Connections at a time (default: 1024).", valueName: "number"))
    var connectionLimit: Int?

    /// By the names of ``Setting``.
    var values: [String: String] {
        var values: [String: String] = [:]
        values["host"] = host
        values["port"] = port.map { String($0) }
        values["tls_certificate"] = tlsCertificate
        values["tls_key"] = tlsKey
        values["require_key_for_data"] = requireKeyForData ? "true" : nil
        values["log_format"] = logFormat
        values["log_level"] = logLevel
        values["connection_limit"] = connectionLimit.map { String($0) }
        return values
    }
}
