package import Store

/// What the console is started with.
package struct ConsoleOptions: Sendable {
    /// The database's name for the header.
    package var databaseLabel: String
    package var isReadOnly: Bool
    /// How often the store is asked whether anything changed, while something does.
    package var refresh: Duration
    /// Whether the terminal reports the mouse when the console starts.
    package var isMouseOn: Bool
    /// The look and the keys that the configuration asks for.
    package var preferences = ConsolePreferences()
    /// Asked away from the screen: the preferences when the configuration was changed, else `nil`.
    package var changedPreferences: @Sendable () -> ConsolePreferences? = { nil }
    /// The file that the preferences are read from; it may come later.
    package var preferencesFile: String?
    /// What the last console remembered.
    package var state: SavedState?
    /// Messages to show at the start, such as what a bootstrap did.
    package var greetings: [String]
    /// The first admin key, to be shown once.
    package var firstKey: CreatedKey?

    package init(
        databaseLabel: String,
        isReadOnly: Bool = false,
        refresh: Duration = .milliseconds(250),
        isMouseOn: Bool = true,
        greetings: [String] = [],
        firstKey: CreatedKey? = nil
    ) {
        self.databaseLabel = databaseLabel
        self.isReadOnly = isReadOnly
        self.refresh = refresh
        self.isMouseOn = isMouseOn
        self.greetings = greetings
        self.firstKey = firstKey
    }
}
