import AdminAPI
import Backfill
import Logging
import Records
import ServiceLifecycle
import Store
import UnixSignals
import Warehouse

/// A server with what runs beside it.
///
/// They share nothing but the store.
struct ServerSession: Sendable {
    let composition: Composition
    let plan: ServerPlan
    let certificate: TLSCertificate?
    let store: Store

    /// Serves until a signal says that it is enough.
    func run(withWorker: Bool, withScheduler: Bool, withAlerts: Bool) async throws {
        let logger = composition.makeLogger("mdw.api", for: plan)
        let surroundings = composition.surroundings
        let address = plan.settings.host
        let scheme = certificate == nil ? "http" : "https"
        let server = APIServer(
            store: store,
            settings: plan.settings,
            certificate: certificate,
            logger: logger,
            isSchedulerRunning: { withScheduler },
            onListening: { port in
                let host = address.contains(":") ? "[\(address)]" : address
                // The service does not depend on anybody reading this.
                try? surroundings.output.write("mdw serves \(scheme)://\(host):\(port), API at /docs\n")
                try? surroundings.output.flush()
            }
        )
        var services: [any Service] = [server]
        if let certificate { services.append(CertificateReload(certificate: certificate, logger: logger)) }
        let identity = composition.makeWorkerIdentity()
        if withScheduler {
            services.append(try composition.makeScheduler(on: store, identity: identity, logger: logger))
        }
        let alerts = withAlerts ? try composition.settings.alerts.get() : nil
        let feed = withWorker ? try composition.openFeed() : nil
        if let feed {
            if let warning = try composition.settings.feed.get().warning { surroundings.note("warning: \(warning)") }
            services.append(
                try composition.makeWorker(on: store, feed: feed, identity: identity)
            )
        }
        let channels = alerts.map { composition.openChannels($0, log: logger) }
        if let alerts, let channels {
            services.append(
                composition.makeAlertWatch(
                    on: store,
                    plan: alerts,
                    channels: channels,
                    identity: identity,
                    logger: logger
                )
            )
        }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services,
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        do {
            try await group.run()
        } catch {
            await feed?.close()
            await channels?.close()
            throw error
        }
        await feed?.close()
        await channels?.close()
    }
}

/// Reads the certificate anew when the process gets SIGHUP.
private struct CertificateReload: Service {
    let certificate: TLSCertificate
    let logger: Logger

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            do {
                try certificate.reload()
                logger.notice("the TLS certificate was read anew")
            } catch {
                logger.error("the TLS certificate stays as it was", metadata: ["error": "\(error)"])
            }
        }
    }
}
