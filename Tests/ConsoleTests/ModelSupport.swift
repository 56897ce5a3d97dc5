import Store
import Terminal
import Testing
import Warehouse

@testable import Console

let now = Timestamp(iso: "2026-11-24T10:15:00Z") ?? Timestamp(seconds: 0)

/// A console of four panes in which nothing is loaded yet.
func model(readOnly: Bool = false, width: Int = 120, height: Int = 40) -> ConsoleModel {
    ConsoleModel(
        options: ConsoleOptions(databaseLabel: "test", isReadOnly: readOnly),
        size: Size(width: width, height: height),
        now: now
    )
}

func key(_ id: Int64, _ name: String, scope: KeyScope = .read) -> APIKey {
    APIKey(
        id: KeyID(id),
        name: name,
        preview: "mdw_abcdefgh",
        scope: scope,
        createdAt: now,
        createdBy: "alice",
        expiresAt: nil,
        lastUsed: nil,
        lastUsedEndpoint: nil,
        requestCount: 0,
        revocation: nil,
        rotatedTo: nil
    )
}

extension ConsoleModel {
    mutating func type(_ keys: String) throws -> [Effect] {
        update(try Key.keys(in: keys).map { .key($0) })
    }

    mutating func show(_ keys: [APIKey]) {
        _ = update(
            .store(
                .list(.keys(ListPage(rows: keys, start: 0, total: keys.count)), .keys(KeyStore.Query(limit: 400)))
            )
        )
    }
}

func commands(_ effects: [Effect]) -> [Command] {
    effects.flatMap { if case .store(.perform(let commands)) = $0 { commands } else { [] as [Command] } }
}

extension ConsoleModel {
    /// Takes what the store answered to a change.
    mutating func take(_ result: CommandResult, of command: Command = .retryAllFailed) -> [Effect] {
        update(.store(.performed([command], [result])))
    }

    mutating func show(_ jobs: [BackfillJob], filter: String = "") -> [Effect] {
        let conditions = Filter(filter, in: .backfill).conditions
        return update(
            .store(
                .list(
                    .jobs(ListPage(rows: jobs, start: 0, total: jobs.count)),
                    .jobs(JobStore.Query(filter: conditions, limit: 400))
                )
            )
        )
    }
}

func job(_ id: Int64, _ symbol: String, state: JobState = .queued) -> BackfillJob {
    BackfillJob(
        id: JobID(id),
        symbolID: SymbolID(id),
        ticker: Ticker(stored: symbol, assetClass: .stock),
        timeframe: .oneDay,
        range: now..<now + .seconds(86_400),
        state: state,
        progress: BackfillJob.Progress(
            doneUntil: now,
            cursor: nil,
            candles: 0,
            rejected: 0,
            pages: 0,
            expectedUnits: 1,
            doneUnits: 0
        ),
        attempts: 0,
        nextAttempt: now,
        lease: nil,
        error: nil,
        priority: .manual,
        requestedBy: "alice",
        createdAt: now,
        startedAt: nil,
        finishedAt: nil
    )
}
