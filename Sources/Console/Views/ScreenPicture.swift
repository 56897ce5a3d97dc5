import Terminal
import Warehouse

/// The panes, the header and the footer as they were last drawn: a part is drawn again only when something that it shows is
/// another.
///
/// Drawing everything takes most of the time between a key and its answer, and a key mostly moves a cursor: it lies on what
/// the pane shows without it.
struct ScreenPicture {
    private var frame = Frame(size: Size(width: 0, height: 0))
    private var look: ScreenLook?
    private var panes: [PanePicture] = []
    private var header: HeaderLook?
    private var footer: FooterLook?

    /// The screen of `model`, which nothing covers.
    mutating func updated(to model: ConsoleModel, by view: ConsoleView) -> Frame {
        let layout = model.layout
        let look = ScreenLook(of: model, theme: view.theme)
        if look != self.look {
            self.look = look
            frame = Frame(size: model.size)
            panes = layout.panes.map { PanePicture(pane: $0.pane, rect: $0.rect) }
            header = nil
            footer = nil
        }
        for index in panes.indices { panes[index].update(on: &frame, to: model, theme: view.theme) }
        let header = HeaderLook(of: model)
        if header != self.header {
            self.header = header
            frame.fill(layout.header)
            view.drawHeader(of: model, in: layout.header, on: &frame)
        }
        let footer = FooterLook(of: model)
        if footer != self.footer || footer.isTyping {
            self.footer = footer
            frame.fill(layout.footer)
            // The terminal's cursor is where somebody types, which is only there.
            frame.cursor = nil
            view.drawFooter(of: model, in: layout.footer, on: &frame)
        }
        return frame
    }
}

/// A pane on the screen.
private struct PanePicture {
    let pane: Pane
    let rect: Rect
    private var look: PaneLook?
    private var bar: CursorBar?
    /// What is under the bar.
    private var covered: [Cell] = []

    init(pane: Pane, rect: Rect) {
        self.pane = pane
        self.rect = rect
    }

    mutating func update(on frame: inout Frame, to model: ConsoleModel, theme: Theme) {
        let look = PaneLook(pane, rowCount: rect.height - 2, of: model)
        let bar = model.cursorBar(of: pane, in: rect)
        if look != self.look {
            self.look = look
            frame.fill(rect)
            model.draw(pane, in: rect, on: &frame, theme: theme)
        } else if bar != self.bar {
            if let line = self.bar?.line { frame.put(covered, onLine: line) }
        } else {
            return
        }
        self.bar = bar
        if let bar {
            covered = frame.cells(ofLine: bar.line)
            bar.draw(on: &frame, theme: theme)
        }
    }
}

/// What the whole screen depends on.
private struct ScreenLook: Equatable {
    private let size: Size
    private let theme: Theme
    private let keyMap: KeyMap
    private let panes: [Pane]

    init(of model: borrowing ConsoleModel, theme: Theme) {
        size = model.size
        self.theme = theme
        keyMap = model.keyMap
        panes = model.layout.visiblePanes
    }
}

/// What besides that the picture of a pane depends on, the cursor left out: equal looks, equal pictures.
private struct PaneLook: Equatable {
    private let isFocused: Bool
    /// The filter that is being typed for it.
    private let typed: String?
    private let revision: Int
    /// The time that ages are told for, in the unit in which they are told.
    private var time: Int64 = 0
    private var paces: [JobID: JobPace] = [:]
    /// Back to which row of the audit a search has come.
    private var searched: Int64?

    init(_ pane: Pane, rowCount: Int, of model: borrowing ConsoleModel) {
        isFocused = model.focus == pane
        typed = isFocused ? model.filterInput?.text : nil
        switch pane {
        case .symbols: revision = model.symbols.revision
        case .keys:
            revision = model.keys.revision
            time = model.shownTime.seconds
        case .backfill:
            revision = model.jobs.revision
            paces = model.paces
        case .audit:
            revision = model.audit.revision
            time = Int64(model.shownTime.dayUTC.daysSince1970)
            searched = model.audit.searchedBackTo(height: rowCount)
        }
    }
}

/// What the header depends on.
private struct HeaderLook: Equatable {
    private let minute: Int64
    /// For how long the store is silent and owes answers.
    private let delays: [Duration?]
    private let hasFailed: Bool
    private let summary: Int
    private let worker: Int?

    init(of model: borrowing ConsoleModel) {
        minute = model.now.microseconds / 60_000_000
        delays = [model.freshness.staleness(at: model.now), model.waiting]
        hasFailed = model.freshness.failure != nil
        summary = model.summaryRevision
        worker = model.livingWorker
    }
}

/// What the footer depends on.
private struct FooterLook: Equatable {
    private let focus: Pane
    private let asks: Bool
    private let message: Message?
    let isTyping: Bool

    init(of model: borrowing ConsoleModel) {
        focus = model.focus
        asks = model.dialog != nil
        message = model.showsMessage ? model.footerMessage : nil
        isTyping = model.filterInput != nil || model.commandInput != nil
    }
}
