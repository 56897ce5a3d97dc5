import Testing
import Warehouse

@Suite struct DailyScheduleTests {
    @Test(arguments: [
        // Time of day, now, last due, next due.
        (2, 0, "2026-11-24T12:00:00Z", "2026-11-24T02:00:00Z", "2026-11-25T02:00:00Z"),
        (2, 0, "2026-11-24T01:59:59.999999Z", "2026-11-23T02:00:00Z", "2026-11-24T02:00:00Z"),
        (2, 0, "2026-11-24T02:00:00Z", "2026-11-24T02:00:00Z", "2026-11-25T02:00:00Z"),
        (23, 59, "2026-01-01T00:00:00Z", "2025-12-31T23:59:00Z", "2026-01-01T23:59:00Z"),
        (0, 0, "2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"),
    ])
    func `is due once a day`(hour: Int, minute: Int, now: String, last: String, next: String) throws {
        let schedule = DailySchedule(hour: hour, minute: minute)
        let now = try #require(Timestamp(iso: now))
        #expect(schedule.lastDue(at: now).description == last)
        #expect(schedule.nextDue(after: now).description == next)
    }

    @Test func `reads as people write it`() {
        #expect(DailySchedule().description == "02:00")
        #expect(DailySchedule(hour: 17, minute: 5).description == "17:05")
    }
}
