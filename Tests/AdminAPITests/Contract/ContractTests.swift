import Testing

/// The whole contract, request by request: the same table against the responder and against a listening server.
@Suite(.timeLimit(.minutes(5))) struct ContractTests {
    static let all: [ContractCase] =
        publicData + documents + symbols + symbolLists + symbolChanges + keys + keyLists + keyChanges + identities
        + audit
        + backfills + authentication + paths + hosts + malformedHosts + methods + bodies + requestIDs

    @Test(arguments: all.filter { !$0.isForWireOnly }) func responder(_ test: ContractCase) async throws {
        try await withAPI { api in
            let answer = try await api.send(test.ask)
            try test.check(answer, isFromWire: false)
            try DescribedAnswers.check(answer, to: test.ask)
        }
    }

    @Test(arguments: all) func wire(_ test: ContractCase) async throws {
        try await withListeningAPI { api in try test.check(try await api.send(test.ask), isFromWire: true) }
    }
}
