import HTTPTypes
import Hummingbird
import NIOCore
import Store
import Warehouse

/// What the service says of itself.
enum ServiceEndpoints {
    static let version = "1.0.0"

    static let all: [Endpoint] = [about, health, status, metrics]

    private static let about = Endpoint(
        .get,
        "/",
        .everybody,
        "What this is, and where to go on",
        answers: [.json(aboutShape.schema, "The service and its entry points")]
    ) { _ in .json((), as: aboutShape) }

    private static let aboutShape = Shape<Void>(
        "About",
        [
            .text("name") { "mdw" },
            .text("version") { version },
            .text("description") {
                "A warehouse of market data: symbols, candles, backfills, API keys and the audit log."
            },
            .text("docs") { "/docs" },
            .text("authentication") { "X-API-Key header for everything under /api/v1/admin" },
            .value("endpoints", Schema(["type": "object", "additionalProperties": ["type": "string"]])) {
                [
                    "health": "/health",
                    "status": "/api/v1/status",
                    "symbols": "/api/v1/symbols",
                    "historical": "/api/v1/historical/{symbol}",
                    "admin": "/api/v1/admin",
                    "openapi": "/openapi.json",
                    "metrics": "/metrics",
                ]
            },
        ]
    )

    private static let health = Endpoint(
        .get,
        "/health",
        .everybody,
        "Whether the service can do its work",
        answers: [
            .json(healthShape.schema, "It can"),
            DescribedAnswer(
                status: .serviceUnavailable,
                summary: "It can't, and why",
                content: [("application/json", unhealthyShape.schema)]
            ),
        ]
    ) { call in
        let health = Health(
            timestamp: call.now,
            isSchedulerRunning: await call.services.isSchedulerRunning(),
            problem: await call.services.health.problem(of: call.services.store)
        )
        guard health.problem != nil else { return .json(health, as: healthShape) }
        return .json(unhealthyShape.bytes(health), status: .serviceUnavailable)
    }

    private struct Health: Sendable {
        let timestamp: Timestamp
        let isSchedulerRunning: Bool
        let problem: String?
    }

    private static let healthFields: [ShapeField<Health>] = [
        .text("status", .text(["healthy", "unhealthy"])) { $0.problem == nil ? "healthy" : "unhealthy" },
        .time("timestamp") { $0.timestamp },
        .flag("scheduler_running") { $0.isSchedulerRunning },
    ]
    private static let healthShape = Shape<Health>("Health", healthFields)
    private static let unhealthyShape = Shape<Health>(
        "HealthProblem",
        healthFields + [.text("reason") { $0.problem ?? "" }]
    )

    private static let status = Endpoint(
        .get,
        "/api/v1/status",
        .data,
        "How much data there is, and how good it is",
        answers: [.json(statusShape.schema, "Figures of the whole warehouse")]
    ) { call in
        let status = Status(
            data: try await call.store.dataSummary(),
            isSchedulerRunning: await call.services.isSchedulerRunning()
        )
        return .json(status, as: statusShape)
    }

    private struct Status: Sendable {
        let data: DataSummary
        let isSchedulerRunning: Bool
    }

    private static let statusShape = Shape<Status>(
        "Status",
        [
            .text("api_version") { _ in "v1" },
            .text("status") { _ in "operational" },
            .object("database", databaseShape) { $0.data },
            .object("data_quality", qualityShape) { $0 },
        ]
    )

    private static let databaseShape = Shape<DataSummary>(
        "DatabaseStatus",
        [
            .integer("symbols_available") { $0.symbols },
            .optionalTime("latest_data") { $0.latest },
            .integer("total_records") { $0.candles + $0.rejected },
            .integer("validated_records") { $0.candles },
            .real("validation_rate_pct") { $0.validatedShare.percentage },
        ]
    )

    private static let qualityShape = Shape<Status>(
        "DataQuality",
        [
            .integer("records_with_gaps_flagged") { $0.data.gaps },
            .text("scheduler_status", .text(["running", "stopped"])) { $0.isSchedulerRunning ? "running" : "stopped" },
            .optionalTime("last_backfill") { $0.data.lastBackfill },
        ]
    )

    private static let metrics = Endpoint(
        .get,
        "/metrics",
        .everybody,
        "Counters for Prometheus",
        answers: [.text("text/plain", "The text format of Prometheus")]
    ) { call in
        let text = try await MetricsReport(services: call.services).text()
        return .bytes(ByteBuffer(string: text), type: "text/plain; version=0.0.4; charset=utf-8")
    }
}

extension Double {
    /// A share of 0…1 in percent, with two digits: never 100 unless it is all.
    var percentage: Double { (self * 10_000 + 1e-9).rounded(.down) / 100 }
}
