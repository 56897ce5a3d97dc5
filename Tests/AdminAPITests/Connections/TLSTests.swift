import Foundation
import NIOSSL
import Testing

@testable import AdminAPI

/// The API over TLS.
@Suite(.timeLimit(.minutes(2))) struct TLSTests {
    /// Certificates of their own, made by the openssl program.
    private final class Workshop: Sendable {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mdw-tls-\(UUID().uuidString)").path

        init() throws {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }

        deinit {
            // What can't be removed is in the temporary folder anyway.
            try? FileManager.default.removeItem(atPath: folder)
        }

        func path(_ name: String) -> String { "\(folder)/\(name)" }

        /// Makes `name.pem` and `name.key`.
        func make(_ name: String) throws -> ServerSettings.TLSFiles {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
            process.arguments = [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-keyout", path("\(name).key"), "-out", path("\(name).pem"),
            ]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0)
            return ServerSettings.TLSFiles(certificate: path("\(name).pem"), key: path("\(name).key"))
        }

        /// Puts the files of `name` in the place of those that the server reads.
        func install(_ name: String) throws -> ServerSettings.TLSFiles {
            for ending in ["pem", "key"] {
                let source = try Data(contentsOf: URL(fileURLWithPath: path("\(name).\(ending)")))
                try source.write(to: URL(fileURLWithPath: path("server.\(ending)")))
            }
            return ServerSettings.TLSFiles(certificate: path("server.pem"), key: path("server.key"))
        }

        /// A client that trusts this certificate and no other.
        func client(trusting name: String) throws -> NIOSSLContext {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(path("\(name).pem")))
            configuration.certificateVerification = .noHostnameVerification
            return try NIOSSLContext(configuration: configuration)
        }
    }

    private static func status(_ listening: ListeningAPI, _ client: NIOSSLContext) async throws -> Int {
        try await withConnection(to: listening.port, tls: client) { connection in
            try await connection.send(Ask("GET", "/api/v1/admin/symbols", key: .admin).wire)
            return try await connection.answer().status
        }
    }

    @Test func `requests are answered, and a new certificate is shown when it is read`() async throws {
        let workshop = try Workshop()
        _ = try workshop.make("first")
        _ = try workshop.make("second")
        let certificate = try TLSCertificate(try workshop.install("first"))
        let first = try workshop.client(trusting: "first")
        let second = try workshop.client(trusting: "second")
        try await withListeningAPI(certificate: certificate) { listening in
            let before = try await Self.status(listening, first)
            #expect(before == 200)
            await #expect(throws: (any Error).self) { try await Self.status(listening, second) }
            try await withConnection(to: listening.port, tls: first) { open in
                _ = try workshop.install("second")
                try certificate.reload()
                let after = try await Self.status(listening, second)
                #expect(after == 200)
                await #expect(throws: (any Error).self) { try await Self.status(listening, first) }
                // A connection that is open keeps what it has.
                try await open.send(Ask("GET", "/health").wire)
                let answer = try await open.answer()
                #expect(answer.status == 200)
            }
        }
    }

    @Test func `a certificate that can't be read leaves the old one in place`() async throws {
        let workshop = try Workshop()
        _ = try workshop.make("first")
        let files = try workshop.install("first")
        let certificate = try TLSCertificate(files)
        let client = try workshop.client(trusting: "first")
        try await withListeningAPI(certificate: certificate) { listening in
            try Data("nonsense".utf8).write(to: URL(fileURLWithPath: files.certificate))
            #expect(throws: TLSCertificateError.self) { try certificate.reload() }
            let status = try await Self.status(listening, client)
            #expect(status == 200)
        }
    }

    @Test func `who speaks no TLS is not answered`() async throws {
        let workshop = try Workshop()
        let certificate = try TLSCertificate(try workshop.make("first"))
        let client = try workshop.client(trusting: "first")
        try await withListeningAPI(certificate: certificate) { listening in
            try await withConnection(to: listening.port) { connection in
                try await connection.send(Ask("GET", "/health").wire)
                let rest = String(decoding: try await connection.rest(), as: UTF8.self)
                #expect(!rest.contains("healthy"))
            }
            let status = try await Self.status(listening, client)
            #expect(status == 200)
        }
    }

    @Test func `an old protocol is refused`() async throws {
        let workshop = try Workshop()
        let certificate = try TLSCertificate(try workshop.make("first"))
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        configuration.minimumTLSVersion = .tlsv1
        configuration.maximumTLSVersion = .tlsv11
        let client = try NIOSSLContext(configuration: configuration)
        try await withListeningAPI(certificate: certificate) { listening in
            let error = await #expect(throws: (any Error).self) { try await Self.status(listening, client) }
            #expect(error != nil)
        }
    }

    @Test func `files that can't be used are named`() throws {
        let workshop = try Workshop()
        let first = try workshop.make("first")
        let second = try workshop.make("second")
        try Data("nonsense".utf8).write(to: URL(fileURLWithPath: workshop.path("nonsense")))
        let cases = [
            (first.certificate, second.key, "the key in \(second.key) does not belong to \(first.certificate)"),
            (first.certificate, workshop.path("nothing"), "nothing holds no private key in PEM form"),
            (workshop.path("nothing"), first.key, "nothing holds no certificate in PEM form"),
            (workshop.path("nonsense"), first.key, "nonsense holds no certificate in PEM form"),
            (first.certificate, workshop.path("nonsense"), "nonsense holds no private key in PEM form"),
            (first.key, first.key, "first.key holds no certificate in PEM form"),
            (first.certificate, first.certificate, "first.pem holds no private key in PEM form"),
        ]
        for (certificate, key, sentence) in cases {
            let error = #expect(throws: TLSCertificateError.self) {
                _ = try TLSCertificate(ServerSettings.TLSFiles(certificate: certificate, key: key))
            }
            #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
        }
    }
}
