import Testing

@testable import AdminAPI

@Suite struct HostHeaderTests {
    @Test(
        arguments: [
            "localhost", "localhost:8000", "example.com", "EXAMPLE.com.", "192.0.2.1", "192.0.2.1:80", "a_b-c~d",
            "[::1]",
            "[::1]:8443", "[2001:db8::1]", "[::ffff:192.0.2.1]", "x:", "x:65535",
        ]
    )
    func `is a host`(host: String) {
        #expect(HostHeader.isWellFormed(host))
    }

    @Test(
        arguments: [
            "", " ", ":", ":80", "a b", "a?b", "a#b", "a/b", "a@b", "a\\b", "a,b", "a;b", "a%20b", "ä", "a\tb",
            "a\u{0}b",
            "a:b", "a:-1", "a:+1", "a: 1", "a:1 ", "a:123456", "a:1:2", "[", "[]", "[:]", "[::1", "::1", "]", "[::1]]",
            "[::1]x", "[::1]:x", "[g]", "[::1%eth0]", "[[::1]]", "a[::1]", String(repeating: "a", count: 256),
        ]
    )
    func `is no host`(host: String) {
        #expect(!HostHeader.isWellFormed(host))
    }
}
