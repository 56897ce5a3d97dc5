import Logging
import Store
import Warehouse

/// Tells the store at regular intervals that the worker lives, and prolongs the leases that it holds.
struct Heartbeat {
    let tools: WorkerTools

    func run() async {
        while !Task.isCancelled {
            do {
                try await tools.clock.sleep(for: tools.configuration.heartbeat)
            } catch {
                // Cancelled: the worker ends.
                return
            }
            await beat()
            await renew()
        }
    }

    /// A beat that fails is made up for by the next.
    func beat() async {
        do {
            try await tools.store.workers.beat(
                tools.identity.text,
                feed: tools.feed.source,
                trouble: await tools.condition.trouble
            )
        } catch {
            guard !Task.isCancelled else { return }
            tools.logger.warning("no heartbeat", metadata: ["error": "\(error)"])
        }
    }

    private func renew() async {
        for claim in await tools.condition.held {
            do {
                try await tools.store.leases.renew(claim, for: tools.configuration.leaseDuration)
            } catch StoreError.leaseLost {
                // The lane finds out by itself, before its next request and at its next commit.
                continue
            } catch {
                guard !Task.isCancelled else { return }
                tools.logger.warning("a lease can't be prolonged", metadata: ["error": "\(error)"])
            }
        }
    }
}
