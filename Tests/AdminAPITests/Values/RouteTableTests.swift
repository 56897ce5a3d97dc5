import HTTPTypes
import Hummingbird
import Testing

@testable import AdminAPI

@Suite struct RouteTableTests {
    private static func endpoint(_ method: HTTPRequest.Method, _ path: String, _ access: Endpoint.Access) -> Endpoint {
        Endpoint(method, path, access, "a test", answers: []) { _ in Response(status: .ok) }
    }

    private static let table = RouteTable([
        endpoint(.get, "/", .everybody), endpoint(.get, "/a/{x}", .data), endpoint(.get, "/a/exact", .everybody),
        endpoint(.get, "/a/{x}/b/{y}", .data), endpoint(.get, "/api/v1/admin/things", .administrators),
        endpoint(.post, "/api/v1/admin/things", .administrators),
        endpoint(.delete, "/api/v1/admin/things/{id}", .administrators),
    ])

    @Test(
        arguments: [
            ("/", "/", [:]), ("", "/", [:]), ("//", "/", [:]), ("/a/1", "/a/{x}", ["x": "1"]),
            ("a/1/", "/a/{x}", ["x": "1"]),
            ("/a/exact", "/a/exact", [:]), ("/a/exac%74", "/a/{x}", ["x": "exact"]), ("/a/%2F", "/a/{x}", ["x": "/"]),
            ("/a/1/b/2", "/a/{x}/b/{y}", ["x": "1", "y": "2"]), ("/a/./b/..", "/a/{x}/b/{y}", ["x": ".", "y": ".."]),
            ("/api/v1/admin/things", "/api/v1/admin/things", [:]), ("/a", nil, [:]), ("/a/1/b", nil, [:]),
            ("/A/1", nil, [:]),
            ("/a/%zz", nil, [:]), ("/b", nil, [:]), ("/a/1/c/2", nil, [:]),
        ] as [(String, String?, [String: String])]
    )
    func `finds what a path names`(path: String, resource: String?, parameters: [String: String]) {
        let match = Self.table.match(path)
        #expect(match?.resource?.path == resource)
        #expect(match?.parameters ?? [:] == parameters)
    }

    @Test(
        arguments: [
            ("/api/v1/admin", true), ("/api/v1/admin/", true), ("//api//v1//admin//x", true),
            ("/api/v1/admin/things/1/2", true), ("/api/v1/admin/%zz", true), ("/api/v1/adminx", false),
            ("/api/v1", false),
            ("/api/v1/Admin/x", false), ("/x/api/v1/admin", false), ("/api/v1/%61dmin/x", false),
        ]
    )
    func `what lies below admin is guarded, whether it exists or not`(path: String, isGuarded: Bool) {
        let match = Self.table.match(path)
        #expect(match?.resource == nil)
        #expect((match?.access == .administrators) == isGuarded)
    }

    @Test func `tells which methods a resource has`() {
        #expect(Self.table.match("/api/v1/admin/things")?.resource?.allowed == "GET, HEAD, POST")
        #expect(Self.table.match("/api/v1/admin/things/1")?.resource?.allowed == "DELETE")
    }

    @Test func `every endpoint of the API is found by its own path, and guarded as it says`() {
        let endpoints = APIServer.endpoints(requiresKeyForData: false)
        let table = RouteTable(endpoints)
        for endpoint in endpoints {
            let match = table.match(endpoint.path.replacing("{", with: "%7B"))
            #expect(match?.resource?.endpoints[endpoint.method]?.path == endpoint.path)
            #expect(match?.access == endpoint.access)
            #expect(endpoint.path.hasPrefix(RouteTable.guardedPrefix + "/") == (endpoint.access == .administrators))
        }
        #expect(Set(table.resources.map(\.index)) == Set(table.resources.indices))
    }
}
