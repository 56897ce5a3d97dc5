import Foundation
import Glibc

/// A dump on disk, which can be read more than once.
///
/// What can't (a pipe) is first copied to a file of its owner's only that has no name, so that nothing is left of it
/// however the process ends.
package final class DumpFile: Sendable {
    package let path: String
    package let size: Int64
    let descriptor: Int32

    /// Opens the file at `path`; `-` is standard input.
    ///
    /// `spoolFolder` is where a copy of what can be read only once is kept meanwhile.
    /// - Throws: ``DumpError``.
    package init(path: String, spoolFolder: String) throws(DumpError) {
        let name = path == "-" ? "on standard input" : path
        self.path = name
        let opened = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw .unreadable(path: name, reason: Self.lastError()) }
        var status = stat()
        guard fstat(opened, &status) == 0 else {
            close(opened)
            throw .unreadable(path: name, reason: Self.lastError())
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG where lseek(opened, 0, SEEK_CUR) <= 0:
            descriptor = opened
            size = Int64(status.st_size)
        case S_IFDIR:
            close(opened)
            throw .unreadable(path: name, reason: "it is a folder; pg_dump's plain format is one file")
        default:
            defer { close(opened) }
            (descriptor, size) = try Self.spool(opened, named: name, in: spoolFolder)
        }
        do {
            try check()
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit {
        close(descriptor)
    }

    /// Refuses by its first bytes what is no plain dump.
    private func check() throws(DumpError) {
        var head = [UInt8](repeating: 0, count: 512)
        let count = pread(descriptor, &head, head.count, 0)
        guard count >= 0 else { throw .unreadable(path: path, reason: Self.lastError()) }
        guard count > 0 else { throw .empty(path: path) }
        if head.starts(with: Array("PGDMP".utf8)) { throw .customFormat }
        if head.starts(with: Array("toc.dat\0".utf8)) { throw .archive }
        if head.starts(with: [0x1F, 0x8B]) || head.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
            || head.starts(with: Array("BZh".utf8))
        {
            throw .compressed
        }
    }

    private static func spool(
        _ input: Int32,
        named name: String,
        in folder: String
    ) throws(DumpError) -> (descriptor: Int32, size: Int64) {
        var template = Array("\(folder)/.mdw-import-XXXXXX".utf8CString)
        // 0600, as mkstemp makes every file.
        let copy = mkstemp(&template)
        guard copy >= 0 else {
            throw .unreadable(path: name, reason: "it can't be copied to \(folder): \(lastError())")
        }
        _ = fcntl(copy, F_SETFD, FD_CLOEXEC)
        unlink(template)
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        var size: Int64 = 0
        while true {
            let count = read(input, &buffer, buffer.count)
            if count == 0 { return (copy, size) }
            if count < 0 {
                if errno == EINTR { continue }
                let reason = lastError()
                close(copy)
                throw .unreadable(path: name, reason: reason)
            }
            var written = 0
            while written < count {
                let done = buffer[written..<count].withUnsafeBytes { write(copy, $0.baseAddress, $0.count) }
                if done < 0 {
                    if errno == EINTR { continue }
                    let reason = lastError()
                    close(copy)
                    throw .unreadable(path: name, reason: "it can't be copied to \(folder): \(reason)")
                }
                written += done
            }
            size += Int64(count)
        }
    }

    static func lastError() -> String { String(cString: strerror(errno)) }
}
