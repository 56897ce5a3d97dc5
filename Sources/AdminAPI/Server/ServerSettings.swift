/// How the server listens, and what it puts up with.
package struct ServerSettings: Hashable, Sendable {
    package var host = "127.0.0.1"
    /// 0 takes any free one.
    package var port = 8000
    package var tls: TLSFiles?
    /// Whether candles are given only to who has a key.
    package var requiresKeyForData = false
    /// Connections at a time; more wait until one ends.
    package var connectionLimit = 1024
    /// Bytes of all header fields of a request together.
    package var headerLimit = 16 * 1024
    /// How long a connection may do nothing between two requests.
    package var idleTimeout = Duration.seconds(60)
    /// How long a request may take to arrive, from its first byte to its last.
    package var requestTimeout = Duration.seconds(30)
    /// How long a client may take nothing of an answer that waits for it.
    package var writeTimeout = Duration.seconds(30)

    package init() {}

    /// The files that a TLS server shows: PEM, the certificate followed by those above it.
    package struct TLSFiles: Hashable, Sendable {
        package let certificate: String
        package let key: String

        package init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }
}
