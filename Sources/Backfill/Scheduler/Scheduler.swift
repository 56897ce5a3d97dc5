package import Logging
import ServiceLifecycle
package import Store
package import Warehouse

/// Queues the daily backfill of every active symbol, once a day over all processes on a database.
///
/// A run that was missed is caught up once. Symbols are loaded anew at each run. The jobs reach 30 days back, so that holes
/// of these days are repaired and provisional candles are fetched again; what is covered is not asked for.
package struct Scheduler: Service {
    private let store: Store
    private let schedule: DailySchedule
    private let owner: String
    private let clock: any WallClock
    private let logger: Logger

    /// How long a run may take before another process takes it over.
    private static let lease = Duration.seconds(600)
    /// How often to look at least, for clocks that are set and processes that died.
    private static let look = Duration.seconds(60)
    /// How far back holes are repaired.
    private static let reachInDays = 30

    /// `owner`: the name of this process in the runs that it does.
    package init(store: Store, schedule: DailySchedule, owner: String, clock: any WallClock, logger: Logger) {
        self.store = store
        self.schedule = schedule
        self.owner = owner
        self.clock = clock
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat {
                await runIfDue()
                // Only cancellation ends the sleep early.
            } while (try? await clock.sleep(for: pause)) != nil
        }
    }

    private var pause: Duration {
        let now = clock.now
        return min(schedule.nextDue(after: now) - now, Self.look)
    }

    /// Does the run that is due, unless it is done or another process does it.
    func runIfDue() async {
        let due = schedule.lastDue(at: clock.now)
        do {
            guard try await store.schedule.claim(due, by: owner, for: Self.lease) else { return }
            let outcome = try await queueJobs()
            try await store.schedule.finish(due, by: owner, outcome)
            logger.notice(
                "the daily backfill was queued",
                metadata: [
                    "due": "\(due)", "symbols": "\(outcome.symbols)", "jobs": "\(outcome.jobs)",
                    "skipped": "\(outcome.skipped)",
                ]
            )
        } catch {
            // The lease runs out, and the next look tries again.
            logger.error("the daily backfill can't be queued", metadata: ["error": "\(error)"])
        }
    }

    private func queueJobs() async throws -> ScheduleStore.Outcome {
        let symbols = try await store.symbols.list(SymbolStore.Query(activeOnly: true, limit: .max))
        if symbols.isEmpty { logger.notice("no symbol is active: there is nothing to backfill") }
        var outcome = ScheduleStore.Outcome(symbols: Int64(symbols.count))
        for symbol in symbols {
            let known = Set(
                try await store.candles.statistics(of: symbol.id).filter { $0.candles > 0 }.map(\.series.timeframe)
            )
            for timeframe in symbol.timeframes {
                try Task.checkCancellation()
                do {
                    _ = try await queue(symbol, timeframe, isNew: !known.contains(timeframe))
                    outcome.jobs += 1
                } catch let refusal as StoreError where !refusal.isUnavailable {
                    outcome.skipped += 1
                }
            }
        }
        return outcome
    }

    private func queue(_ symbol: TrackedSymbol, _ timeframe: Timeframe, isNew: Bool) async throws -> BackfillJob {
        let today = TradingCalendar(for: symbol.ticker.assetClass).sessionDay(of: clock.now)
        return try await store.jobs.start(
            symbol,
            timeframe: timeframe,
            // A series without candles gets its usual first stretch.
            from: isNew ? nil : today.advanced(by: -Self.reachInDays),
            priority: isNew ? .newSymbol : .dailyTail,
            by: Actor(source: .worker, name: "scheduler")
        )
    }
}
