import NIOSSL
import Store

/// The certificate that new connections are shown; can be replaced while the server runs.
package final class TLSCertificate: Sendable {
    private let files: ServerSettings.TLSFiles
    private let current: LockedBox<NIOSSLContext>

    /// - Throws: ``TLSCertificateError``.
    package init(_ files: ServerSettings.TLSFiles) throws {
        self.files = files
        self.current = LockedBox(try Self.load(files))
    }

    var context: NIOSSLContext { current.withLock { $0 } }

    /// Reads the files anew; connections that are open keep what they have.
    /// - Throws: ``TLSCertificateError``; new connections are shown the old certificate then.
    package func reload() throws {
        let context = try Self.load(files)
        current.withLock { $0 = context }
    }

    private static func load(_ files: ServerSettings.TLSFiles) throws -> NIOSSLContext {
        let chain: [NIOSSLCertificate]
        do {
            chain = try NIOSSLCertificate.fromPEMFile(files.certificate)
            guard !chain.isEmpty else { throw NIOSSLError.failedToLoadCertificate }
        } catch {
            throw TLSCertificateError(
                description: "\(files.certificate) holds no certificate in PEM form that can be read"
            )
        }
        let key: NIOSSLPrivateKey
        do {
            key = try NIOSSLPrivateKey(file: files.key, format: .pem)
        } catch {
            throw TLSCertificateError(description: "\(files.key) holds no private key in PEM form that can be read")
        }
        do {
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(key)
            )
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw TLSCertificateError(description: "the key in \(files.key) does not belong to \(files.certificate)")
        }
    }
}

/// A certificate that can't be used, in one sentence.
package struct TLSCertificateError: Error, CustomStringConvertible {
    package let description: String
}
