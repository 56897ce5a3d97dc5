package import Feeds
package import Warehouse

/// A feed together with what it holds open.
package enum OpenFeed: Sendable {
    case polygon(PolygonFeed)
    case simulated(SimulatedFeed)

    package var feed: any CandleFeed {
        switch self {
        case .polygon(let feed): feed
        case .simulated(let feed): feed
        }
    }

    /// Closes the connections; open requests end with an error.
    package func close() async {
        if case .polygon(let feed) = self { await feed.close() }
    }
}
