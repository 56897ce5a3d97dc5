/// The requests that a stub received, in their order.
actor StubLog {
    private(set) var requests: [StubRequest] = []
    private var gates: [(count: Int, gate: StubGate)] = []

    func record(_ request: StubRequest) async {
        requests.append(request)
        let reached = gates.filter { $0.count <= requests.count }
        gates.removeAll { $0.count <= requests.count }
        for (_, gate) in reached { await gate.open() }
    }

    /// Returns when so many requests came, or the task is cancelled.
    func wait(for count: Int) async {
        guard requests.count < count else { return }
        let gate = StubGate()
        gates.append((count, gate))
        await gate.wait()
    }
}
