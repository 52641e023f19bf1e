import CatalogModel
import FlowMatching
public import TerminalUI
public import TraceModel

/// The whole dashboard as one value: what is known, where a person stands in it, and what they did to it.
///
/// `update` takes what happened and says what the world outside must do; `render` draws what is the case. Neither reads
/// a clock or does any work beyond the screen: "now" is the time of the newest snapshot, so an idle dashboard costs
/// nothing and the same messages always give the same screen.
public struct DashboardModel: Sendable, Equatable {
    public let settings: DashboardSettings
    public internal(set) var size: Size
    /// How far back the figures go that the snapshots bring.
    public internal(set) var window: TimeWindow
    /// The moment in the past that is looked at, in nanoseconds since the Unix epoch; nil for now.
    public internal(set) var until: UInt64?
    /// The moments that one looked at on the way back to that one.
    var laterMoments: [UInt64?] = []
    /// Whether new data waits until the picture may move again.
    public internal(set) var isPaused = false

    var facts = SystemFacts()
    /// Whether any data has arrived yet.
    var hasData = false
    /// The newest data that arrived while paused.
    var waiting: WaitingData?
    /// Whether an effect is working data into the facts, and the newest data that arrived meanwhile.
    var isLearning = false
    var next: WaitingData?
    /// The newest drift that arrived while paused.
    var waitingDrift: DriftReport?

    var screen: ScreenID
    var lastScreen: ScreenID?
    var lists: [ScreenID: ListState] = [:]
    /// A walk through the flow graph; Topics and Services share it.
    var walk: Walk?
    /// The neighbourhood that the pane of Topics and Services shows.
    var focus: FocusGraph?
    /// The conversation that the Traces screen shows in full.
    var waterfall: Waterfall?
    /// The screen from which that was opened, where one comes back to; nil for the list of Traces.
    var waterfallOrigin: ScreenID?
    /// The screen that Traces were narrowed from, and to what.
    var filterOrigin: FilterOrigin?
    var overlay: Overlay?
    /// The places that were looked at.
    var jumps = JumpList()
    /// One sentence for the line at the bottom, until the next key.
    var notice: String?
    /// The moment at which spans of files end; nil for a store, which ends now.
    let lastMoment: UInt64?
    /// Why the catalog's files could not be read last; nil where they could.
    var catalogTrouble: String?

    public init(
        size: Size, settings: DashboardSettings = DashboardSettings(), window: TimeWindow = .fiveMinutes,
        until: UInt64? = nil
    ) {
        self.until = until
        lastMoment = settings.isOfFiles ? until : nil
        self.size = size
        self.settings = settings
        self.window = window
        screen = settings.startScreen
        for (name, columns) in settings.columns { lists[ScreenID(name), default: ListState()].columns = columns }
    }

    /// Data that arrived while the picture was held still.
    struct WaitingData: Sendable, Equatable {
        var graph: FlowGraph
        var snapshot: LiveSnapshot
    }
}

extension DashboardModel {
    var currentScreen: any Screen { Screens.screen(screen) }

    /// The list of the current screen.
    var list: ListState {
        get { lists[screen] ?? ListState() }
        set { lists[screen] = newValue }
    }

    var layout: FrameLayout {
        FrameLayout(size) { height in
            if showsWaterfall { return waterfall?.detail == nil || height < 10 ? 0 : height * 3 / 5 }
            let wanted = paneHeight(of: height)
            // One walks in the pane: it is there on the lowest screen too.
            if isWalkable, walk != nil { return max(wanted, min(6, height / 2)) }
            // There is nothing to say about a row of an empty list.
            return list.itemCount == 0 ? 0 : wanted
        }
    }

    /// What the screen wants; the graph with its figures also takes room that a short list leaves, but keeps two fifths
    /// for the list.
    private func paneHeight(of height: Int) -> Int {
        let wanted = currentScreen.paneHeight(of: height)
        guard isWalkable, wanted > 0 else { return wanted }
        return max(wanted, min(height - list.itemCount - 2, height * 3 / 5))
    }

    var showsWaterfall: Bool { screen == .traces && waterfall != nil }

    /// Whether the screen shows the flow graph's pane, which one can walk in.
    var isWalkable: Bool { screen == .topics || screen == .services }

    /// What is in front below any overlay.
    var baseContext: Context {
        if showsWaterfall, let waterfall {
            return waterfall.detail != nil ? .span : waterfall.sequence != nil ? .sequence : .waterfall
        }
        return isWalkable && walk != nil ? .walk : .list(screen)
    }

    var context: Context {
        switch overlay {
        case .help: .help
        case .palette: .palette
        case .preview: .preview
        case .filter: .filter
        case .columns: .columns
        case .moment: .moment
        case nil: baseContext
        }
    }

    /// The rows of the list, or of what is in front, that the screen shows at once.
    var visibleRows: Int {
        switch context {
        case .help, .preview, .columns: max(0, layout.frame.height - 2)
        case .span: layout.pane.height
        default: showsWaterfall ? waterfallRows : TableView.visibleRows(in: layout.list)
        }
    }

    /// The channel or service in the middle of attention: where a walk stands, or the selected row.
    var focusedNode: Node? {
        if isWalkable, let walk { return walk.centre }
        guard let item = list.selectedItem else { return nil }
        switch screen {
        case .topics: return .channel(currentScreen.key(of: item, in: facts))
        case .services: return .service(currentScreen.key(of: item, in: facts))
        default: return nil
        }
    }

    /// The neighbour that a walk looks at.
    var chosenNeighbour: FocusGraph.Neighbour? {
        guard let walk, let focus else { return nil }
        let neighbours = focus.neighbours(walk.side)
        return neighbours.indices.contains(walk.choice) ? neighbours[walk.choice] : nil
    }

    /// Where the selected thing is defined.
    var selectedPlace: FilePlace? {
        if isWalkable { return focusedNode.flatMap { FilePlace(of: $0, in: facts.catalog) } }
        return list.selectedItem.flatMap { currentScreen.place(of: $0, in: facts) }
    }

    /// What `y` copies.
    var copyText: String? {
        if case .preview(let preview) = overlay { return preview.text }
        if showsWaterfall {
            return waterfall?.detail.map { "\($0.key.trace) \($0.key.span)" } ?? waterfall?.conversation.id
        }
        if isWalkable, walk != nil || list.marks.isEmpty { return focusedNode?.name }
        if !list.marks.isEmpty { return list.marks.sorted().joined(separator: "\n") }
        return list.selectedItem.map { currentScreen.copyText(of: $0, in: facts) }
    }

    /// The columns of the list in front, by their place among the screen's.
    var shownColumns: [Int] {
        let count = currentScreen.columns.count
        return list.columns.map { $0.filter { $0 < count } } ?? currentScreen.columns(for: layout.list.width)
    }

    var diagramFocus: DiagramFocus {
        if showsWaterfall, let waterfall { return .conversation(id: waterfall.conversation.id) }
        if isWalkable { return focusedNode.map(DiagramFocus.node) ?? .system }
        return list.selectedItem.map { currentScreen.diagram(of: $0, in: facts) } ?? .system
    }
}
