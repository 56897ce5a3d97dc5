import Foundation
import Glibc
import Testing

/// A server whose disk is full: nothing is half done, it says why, and goes on when there is room.
@Suite(.timeLimit(.minutes(3))) struct FullDiskTests {
    /// Whether this process may mount, as containers often forbid even root to.
    static let canMount: Bool = {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mdw-probe-\(getpid())").path
        // Where no folder can be made none can be mounted on.
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { rmdir(folder) }
        guard mount("tmpfs", folder, "tmpfs", 0, "size=64k") == 0 else { return false }
        umount(folder)
        return true
    }()

    @Test(.enabled(if: canMount, "a file system can't be mounted here"))
    func `changes are refused until there is room`() async throws {
        let household = try Household()
        let disk = household.folder + "/data"
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        try #require(mount("tmpfs", disk, "tmpfs", 0, "size=8m") == 0)
        defer { umount2(disk, Int32(MNT_DETACH)) }
        #expect(try await household.mdw("bootstrap", "--key-file", household.folder + "/admin.key").code == 0)
        let key = try household.adminKey
        let server = try await RunningServer.start(in: household)
        #expect(await server.answer("/api/v1/admin/symbols", key: key)?.status == 200)

        let ballast = disk + "/ballast"
        _ = try await household.shell("cat /dev/zero > \(ballast)")
        var refused = 0
        var made: [String] = []
        // What is left in the last page of the log may hold a change or two.
        for number in 0..<50 {
            let name = "SYM\(number)"
            let answer = await server.answer("/api/v1/admin/symbols", "POST", key: key, body: #"{"symbol":"\#(name)"}"#)
            if answer?.status == 200 { made.append(name) }
            if answer?.status == 503 { refused += 1 }
            #expect(answer?.status == 200 || answer?.status == 503, "\(answer?.text ?? "no answer")")
        }
        #expect(refused > 0)
        let health = await server.answer("/health")
        #expect(health?.status == 503 && health?.text.contains("disk is full") == true, "\(health?.text ?? "")")
        #expect(await server.answer("/api/v1/status")?.status == 200)

        try FileManager.default.removeItem(atPath: ballast)
        try await eventually { await server.answer("/health")?.status == 200 }
        let after = await server.answer("/api/v1/admin/symbols", "POST", key: key, body: #"{"symbol":"AFTER"}"#)
        #expect(after?.status == 200)
        let list = await server.answer("/api/v1/admin/symbols", key: key)
        let symbols = try JSON(list?.text ?? "").array?.compactMap { $0["symbol"].text } ?? []
        #expect(symbols.filter { $0.hasPrefix("SYM") } == made.sorted())
        #expect(await server.end().code == 0)
        #expect(try await household.mdw("audit", "verify").code == 0)
    }
}
