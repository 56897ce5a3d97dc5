import Store
import Testing
import Warehouse

@Suite struct StoreErrorTests {
    private static let key = KeyID(7)
    private static let job = JobID(8)

    static let refusals: [(StoreError, String)] = [
        (.unknownKey("o\u{1B}ps"), "there is no API key 'o\u{FFFD}ps'"),
        (
            .ambiguousKey(name: "ops", ids: [KeyID(3), KeyID(1)]),
            "2 keys are named 'ops': use one of the ids 3, 1"
        ),
        (.alreadyRevoked(key), "key 7 is already revoked"),
        (.notRevoked(key), "key 7 is not revoked"),
        (.compromised(key), "key 7 was revoked as compromised and can't be restored: create a new one"),
        (
            .lastAdminKey(key),
            "key 7 is the last active admin key: confirm explicitly, or create another admin key first"
        ),
        (.notUsable(key, .expired), "key 7 is expired: only an active key can be rotated"),
        (.badExpiry("has passed"), "the expiry has passed: use a time in the future, such as 2027-01-31"),
        (.badGrace, "the grace period must lie between 0 and 30 days"),
        (.alreadyTracked("AAPL", active: true), "AAPL is already tracked"),
        (.alreadyTracked("AAPL", active: false), "AAPL is already tracked, but inactive: activate it instead"),
        (.unknownSymbol("X\n"), "the symbol 'X\u{FFFD}' is not tracked: add it first"),
        (.inactiveSymbol("AAPL"), "AAPL is inactive: activate it first"),
        (.noTimeframes, "a symbol needs at least one timeframe: 5m, 15m, 30m, 1h, 4h, 1d, 1w"),
        (.unknownJob(job), "there is no backfill job 8"),
        (.jobState(job, is: .completed, action: "paused"), "job 8 is completed: it can't be paused"),
        (
            .overlappingJob(job, symbol: "AAPL", timeframe: .oneDay),
            "job 8 already fetches a part of that range of AAPL 1d: wait for it or cancel it"
        ),
        (.emptyRange, "the range is empty: the end must come after the start"),
        (
            .mixedSources(symbol: "AAPL", has: .simulated, wants: .polygon),
            "AAPL holds simulated candles and can't take polygon ones: use another database"
        ),
        (.leaseLost(job), "job 8 is no longer this worker's"),
    ]

    static let outages: [(StoreError, String)] = [
        (.missing(path: "/x"), "there is no database at /x: run 'mdw bootstrap' to make it"),
        (.notADatabase(path: "/x"), "/x is not an mdw database: choose another file with --database"),
        (.foreignDatabase, "the database belongs to another program: choose another file with --database"),
        (.noPermission(path: "/x", detail: "Is a directory"), "/x can't be opened: Is a directory"),
        (.readOnly(path: "/x"), "/x can't be written: check its permissions and those of its folder"),
        (.busy(detail: "why"), "the database is locked: why"),
        (.full, "the disk is full: nothing was changed; make room and try again"),
        (.damaged("why"), "the database is damaged: why; restore a backup"),
        (
            .changedMigration(version: 2, name: "x"),
            "migration 2 (x) was changed after it was applied: use the mdw that made this database"
        ),
        (
            .missingMigration(version: 2, name: "x"),
            "the database has the migration 2 (x), which this mdw does not know: use the mdw that made it"
        ),
        (.newerSchema(version: 9, known: 4), "the database has schema 9, this mdw knows up to 4: update mdw"),
        (.notMigrated(version: 1, known: 4), "the database has schema 1, this mdw needs 4: run 'mdw migrate'"),
        (.failed("why"), "the database failed: why"),
    ]

    @Test(arguments: refusals)
    func `a refusal says what to do, and the store is well`(error: StoreError, sentence: String) {
        #expect(error.description == sentence)
        #expect(!error.isUnavailable)
    }

    @Test(arguments: outages)
    func `a failure says what to do, and the store is not`(error: StoreError, sentence: String) {
        #expect(error.description == sentence)
        #expect(error.isUnavailable)
    }
}
