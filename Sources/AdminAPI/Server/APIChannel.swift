import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOSSL

/// A connection of the API: TLS where there is a certificate, a ``ConnectionGuard``, and Hummingbird's HTTP/1.1.
struct APIChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    private let http: HTTP1Channel
    private let settings: ServerSettings
    private let certificate: TLSCertificate?

    init(
        settings: ServerSettings,
        certificate: TLSCertificate?,
        responder: @escaping HTTPChannelHandler.Responder
    ) {
        self.settings = settings
        self.certificate = certificate
        var configuration = HTTP1Channel.Configuration(idleTimeout: TimeAmount(settings.idleTimeout))
        configuration.httpDecoder.maxHeaderFieldSize = settings.headerLimit
        configuration.httpDecoder.maxHeaderListSize = settings.headerLimit
        configuration.httpDecoder.maxHeaderFieldCount = 100
        self.http = HTTP1Channel(responder: responder, configuration: configuration)
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        do {
            if let context = certificate?.context {
                try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
            }
        } catch {
            return channel.eventLoop.makeFailedFuture(error)
        }
        return http.setup(channel: channel, logger: logger).flatMapThrowing { [settings] value in
            let pipeline = channel.pipeline.syncOperations
            let translation = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
            try pipeline.addHandler(
                ConnectionGuard(requestTimeout: settings.requestTimeout, writeTimeout: settings.writeTimeout),
                position: .before(translation)
            )
            return value
        }
    }

    func handle(value: Value, logger: Logger) async {
        await withTaskExecutorPreference(EventLoopExecutor(value.channel.eventLoop)) {
            await http.handle(value: value, logger: logger)
        }
    }
}
