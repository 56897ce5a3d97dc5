import Hummingbird
import NIOCore

/// The OpenAPI document, and a page to read it.
enum DocumentationEndpoints {
    /// `others`: the endpoints that are described besides these two.
    static func all(describing others: [Endpoint], requiresKeyForData: Bool) -> [Endpoint] {
        let page = Endpoint(
            .get,
            "/docs",
            .everybody,
            "This document, to read",
            answers: [.text("text/html", "A page that loads nothing from anywhere else")]
        ) { _ in
            .bytes(
                ByteBuffer(bytes: PackageResources.docs_html),
                type: "text/html; charset=utf-8",
                headers: [
                    .contentSecurityPolicy:
                        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
                        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                ]
            )
        }
        let describing: @Sendable ([UInt8]) -> Endpoint = { document in
            let tag = "\"\(document.count)-\(ServiceEndpoints.version)\""
            return Endpoint(
                .get,
                "/openapi.json",
                .everybody,
                "This document, for programs",
                answers: [.json(Schema(["type": "object"]), "An OpenAPI 3.1 document"), .notModified()]
            ) { call in
                guard !call.holds(tag) else { return Response(status: .notModified, headers: [.eTag: tag]) }
                return .json(document, headers: [.eTag: tag])
            }
        }
        let described = others + [page, describing([])]
        let document = OpenAPIDocument(endpoints: described, requiresKeyForData: requiresKeyForData).json.bytes
        return [page, describing(document)]
    }
}
