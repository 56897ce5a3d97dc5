import Foundation
import Hummingbird
import Logging

/// A bare Hummingbird server with one route, `GET /bare`, that answers a string of a given size: what the API is compared
/// with.
///
/// `mdw-bare-server PORT SIZE`
guard CommandLine.arguments.count == 3, let port = Int(CommandLine.arguments[1]),
    let size = Int(CommandLine.arguments[2])
else {
    print("usage: mdw-bare-server PORT SIZE")
    exit(2)
}
let router = Router()
let text = String(repeating: "x", count: size)
router.get("/bare") { _, _ in text }
var logger = Logger(label: "bare")
logger.logLevel = .error
let application = Application(
    router: router,
    configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
    logger: logger
)
try await application.runService()
