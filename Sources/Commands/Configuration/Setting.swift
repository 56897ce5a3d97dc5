/// A setting as people name it: what it is, and where it can be set.
///
/// The name itself stands in the configuration file, and in upper case behind `MDW_` in the environment.
package struct Setting: Sendable {
    package let name: String
    /// Variables of the old service that mean the same.
    package let aliases: [String]
    package let fallback: String
    package let summary: String
    package let isSecret: Bool

    private init(
        _ name: String,
        _ summary: String,
        default fallback: String,
        aliases: [String] = [],
        isSecret: Bool = false
    ) {
        self.name = name
        self.aliases = aliases
        self.fallback = fallback
        self.summary = summary
        self.isSecret = isSecret
    }

    package var variable: String { "MDW_" + name.uppercased() }

    /// Every setting, in the order in which `mdw config` shows them.
    package static let all: [Setting] = [
        Setting("database", "the database file", default: "$XDG_DATA_HOME/mdw/mdw.sqlite", aliases: ["DATABASE_URL"]),
        Setting(
            "polygon_api_key",
            "the vendor key; without it candles are simulated",
            default: "",
            aliases: ["POLYGON_API_KEY"],
            isSecret: true
        ),
        Setting("feed_url", "the vendor's address", default: "https://api.massive.com"),
        Setting("vendor_requests_per_minute", "the vendor plan's rate, 0 is unlimited", default: "5"),
        Setting("worker_concurrency", "jobs that a worker works on at a time", default: "1"),
        Setting(
            "backfill_schedule_hour",
            "hour of the daily backfill, UTC",
            default: "2",
            aliases: ["BACKFILL_SCHEDULE_HOUR"]
        ),
        Setting(
            "backfill_schedule_minute",
            "minute of the daily backfill",
            default: "0",
            aliases: ["BACKFILL_SCHEDULE_MINUTE"]
        ),
        Setting("host", "address that the API listens on", default: "127.0.0.1", aliases: ["API_HOST"]),
        Setting("port", "port that the API listens on, 0 takes a free one", default: "8000", aliases: ["API_PORT"]),
        Setting("tls_certificate", "PEM file with the certificate", default: ""),
        Setting("tls_key", "PEM file with its key", default: ""),
        Setting("require_key_for_data", "whether candles need a key too", default: "false"),
        Setting("connection_limit", "connections at a time", default: "1024"),
        Setting("header_limit", "bytes of a request's header", default: "16384"),
        Setting("idle_timeout", "seconds that a connection may rest", default: "60"),
        Setting("request_timeout", "seconds that a request may take to arrive", default: "30"),
        Setting("write_timeout", "seconds that a client may take nothing of its answer", default: "30"),
        Setting(
            "log_level",
            "trace, debug, info, notice, warning, error or critical",
            default: "info for serve, else warning",
            aliases: ["LOG_LEVEL"]
        ),
        Setting("log_format", "text or json", default: "text"),
        Setting("alert_webhook_url", "https address that alerts are posted to", default: "", isSecret: true),
        Setting("alert_webhook_secret", "what the posted alerts are signed with", default: "", isSecret: true),
        Setting("alert_mail_to", "who is mailed alerts, between commas", default: ""),
        Setting("alert_mail_from", "the sender of these mails", default: "mdw@ this machine"),
        Setting("sendmail", "the program that takes mails", default: "/usr/sbin/sendmail"),
        Setting("alert_stale_after", "how long after a session its candles may be missing", default: "36h"),
    ]
}
