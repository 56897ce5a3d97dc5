/// Where a user's files of mdw are, as the XDG base directory specification says.
struct UserFolders: Hashable, Sendable {
    /// Folder of the database.
    let data: String
    /// Folder of logs and of what a program remembers.
    let state: String
    /// Path of the configuration file.
    let configuration: String

    init(_ surroundings: Surroundings) {
        func folder(_ variable: String, otherwise fallback: String) -> String {
            // The specification: a relative path is to be ignored.
            if let path = surroundings.environment[variable], path.hasPrefix("/") { return path }
            return surroundings.home + fallback
        }
        self.data = folder("XDG_DATA_HOME", otherwise: "/.local/share") + "/mdw"
        self.state = folder("XDG_STATE_HOME", otherwise: "/.local/state") + "/mdw"
        self.configuration = folder("XDG_CONFIG_HOME", otherwise: "/.config") + "/mdw/config.json"
    }
}
