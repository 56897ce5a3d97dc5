import Testing
import Warehouse

@testable import Store

/// A change and the row of its request, in one transaction.
@Suite struct RequestRecordingEngineTests {
    private static let row = AuditEvent(
        "POST /x",
        by: Actor(source: .http, name: "k", address: "192.0.2.1"),
        status: 200
    )

    @Test func `the first transaction carries the row, the second none`() async throws {
        try await withStore { test in
            let (store, recorder) = test.store.recording { Self.row }
            #expect(!recorder.isRecorded)
            _ = try await store.symbols.add(Ticker(stored: "AAPL", assetClass: .stock), by: test.alice)
            #expect(recorder.isRecorded)
            _ = try await store.symbols.add(Ticker(stored: "MSFT", assetClass: .stock), by: test.alice)
            let actions = try await test.store.audit.oldest(10).map(\.event.action)
            #expect(actions == ["symbol.add", "POST /x", "symbol.add"])
        }
    }

    @Test func `a change that is refused carries none`() async throws {
        try await withStore { test in
            let (store, recorder) = test.store.recording { Self.row }
            await expectRefusal(.unknownKey("9")) { try await store.keys.delete(KeyID(9), by: test.alice) }
            #expect(!recorder.isRecorded)
            let rows = try await test.store.audit.count()
            #expect(rows == 0)
        }
    }

    @Test func `a row that can't be written takes the change with it`() async throws {
        try await withStore { test in
            try await test.tamper(
                """
                CREATE TRIGGER no_requests BEFORE INSERT ON api_key_audit WHEN NEW.status IS NOT NULL
                BEGIN SELECT RAISE(ABORT, 'no'); END
                """
            )
            let (store, recorder) = test.store.recording { Self.row }
            await #expect(throws: StoreError.self) {
                _ = try await store.symbols.add(Ticker(stored: "AAPL", assetClass: .stock), by: test.alice)
            }
            #expect(!recorder.isRecorded)
            #expect(try await test.store.symbols.list().isEmpty)
            #expect(try await test.store.audit.count() == 0)
        }
    }

    @Test func `everything else is that of the engine below`() async throws {
        try await withStore { test in
            let (store, recorder) = test.store.recording { Self.row }
            let counter = try test.store.changeCounter()
            #expect(try store.changeCounter() == counter)
            #expect(try await store.size() == test.store.size())
            #expect(store.isReadOnly == test.store.isReadOnly)
            #expect(try await store.engine.integrityProblems().isEmpty)
            #expect(try store.engine.peek { try $0.count("SELECT COUNT(*) FROM api_keys") } == 0)
            #expect(try await store.keys.list().isEmpty)
            #expect(!recorder.isRecorded)
        }
    }
}
