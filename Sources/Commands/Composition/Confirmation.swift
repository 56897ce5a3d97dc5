import Records
import Warehouse

/// Asks a person to type a name before something that hurts.
struct Confirmation {
    let surroundings: Surroundings
    /// Whether the command line already says yes.
    let isGiven: Bool

    /// Returns when it is confirmed that `name` is meant.
    ///
    /// `consequence` is what will happen, as a sentence without its end.
    /// - Throws: ``Refusal`` when it is not confirmed; nothing may be changed then.
    func require(_ name: String, _ consequence: String) throws {
        guard !isGiven else { return }
        guard surroundings.input.isTerminal else {
            throw Refusal("\(consequence): add --yes to confirm it")
        }
        // A prompt that can't be written is answered all the same.
        try? surroundings.errors.write(
            "\(consequence.sanitized(limit: 300)).\nType the name \(name.sanitized(limit: 100)) to go on: "
        )
        guard let answer = surroundings.input.readLine(), answer.trimmingSpaces() == name else {
            throw Refusal("not confirmed: nothing was changed")
        }
    }
}
