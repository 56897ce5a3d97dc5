import Notifications
import Testing

@Suite struct WebhookAddressTests {
    @Test(
        arguments: [
            ("https://hooks.example.com", "https://hooks.example.com"),
            (" HTTPS://Hooks.Example.com:8443/T0ken?a=b ", "https://hooks.example.com:8443"),
            ("https://[2001:db8::1]/x", "https://[2001:db8::1]"), ("http://127.0.0.1:9000/x", "http://127.0.0.1:9000"),
            ("http://localhost/x", "http://localhost"), ("http://[::1]:80/", "http://[::1]:80"),
            ("https://host?token=x", "https://host"),
        ]
    )
    func `shows where it goes and nothing more`(typed: String, shown: String) throws {
        let address = try WebhookAddress(typed)
        #expect("\(address)" == shown)
        #expect(String(reflecting: address) == shown)
        var dumped = ""
        dump(address, to: &dumped)
        #expect(!dumped.contains("T0ken"))
    }

    @Test(
        arguments: [
            "", "hooks.example.com", "ftp://host/", "https://", "https:///path", "https://user:pw@host/",
            "https://host:0/",
            "https://host:99999/", "https://host:x/", "https://ho st/", "https://host/\r\nX: y", "https://host/#part",
            "https://[::1/", "https://host/ü", "https://" + String(repeating: "a", count: 3000),
        ]
    )
    func `is no address`(_ typed: String) {
        #expect(throws: InvalidWebhook.address) { try WebhookAddress(typed) }
    }

    @Test(arguments: [
        "http://hooks.example.com/", "http://127.0.0.1.example.com/", "http://10.0.0.1/", "http://localhost.:80/",
    ])
    func `goes unencrypted to this machine only`(_ typed: String) {
        #expect(throws: InvalidWebhook.unencrypted) { try WebhookAddress(typed) }
    }

    @Test func `a secret is never shown`() throws {
        let secret = try WebhookSecret("s3cret-s3cret-s3cret")
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!"\(secret)\(String(reflecting: secret))\(dumped)".contains("s3cret"))
        #expect(throws: InvalidWebhook.secret) { try WebhookSecret("short") }
        #expect(throws: InvalidWebhook.secret) { try WebhookSecret(String(repeating: "x", count: 513)) }
    }
}
