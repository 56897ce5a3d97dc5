import Hummingbird
import HummingbirdCore
package import Logging
import NIOPosix
import ServiceLifecycle
package import Store

/// The HTTP API of a store.
package struct APIServer: Service {
    package let settings: ServerSettings
    private let application: Application<APIResponder>
    private let background: [any Service]

    /// `isSchedulerRunning` tells `/health`; `onListening` is given the port.
    package init(
        store: Store,
        settings: ServerSettings,
        certificate: TLSCertificate?,
        logger: Logger,
        isSchedulerRunning: @escaping @Sendable () async -> Bool,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.settings = settings
        let ring = store.makeKeyRing()
        let services = APIServices(
            store: store,
            ring: ring,
            requests: store.makeRequestLog(ring: ring),
            metrics: APIMetrics(),
            isSchedulerRunning: isSchedulerRunning
        )
        let denied = DeniedAttempts(store: store, logger: logger)
        let responder = APIResponder(
            endpoints: Self.endpoints(requiresKeyForData: settings.requiresKeyForData),
            services: services,
            authenticator: Authenticator(ring: ring, clock: store.clock),
            denied: denied,
            requiresKeyForData: settings.requiresKeyForData
        )
        self.application = Application(
            responder: responder,
            server: HTTPServerBuilder { responder in
                APIChannel(settings: settings, certificate: certificate, responder: responder)
            },
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port),
                availableConnectionsDelegate: MaximumAvailableConnections(settings.connectionLimit)
            ),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? settings.port) },
            logger: logger
        )
        self.background = [denied, AnchorLog(store: store, logger: logger)]
    }

    /// The responder alone, for tests that need no socket.
    var responder: APIResponder { application.responder }

    /// Every endpoint of the API.
    static func endpoints(requiresKeyForData: Bool) -> [Endpoint] {
        let described =
            ServiceEndpoints.all + DataEndpoints.all + SymbolEndpoints.all + KeyEndpoints.all + AuditEndpoints.all
            + BackfillEndpoints.all
        return described + DocumentationEndpoints.all(describing: described, requiresKeyForData: requiresKeyForData)
    }

    /// Serves until it is cancelled or shut down; requests that are under way are answered first.
    /// - Throws: ``ListenError`` for an address that can't be listened on.
    package func run() async throws {
        // The background comes first, so that it ends last: what the last requests leave behind is still written.
        let group = ServiceGroup(services: background + [application], logger: application.logger)
        do {
            try await group.run()
        } catch {
            throw ListenError(error, settings: settings) ?? error
        }
    }
}
