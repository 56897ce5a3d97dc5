import Hummingbird
import NIOCore
import ServiceLifecycle
import Store
import Warehouse

/// The audit log as it grows, in the form of server-sent events.
///
/// Ends when the client goes, when the server ends, and when the key that opened it opens nothing any more.
struct AuditEventStream: Sendable {
    let services: APIServices
    let filter: AuditLog.Filter
    let reader: APIKey?

    /// How often to look whether anything was committed; a look costs microseconds.
    private static let interval = Duration.milliseconds(200)
    /// Looks without an event after which a comment is sent, so that nobody on the way takes the stream for dead.
    private static let silence = 75
    private static let pageSize = 500

    func response(after start: Int64) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: ": the audit log after row \(start)\n\n"))
                var position = start
                var seen: Int64?
                var silence = 0
                while await canGoOn() {
                    let counter = try services.store.changeCounter()
                    if counter != seen {
                        seen = counter
                        while true {
                            let page = try await services.store.audit.oldest(
                                Self.pageSize,
                                after: position,
                                matching: filter
                            )
                            guard let last = page.last else { break }
                            position = last.sequence
                            silence = 0
                            try await writer.write(Self.events(page))
                        }
                    }
                    silence += 1
                    if silence >= Self.silence {
                        silence = 0
                        try await writer.write(ByteBuffer(string: ": nothing new\n\n"))
                    }
                    await pause()
                }
                try await writer.finish(nil)
            }
        )
    }

    /// Whether the server still runs, and the reader's key is still good.
    private func canGoOn() async -> Bool {
        guard !Task.isCancelled, !Task.isShuttingDownGracefully else { return false }
        guard let reader else { return true }
        // A key that can't be judged opens nothing.
        let key = try? await services.store.keys.find(reader.id)
        return key?.state(at: services.store.clock.now).isUsable ?? false
    }

    private func pause() async {
        await cancelWhenGracefulShutdown {
            // Ends early when the client or the server goes, which the next look finds out.
            try? await Task.sleep(for: Self.interval)
        }
    }

    private static func events(_ entries: [AuditEntry]) -> ByteBuffer {
        var buffer = ByteBuffer()
        for entry in entries {
            buffer.writeString("id: \(entry.sequence)\nevent: audit\ndata: ")
            buffer.writeBytes(AuditEndpoints.entryShape.bytes(entry))
            buffer.writeString("\n\n")
        }
        return buffer
    }
}
