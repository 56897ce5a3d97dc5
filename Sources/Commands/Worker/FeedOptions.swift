import ArgumentParser

/// Where a worker gets its candles.
struct FeedOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The vendor's address; also MDW_FEED_URL. The key is POLYGON_API_KEY.", valueName: "url")
    )
    var feedUrl: String?

    @Flag(help: "Make candles up, for trying mdw out; the default without a vendor key.")
    var simulated = false

    func validate() throws {
        guard feedUrl == nil || !simulated else {
            throw ValidationError("--feed-url and --simulated exclude each other")
        }
    }

    /// These flags with that of the database.
    func flags(_ options: StoreOptions) -> Settings.Flags {
        Settings.Flags(database: options.database, feedURL: feedUrl, simulated: simulated)
    }
}
