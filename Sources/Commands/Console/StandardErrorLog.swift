import Foundation
import Glibc

/// Sends standard error to a file for a while.
final class StandardErrorLog: Sendable {
    private let file: String
    private let saved: Int32

    init(file: String) {
        self.file = file
        saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    }

    deinit {
        if saved >= 0 { close(saved) }
    }

    func begin() {
        guard isatty(STDERR_FILENO) == 1 else { return }
        let folder = (file as NSString).deletingLastPathComponent
        // Without a place for it the log is dropped: the screen comes first, and jobs keep their errors in the store.
        try? FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        var descriptor = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        if descriptor < 0 { descriptor = open("/dev/null", O_WRONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { return }
        dup2(descriptor, STDERR_FILENO)
        close(descriptor)
    }

    func end() {
        if saved >= 0 { dup2(saved, STDERR_FILENO) }
    }
}
