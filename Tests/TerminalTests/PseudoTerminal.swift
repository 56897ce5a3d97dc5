import Foundation

/// A pair of pseudo-terminals: the program under test gets `slave`, the test types and reads at the other end.
///
/// A thread reads all the time, so that a program that writes much is never stuck.
final class PseudoTerminal {
    struct Unavailable: Error {}

    let slave: Int32
    /// The path of `slave`, for a child process.
    let path: String
    private let reader: Reader
    private var marks = 0

    init(width: Int, height: Int) throws {
        // posix_openpt and its like aren't visible to Swift: TIOCSPTLCK and TIOCGPTN are what they are made of.
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (lock, number): (Int32, Int32) = (0, 0)
        guard master >= 0, ioctl(master, 0x4004_5431, &lock) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
            throw Unavailable()
        }
        path = "/dev/pts/\(number)"
        slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard slave >= 0 else { throw Unavailable() }
        reader = try Reader(master)
        resize(width: width, height: height)
    }

    deinit {
        reader.stop()
        close(slave)
    }

    func resize(width: Int, height: Int) {
        var size = winsize(ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(reader.master, UInt(TIOCSWINSZ), &size)
    }

    /// Types at the terminal.
    func type(_ text: String) { type(Array(text.utf8)) }

    func type(_ bytes: [UInt8]) { _ = write(reader.master, bytes, bytes.count) }

    /// Ends the session, as when the network connection is lost.
    func hangUp() { reader.stop() }

    /// Everything written to the terminal since the last call; a mark written behind it tells when all is there.
    func takeOutput() -> [UInt8] {
        marks += 1
        let mark = Array("\u{1}mark \(marks)\u{1}".utf8)
        _ = write(slave, mark, mark.count)
        return reader.take(upTo: mark)
    }

    var takenText: String { String(decoding: takeOutput(), as: UTF8.self) }

    /// The terminal's modes in numbers that can be compared.
    var modes: [UInt32] {
        var modes = termios()
        tcgetattr(slave, &modes)
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
    }
}

/// Reads the master's end in a thread.
///
/// Sendable by `@unchecked`: what changes is only touched with `condition` locked.
private final class Reader: @unchecked Sendable {
    let master: Int32
    private let stopping: (read: Int32, write: Int32)
    private let condition = NSCondition()
    private var received: [UInt8] = []
    private var hasEnded = false

    init(_ master: Int32) throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw PseudoTerminal.Unavailable() }
        self.master = master
        stopping = (ends[0], ends[1])
        Thread { self.run() }.start()
    }

    private func run() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var sources = [master, stopping.read].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while poll(&sources, 2, -1) > 0, sources[1].revents == 0 {
            let count = read(master, &buffer, buffer.count)
            // No reader at the other end at the moment: a child that had it open is gone, or comes yet.
            if count <= 0 { break }
            condition.withLock {
                received += buffer[..<count]
                condition.broadcast()
            }
        }
        for descriptor in [master, stopping.read, stopping.write] { close(descriptor) }
        condition.withLock {
            hasEnded = true
            condition.broadcast()
        }
    }

    /// Closes the master's end.
    func stop() {
        condition.lock()
        defer { condition.unlock() }
        guard !hasEnded else { return }
        _ = write(stopping.write, [0], 1)
        while !hasEnded { condition.wait() }
    }

    func take(upTo mark: [UInt8]) -> [UInt8] {
        condition.lock()
        defer { condition.unlock() }
        while !hasEnded {
            if let start = received.firstIndex(of: 1), received[start...].starts(with: mark) {
                defer { received.removeFirst(start + mark.count) }
                return Array(received[..<start])
            }
            condition.wait()
        }
        return received
    }
}
