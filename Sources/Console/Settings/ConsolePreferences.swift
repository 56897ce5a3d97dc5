/// What the configuration says of the console: the look and the keys.
///
/// In `config.json`: `"console": {"theme": "light", "themes": {"mine": {"accent": "bold #ffaf00"}}, "keys": {"revoke-key": "X"}}`.
package struct ConsolePreferences: Hashable, Sendable {
    package var theme: String?
    /// Themes of the user's own: a style as text for each part, by name of the theme and of the part.
    package var themes: [String: [String: String]] = [:]
    /// Keys of actions, by the action's name.
    package var keys: [String: [String]] = [:]
    /// What of it can't be read, in sentences.
    package var problems: [String] = []

    package init() {}
}
