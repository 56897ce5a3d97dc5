/// A time of day, in UTC, at which something happens once a day.
package struct DailySchedule: Hashable, Sendable {
    package let hour: Int
    package let minute: Int

    /// `hour` from 0 to 23, `minute` from 0 to 59.
    package init(hour: Int = 2, minute: Int = 0) {
        self.hour = hour
        self.minute = minute
    }

    /// The last time at which it was due, `now` included.
    package func lastDue(at now: Timestamp) -> Timestamp {
        let today = now.dayUTC.startUTC + timeOfDay
        return today <= now ? today : now.dayUTC.advanced(by: -1).startUTC + timeOfDay
    }

    /// The next time at which it is due, after `now`.
    package func nextDue(after now: Timestamp) -> Timestamp {
        let today = now.dayUTC.startUTC + timeOfDay
        return today > now ? today : now.dayUTC.advanced(by: 1).startUTC + timeOfDay
    }

    private var timeOfDay: Duration { .seconds(hour * 3600 + minute * 60) }
}

extension DailySchedule: CustomStringConvertible {
    /// `02:00`.
    package var description: String { "\(hour.padded(to: 2)):\(minute.padded(to: 2))" }
}
