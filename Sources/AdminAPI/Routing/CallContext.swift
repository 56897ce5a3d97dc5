import Hummingbird
import NIOCore

/// What Hummingbird hands to the responder with each request.
struct CallContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let client: ClientAddress

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        client = ClientAddress(text: source.channel.remoteAddress?.ipAddress ?? "unknown")
    }
}
