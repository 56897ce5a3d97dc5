import Store
import Terminal
import Warehouse

/// The panes, the header and the footer as they were last drawn: a part is drawn again only when something that it shows is
/// another.
///
/// A key mostly changes two rows of one pane, and drawing everything takes most of the time between a key and its answer.
struct ScreenPicture {
    private var frame = Frame(size: Size(width: 0, height: 0))
    private var panes: [PaneLook] = []
    private var header: HeaderLook?
    private var footer: FooterLook?

    /// The screen of `model`, which nothing covers.
    mutating func updated(to model: ConsoleModel, by view: ConsoleView) -> Frame {
        let layout = model.layout
        let wanted = layout.panes.map { PaneLook($0.pane, in: $0.rect, of: model, theme: view.theme) }
        let hasMoved = frame.size != model.size || panes.map(\.rect) != wanted.map(\.rect)
        if hasMoved {
            frame = Frame(size: model.size)
            header = nil
            footer = nil
        }
        for (index, look) in wanted.enumerated() {
            let pane = layout.panes[index].pane
            switch hasMoved ? .everything : look.difference(from: panes[index]) {
            case .nothing: break
            case .rows(let rows):
                model.draw(pane, in: look.rect, rows: rows, on: &frame, theme: view.theme)
            case .everything:
                frame.fill(look.rect)
                model.draw(pane, in: look.rect, on: &frame, theme: view.theme)
            }
        }
        panes = wanted
        let header = HeaderLook(of: model, theme: view.theme)
        if header != self.header {
            self.header = header
            frame.fill(layout.header)
            view.drawHeader(of: model, in: layout.header, on: &frame)
        }
        let footer = FooterLook(of: model, theme: view.theme)
        if footer != self.footer {
            self.footer = footer
            frame.fill(layout.footer)
            // The cursor is where somebody types, which is only there.
            frame.cursor = nil
            view.drawFooter(of: model, in: layout.footer, on: &frame)
        }
        return frame
    }
}

/// Everything that the picture of a pane depends on: equal looks, equal pictures.
private struct PaneLook: Equatable {
    let rect: Rect
    private let isFocused: Bool
    /// The filter that is being typed for it.
    private let typed: String?
    private let theme: Theme
    /// An empty pane names the key to press next.
    private let keyMap: KeyMap
    private var content: Content

    private enum Content: Equatable {
        case symbols(SymbolList)
        case keys(KeyList, at: Timestamp)
        case backfill(JobList, [JobID: JobPace])
        case audit(AuditTail, on: TradingDay)

        /// Moves the cursor to where it is in `other`; returns the rows of the screen that it leaves and reaches.
        mutating func moveCursor(as other: Content) -> Set<Int> {
            var rows: Set<Int> = []
            switch (self, other) {
            case (.symbols(var list), .symbols(let target)):
                rows = list.moveCursor(as: target)
                self = .symbols(list)
            case (.keys(var list, let time), .keys(let target, _)):
                rows = list.moveCursor(as: target)
                self = .keys(list, at: time)
            case (.backfill(var list, let paces), .backfill(let target, _)):
                rows = list.moveCursor(as: target)
                self = .backfill(list, paces)
            case (.audit(var tail, let day), .audit(let target, _)):
                rows = tail.moveCursor(as: target)
                self = .audit(tail, on: day)
            default: break
            }
            return rows
        }
    }

    /// What has to be drawn again.
    enum Difference {
        case nothing
        /// These rows of the screen, from the first one of the list.
        case rows(Set<Int>)
        case everything
    }

    init(_ pane: Pane, in rect: Rect, of model: ConsoleModel, theme: Theme) {
        self.rect = rect
        isFocused = model.focus == pane
        typed = isFocused ? model.filterInput?.text : nil
        self.theme = theme
        keyMap = model.keyMap
        content =
            switch pane {
            case .symbols: .symbols(model.symbols)
            case .keys: .keys(model.keys, at: model.shownTime)
            case .backfill: .backfill(model.jobs, model.paces)
            case .audit: .audit(model.audit, on: model.shownTime.dayUTC)
            }
    }

    func difference(from other: PaneLook) -> Difference {
        if self == other { return .nothing }
        var moved = other
        let rows = moved.content.moveCursor(as: content)
        return moved == self ? .rows(rows) : .everything
    }
}

/// Everything that the header depends on.
private struct HeaderLook: Equatable {
    private let theme: Theme
    private let minute: Int64
    private let problems: [Duration?]
    private let hasFailed: Bool
    private let summary: StoreSummary?
    private let worker: WorkerStore.Worker?

    init(of model: ConsoleModel, theme: Theme) {
        self.theme = theme
        minute = model.now.microseconds / 60_000_000
        problems = [model.freshness.staleness(at: model.now), model.waiting]
        hasFailed = model.freshness.failure != nil
        summary = model.summary
        worker = model.livingWorker
    }
}

/// Everything that the footer depends on.
private struct FooterLook: Equatable {
    private let theme: Theme
    private let focus: Pane
    private let asks: Bool
    private let filter: TextField?
    private let command: CommandInput?
    private let message: Message?
    private let keyMap: KeyMap

    init(of model: ConsoleModel, theme: Theme) {
        self.theme = theme
        focus = model.focus
        asks = model.dialog != nil
        filter = model.filterInput
        command = model.commandInput
        message = model.showsMessage ? model.footerMessage : nil
        keyMap = model.keyMap
    }
}
