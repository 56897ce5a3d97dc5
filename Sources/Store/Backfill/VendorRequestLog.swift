import Warehouse

/// When the vendor was asked: shared by all workers of a database and kept over restarts, so that together they never
/// go over the plan's rate.
package struct VendorRequestLog: Sendable {
    let engine: any StoreEngine
    let clock: any WallClock

    /// Books one request when fewer than `limit` were made in the last 60 seconds and the vendor is not held off.
    ///
    /// `limit`: 0 is unlimited; nothing is written then. Returns `nil` when the request may be made now, otherwise how
    /// long to wait before asking again.
    package func book(limit: Int) async throws -> Duration? {
        guard limit > 0 else {
            return try await engine.read { [clock] in try $0.vendorHold(at: clock.now) }
        }
        return try await engine.write { [clock] session in
            let now = clock.now
            if let hold = try session.vendorHold(at: now) { return hold }
            try session.execute("DELETE FROM vendor_requests WHERE time <= ?", [.time(now - .seconds(60))])
            // What a clock that was set back left in the time to come counts as made now: nobody waits longer than the
            // window for it, and the vendor is not asked too often.
            try session.execute("UPDATE vendor_requests SET time = ? WHERE time > ?", [.time(now), .time(now)])
            let recent = try session.rows("SELECT time FROM vendor_requests ORDER BY time") { $0.time() }
            guard recent.count >= limit else {
                try session.execute(
                    "INSERT INTO vendor_requests (id, time) VALUES (?, ?)",
                    [.integer(try session.nextID(of: "vendor_requests")), .time(now)]
                )
                return nil
            }
            return recent[recent.count - limit] + .seconds(60) - now + .milliseconds(1)
        }
    }

    /// Holds the requests of all workers off for `duration`, because the vendor said that there were too many.
    ///
    /// A longer hold that is under way stays.
    package func holdOff(for duration: Duration) async throws {
        try await engine.write { [clock] session in
            let now = clock.now
            if let hold = try session.vendorHold(at: now), hold > duration { return }
            try session.execute(
                """
                INSERT INTO settings (name, value) VALUES ('vendor_hold', ?)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """,
                [.text("\(now.microseconds) \((now + duration).microseconds)")]
            )
        }
    }
}

extension StoreSession {
    /// How much longer the vendor is held off; `nil` when it is not.
    ///
    /// A hold of a time to come, which a clock that was set back leaves behind, counts for nothing.
    fileprivate func vendorHold(at now: Timestamp) throws -> Duration? {
        let text = try row("SELECT value FROM settings WHERE name = 'vendor_hold'") { $0.text() } ?? ""
        let times = text.split(separator: " ").compactMap { Int64($0) }.map { Timestamp(microseconds: $0) }
        guard times.count == 2, times[0] <= now, now < times[1] else { return nil }
        return times[1] - now
    }
}
