/// Holds whoever waits at it until it is opened: delays that a test controls instead of a clock.
package actor StubGate {
    private var isOpen = false
    private var nextID = 0
    private var waiting: [Int: CheckedContinuation<Void, Never>] = [:]

    package init() {}

    /// Lets everybody through, from now on.
    package func open() {
        isOpen = true
        for continuation in waiting.values { continuation.resume() }
        waiting = [:]
    }

    /// Returns when the gate is open, or the task is cancelled.
    package func wait() async {
        let id = nextID
        nextID += 1
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if isOpen || Task.isCancelled {
                    continuation.resume()
                } else {
                    waiting[id] = continuation
                }
            }
        } onCancel: {
            Task { await self.release(id) }
        }
    }

    private func release(_ id: Int) {
        waiting.removeValue(forKey: id)?.resume()
    }
}
