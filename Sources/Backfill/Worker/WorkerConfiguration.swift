/// How a worker works.
package struct WorkerConfiguration: Hashable, Sendable {
    /// The vendor plan's requests in any 60 seconds, for all workers of the database together; 0 is unlimited.
    package var requestsPerMinute = 5
    /// How long a job stays with a worker that is not heard of.
    package var leaseDuration: Duration = .seconds(30)
    package var heartbeat: Duration = .seconds(10)
    /// How often the queue is looked at while there is nothing to do; costs microseconds unless something changed.
    package var pollInterval: Duration = .milliseconds(500)
    /// The most candles that one transaction stores; an administrator's change waits that long.
    package var sliceSize = 2500
    /// How many jobs are worked on at a time.
    package var concurrency = 1
    /// So many failures in a row, and a job has failed.
    package var maxAttempts = 8

    package init() {}
}
