import Store
import Terminal
import Warehouse

/// The panes as they were last drawn: one is drawn again only when something that it shows is another.
///
/// A key mostly changes one pane, and drawing all four takes most of the time between a key and its answer.
struct PanePictures {
    private var frame = Frame(size: Size(width: 0, height: 0))
    private var looks: [PaneLook] = []

    /// The screen with the panes on it, and nothing else.
    mutating func picture(of model: ConsoleModel, theme: Theme) -> Frame {
        let panes = model.layout.panes
        let wanted = panes.map { PaneLook($0.pane, in: $0.rect, of: model, theme: theme) }
        let hasMoved = frame.size != model.size || looks.map(\.rect) != wanted.map(\.rect)
        if hasMoved { frame = Frame(size: model.size) }
        for (index, look) in wanted.enumerated() where hasMoved || looks[index] != look {
            frame.fill(look.rect)
            model.draw(panes[index].pane, in: look.rect, on: &frame, theme: theme)
        }
        looks = wanted
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
    private let content: Content

    private enum Content: Equatable {
        case symbols(SymbolList)
        case keys(KeyList, at: Timestamp)
        case backfill(JobList, [JobID: JobPace])
        case audit(AuditTail, on: TradingDay)
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
}
