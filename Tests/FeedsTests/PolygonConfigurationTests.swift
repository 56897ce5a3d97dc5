import Testing
import Warehouse

@testable import Feeds

@Suite struct PolygonConfigurationTests {
    @Test(
        arguments: [
            ("the vendor's", "https://api.massive.com", "https://api.massive.com"),
            ("slash at the end", "https://api.massive.com/", "https://api.massive.com"),
            ("port", "http://127.0.0.1:8080", "http://127.0.0.1:8080"), ("IPv6", "http://[::1]:80/", "http://[::1]:80"),
            ("path", " HTTPS://Proxy.Example/polygon/v9// ", "https://proxy.example/polygon/v9"),
            ("nothing", "", nil), ("no scheme", "api.massive.com", nil),
            ("another scheme", "ftp://api.massive.com", nil),
            ("no host", "https://", nil), ("no host but a port", "https://:80", nil), ("user", "https://u:p@host", nil),
            ("port too large", "https://host:65536", nil), ("port zero", "https://host:0", nil),
            ("port is text", "https://host:x", nil), ("query", "https://host?apiKey=1", nil),
            ("fragment", "https://host#x", nil), ("space", "https://ho st", nil),
            ("line break", "https://host\r\nx", nil),
            ("steps upwards", "https://host/../x", nil), ("query behind a path", "https://host/a?b", nil),
        ] as [(String, String, String?)]
    )
    func checksTheBase(_ name: String, _ text: String, _ expected: String?) throws {
        if let expected {
            #expect(try VendorBase(text).description == expected)
        } else {
            #expect(throws: InvalidVendorBase.self) { try VendorBase(text) }
        }
    }

    @Test(arguments: [
        ("https://api.massive.com", false), ("http://localhost:80", false), ("http://127.0.0.1:9", false),
        ("http://[::1]", false), ("http://api.massive.com", true), ("http://localhost.example", true),
    ])
    func knowsWhenTheKeyTravelsInClear(_ text: String, _ isClear: Bool) throws {
        #expect(try VendorBase(text).sendsKeyInClear == isClear)
    }

    @Test func anInvalidBaseDoesNotShowSecrets() {
        #expect(throws: InvalidVendorBase.self) { try VendorBase("https://user:hunter2@host") }
        #expect("\(InvalidVendorBase("https://user:hunter2@host"))".contains("hunter2") == false)
        #expect("\(InvalidVendorBase("ftp://host"))".hasPrefix("'ftp://host' is not an address like"))
    }

    @Test(
        arguments: [
            ("nothing", "", .empty), ("white space", " \n", .empty), ("a space", "ab cd", .unsafe),
            ("a line break", "ab\r\nX: y", .unsafe), ("not ASCII", "abcä", .unsafe),
            ("too long", String(repeating: "a", count: 513), .tooLong),
        ] as [(String, String, InvalidVendorKey)]
    )
    func checksTheKey(_ name: String, _ text: String, _ expected: InvalidVendorKey) {
        #expect(throws: expected) { try VendorKey(text) }
    }

    @Test func theKeyIsSecret() throws {
        let secret = "made-up-key-of-a-test"
        let configuration = PolygonConfiguration(key: try VendorKey("  \(secret)\n"))
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in [
            "\(configuration)", String(reflecting: configuration), String(reflecting: configuration.key), dumped,
        ] {
            #expect(!text.contains(secret))
        }
        #expect("\(configuration.key)" == "***")
        #expect(configuration.key.authorization == "Bearer made-up-key-of-a-test")
    }

    @Test(arguments: [
        ("nothing to hide", "HTTP 504", "HTTP 504"), ("the key", "key made-up! ", "key ***! "),
        ("twice", "made-upmade-up", "******"), ("control characters", "a\u{1B}[2Jb", "a\u{FFFD}[2Jb"),
        ("at the cut", String(repeating: "x", count: 17) + "made-up", String(repeating: "x", count: 17) + "***"),
        ("behind the cut", String(repeating: "x", count: 21) + "made-up", String(repeating: "x", count: 20) + "…"),
    ])
    func redacts(_ name: String, _ text: String, _ expected: String) throws {
        #expect(try VendorKey("made-up").redacting(text, limit: 20) == expected)
    }

    /// `now` is 2015-10-21T07:27:00Z.
    @Test(
        arguments: [
            ("seconds", "12", .seconds(12)), ("spaces", " 7 ", .seconds(7)), ("zero", "0", .zero),
            ("a date", "Wed, 21 Oct 2015 07:28:00 GMT", .seconds(60)),
            ("a date that is over", "Wed, 21 Oct 2015 07:26:00 GMT", .zero),
            ("a date in years", "Sat, 21 Oct 2045 07:28:00 GMT", .seconds(86_400)),
            ("years", "999999999999", .seconds(86_400)),
            ("too large for a number", "99999999999999999999999", .seconds(86_400)),
            ("empty", "", nil), ("negative", "-5", nil), ("fraction", "1.5", nil), ("words", "soon", nil),
            ("another zone", "Wed, 21 Oct 2015 07:28:00 CET", nil),
            ("no such month", "Wed, 21 Okt 2015 07:28:00 GMT", nil),
        ] as [(String, String, Duration?)]
    )
    func readsRetryAfter(_ name: String, _ header: String, _ expected: Duration?) throws {
        let now = Timestamp(seconds: 1_445_412_420)
        #expect(RetryAfter.duration(header, now: now) == expected)
    }
}
