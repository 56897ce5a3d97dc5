package import Feeds
import Warehouse

/// Which feed backfills use, and how fast.
package struct FeedPlan: Sendable {
    package let choice: Choice
    /// Requests in any 60 seconds; 0 is unlimited.
    package let requestsPerMinute: Int
    /// Jobs that a worker works on at a time.
    package let concurrency: Int

    package enum Choice: Sendable {
        case polygon(PolygonConfiguration)
        /// Made-up candles: asked for, or because there is no vendor key.
        case simulated(becauseNoKey: Bool)
    }

    /// The vendor where there is a key, the simulation where there is none.
    /// - Throws: ``SettingsError``, also for a vendor address without a key: nobody who names one wants a simulation.
    init(
        _ reader: SettingsReader,
        simulated: Bool,
        environment: [String: String]
    ) throws(SettingsError) {
        let limit = try reader.number("vendor_requests_per_minute", in: 0...100_000)
        self.concurrency = try reader.number("worker_concurrency", in: 1...64) ?? 1
        let url = try reader.text("feed_url")
        let key = try reader.text("polygon_api_key")
        guard !simulated, let key else {
            guard simulated || url == nil else {
                throw SettingsError("a vendor address needs a key: set POLYGON_API_KEY, or ask for --simulated")
            }
            self.choice = .simulated(becauseNoKey: !simulated)
            self.requestsPerMinute = limit ?? 0
            return
        }
        do {
            var configuration = PolygonConfiguration(key: try VendorKey(key))
            if let url { configuration.base = try VendorBase(url) }
            configuration.proxy = try VendorProxy.named(in: environment, for: configuration.base)
            self.choice = .polygon(configuration)
        } catch let error as InvalidVendorProxy {
            throw SettingsError("\(error)")
        } catch let error as InvalidVendorKey {
            throw SettingsError("POLYGON_API_KEY: \(error)")
        } catch {
            throw SettingsError("the vendor address: \(error)")
        }
        self.requestsPerMinute = limit ?? 5
    }

    /// Something that the administrator should know before the feed is used; `nil` when all is well.
    package var warning: String? {
        switch choice {
        case .simulated(becauseNoKey: true): "no POLYGON_API_KEY: candles are simulated"
        case .simulated: nil
        case .polygon(let configuration):
            configuration.base.sendsKeyInClear
                ? "the vendor key travels unencrypted to \(configuration.base): use https" : nil
        }
    }
}

extension FeedPlan: CustomStringConvertible {
    /// `polygon at https://api.massive.com, 5 requests a minute`, `simulated`.
    package var description: String {
        switch choice {
        case .simulated: "simulated"
        case .polygon(let configuration):
            "polygon at \(configuration.base)"
                + (configuration.proxy.map { " through the proxy \($0)" } ?? "") + ", "
                + (requestsPerMinute == 0 ? "unlimited requests" : "\(requestsPerMinute.counted("request")) a minute")
        }
    }
}
