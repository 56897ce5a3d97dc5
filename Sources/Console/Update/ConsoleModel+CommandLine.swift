import Records
import Store
import Terminal
import Warehouse

extension ConsoleModel {
    private var surroundings: CommandSurroundings {
        CommandSurroundings(
            isReadOnly: options.isReadOnly,
            themes: themes.names,
            sortColumns: focus.sortColumns
        )
    }

    mutating func openCommandLine() {
        var input = CommandInput()
        input.look(in: surroundings)
        commandInput = input
    }

    /// A key while a command is typed.
    mutating func typeCommand(_ key: Key) -> [Effect] {
        guard var input = commandInput else { return [] }
        if key != .escape, input.holdsBack(key) {
            commandInput = input
            return []
        }
        switch key {
        case .escape, .control("c"): commandInput = nil
        case .backspace where input.text.isEmpty: commandInput = nil
        case .enter:
            commandInput = nil
            return execute(input.text)
        case .tab, .backTab:
            input.complete(backwards: key == .backTab, in: surroundings)
            commandInput = input
            return load(.completions)
        default:
            guard input.handle(key, in: surroundings) else { return [] }
            commandInput = input
            return load(.completions)
        }
        return []
    }

    /// Takes the names that could complete a word, and what was typed while they were on their way.
    mutating func receive(_ names: [String], for question: CommandInput.NameQuestion) -> [Effect] {
        let held = commandInput?.receive(names, for: question) ?? []
        return held.flatMap { commandInput == nil ? handle($0) : typeCommand($0) }
    }

    mutating func pasteIntoCommand(_ text: String) -> [Effect] {
        let surroundings = surroundings
        commandInput?.insert(text, in: surroundings)
        return load(.completions)
    }

    /// Carries out a typed command; says what is wrong with one that can't be.
    mutating func execute(_ text: String) -> [Effect] {
        guard !text.trimmingSpaces().isEmpty else { return [] }
        do throws(TypedCommand.Fault) {
            let command = try TypedCommand(text)
            guard !(options.isReadOnly && command.verb.writes) else {
                throw TypedCommand.Fault(text: "read-only: \(command.verb.name) is not available")
            }
            return try execute(command)
        } catch let fault {
            say(.error, fault.text)
            return []
        }
    }

    private mutating func execute(_ command: TypedCommand) throws(TypedCommand.Fault) -> [Effect] {
        if let kind = command.verb.namedRow {
            guard !command.argument(0).isEmpty else {
                throw TypedCommand.Fault(text: "\(command.verb.name) what? \(command.verb.help)")
            }
            return [.store(.lookUp(RowReference(kind: kind, text: command.argument(0)), command))]
        }
        switch command.verb.name {
        case "add": return send(try commands(.addSymbols, Self.addition(command.arguments)))
        case "backfill":
            let timeframe = command.argument(1).isEmpty ? Timeframe.oneDay.rawValue : command.argument(1)
            return send(
                try commands(
                    .startBackfillOf,
                    [command.argument(0), timeframe, command.argument(2), command.argument(3)]
                )
            )
        case "create":
            let scope = command.argument(1).isEmpty ? KeyScope.read.rawValue : command.argument(1)
            guard KeyScope(rawValue: scope) != nil else {
                throw TypedCommand.Fault(text: "'\(scope)' is no scope: use read or admin")
            }
            return send(try commands(.createKey, [command.argument(0), scope, command.argument(2)]))
        case "undo": return carryOut(prepare(.undoRevoke))
        case "retry-failed": return carryOut(prepare(.retryAllFailed))
        case "workers":
            guard ["pause", "resume"].contains(command.argument(0)) else {
                throw TypedCommand.Fault(text: "type workers pause, or workers resume")
            }
            return send([.pauseWorkers(command.argument(0) == "pause")])
        default: return try executeView(command)
        }
    }

    /// The commands that change only what is shown.
    private mutating func executeView(_ command: TypedCommand) throws(TypedCommand.Fault) -> [Effect] {
        switch command.verb.name {
        case "go":
            guard let pane = Pane.allCases.first(where: { $0.name == command.argument(0) }) else {
                throw TypedCommand.Fault(text: "go where? \(Pane.allCases.map(\.name).joined(separator: ", "))")
            }
            return show(pane)
        case "sort":
            guard let order = SortOrder(text: command.argument(0)), setSortOrder(order, of: focus) else {
                let columns = focus.sortColumns.joined(separator: ", ")
                throw TypedCommand.Fault(
                    text: columns.isEmpty ? "the audit is in the order of its rows" : "sort by what? \(columns)"
                )
            }
            return reload(focus)
        case "filter":
            return applyFilter(command.arguments.map { $0.contains(" ") ? "\"\($0)\"" : $0 }.joined(separator: " "))
        case "export":
            guard !command.argument(0).isEmpty else { throw TypedCommand.Fault(text: "export to which file?") }
            let format = command.argument(1)
            guard let format = format.isEmpty ? .csv : ExportFormat(rawValue: format) else {
                throw TypedCommand.Fault(text: "'\(format)' is no format: use csv, json or jsonl")
            }
            return export(to: command.argument(0), format)
        case "theme":
            guard themes.names.contains(command.argument(0)) else {
                throw TypedCommand.Fault(text: "which theme? \(themes.names.joined(separator: ", "))")
            }
            choose(theme: command.argument(0))
            return []
        case "mouse":
            guard ["on", "off"].contains(command.argument(0)) else {
                throw TypedCommand.Fault(text: "type mouse on, or mouse off")
            }
            return (command.argument(0) == "on") == isMouseOn ? [] : performAnywhere(.toggleMouse)
        case "history":
            overlay = nil
            return performAnywhere(.history)
        case "messages": return performAnywhere(.messages)
        case "help": return performAnywhere(.help)
        default:
            exitCode = 0
            return []
        }
    }

    private func commands(
        _ purpose: FormPurpose,
        _ values: [String]
    ) throws(TypedCommand.Fault) -> [Command] {
        do throws(FormPurpose.Fault) {
            return try purpose.commands(from: values, now: now)
        } catch {
            throw TypedCommand.Fault(text: error.text)
        }
    }

    /// The fields of the form for tracking symbols, out of words in any order: `ETH SOL crypto 1h,1d`.
    private static func addition(_ words: [String]) -> [String] {
        var symbols: [String] = []
        var assetClass = AssetClass.stock.rawValue
        var timeframes = SymbolStore.defaultTimeframes.joined
        for word in words {
            if AssetClass(rawValue: word) != nil {
                assetClass = word
            } else if word.split(separator: ",").allSatisfy({ Timeframe(rawValue: String($0)) != nil }) {
                timeframes = word
            } else {
                symbols.append(word)
            }
        }
        return [symbols.joined(separator: " "), assetClass, timeframes]
    }

    /// Goes on with a command whose row the store has found.
    mutating func execute(_ command: TypedCommand, on found: FoundRow) -> [Effect] {
        if case .symbol(let symbol) = found {
            switch command.verb.name {
            case "frames" where command.arguments.count > 1:
                do throws(TypedCommand.Fault) {
                    let purpose = FormPurpose.timeframes([SymbolTarget(symbol)])
                    let list = command.arguments.dropFirst().joined(separator: ",")
                    return send(try commands(purpose, [list]))
                } catch {
                    say(.error, error.text)
                    return []
                }
            case "activate" where symbol.active, "deactivate" where !symbol.active:
                say(.info, "\(symbol.symbol) is \(symbol.active ? "active" : "inactive") already")
                return []
            default: break
            }
        }
        guard let action = command.verb.action else { return [] }
        return carryOut(prepare(action, found: found))
    }
}

extension ConsoleVerb {
    /// What the first argument names, when the store is to find that row first.
    fileprivate var namedRow: NameKind? {
        guard action != nil else { return nil }
        return switch arguments.first {
        case .key: .key
        case .symbol: .symbol
        case .job: .job
        default: nil
        }
    }

    /// What is done with the row that the command names.
    fileprivate var action: Action? {
        switch name {
        case "activate", "deactivate": .toggleSymbol
        case "frames": .editTimeframes
        case "revoke": .revokeKey
        case "restore": .restoreKey
        case "rotate": .rotateKey
        case "delete": .deleteKey
        case "pause": .pauseJob
        case "resume": .resumeJob
        case "cancel": .cancelJob
        case "retry": .retryJob
        default: nil
        }
    }
}
