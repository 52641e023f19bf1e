import CatalogModel
import FlowMatching
import OTLPCoding
import TerminalUI
import TraceModel

extension DashboardModel {
    /// Takes in what happened, and says what the world outside must do now, in this order.
    public mutating func update(_ message: DashboardMessage) -> [Effect] {
        switch message {
        case .terminal(let event):
            return handle(event)
        case .data(let graph, let snapshot):
            // A snapshot that a newer one overtook has nothing to say.
            guard snapshot.until == until else { return [] }
            let known = waiting?.snapshot ?? facts.snapshot
            guard !hasData || snapshot.until != known.until || snapshot.time >= known.time else { return [] }
            if isPaused, hasData, snapshot.until == facts.snapshot.until, snapshot.window == facts.snapshot.window {
                waiting = WaitingData(graph: graph, snapshot: snapshot)
            } else {
                return take(WaitingData(graph: graph, snapshot: snapshot))
            }
        case .learned(let learned):
            return take(learned)
        case .drift(let report):
            // What was found over another stretch of time says nothing about this one.
            guard report.window == window, report.until == until else { return [] }
            if isPaused, facts.drift?.until == until {
                waitingDrift = report
            } else {
                facts.learn(report)
                refresh()
            }
        case .catalog(let catalog, let findings):
            if notice == catalogTrouble { notice = nil }
            catalogTrouble = nil
            facts.learn(catalog, findings)
            refresh()
        case .conversation(let conversation):
            guard let wanted = waterfall?.conversation.id, conversation.answers(to: wanted) else { return [] }
            showWaterfall(of: conversation)
        case .noConversation(let id):
            notice = "no span in the store belongs to '\(id)'"
            guard waterfall?.conversation.id == id, waterfall?.conversation.spans.isEmpty == true else { return [] }
            return closeConversation()
        case .preview(let title, let text, let fileName, let isProse):
            notice = nil
            overlay = .preview(TextPreview(title: title, text: text, fileName: fileName, isProse: isProse))
        case .catalogTrouble(let text):
            (notice, catalogTrouble) = (text, text)
        case .notice(let text):
            notice = text
        }
        return []
    }

    /// Takes over what waited while the picture was held still.
    mutating func takeWaitingData() -> [Effect] {
        if let report = waitingDrift, report.window == window, report.until == until { facts.learn(report) }
        waitingDrift = nil
        refresh()
        return waiting.map { take($0) } ?? []
    }

    // MARK: - Input

    private mutating func handle(_ event: TerminalEvent) -> [Effect] {
        switch event {
        case .resize(let size):
            self.size = size
            refreshScrolling()
            if case .help(let help) = overlay {
                overlay = .help(HelpPage(help.context, in: self, scrollOffset: help.scrollOffset))
            }
            if case .preview = overlay { _ = scroll(by: .rows(0)) + shiftPreview(by: 0) }
        case .resumed: break
        case .mouse(let mouse):
            notice = nil
            return handle(mouse)
        case .paste: type(event)
        case .key(let key):
            notice = nil
            return handle(key)
        }
        return []
    }

    private mutating func handle(_ key: Key) -> [Effect] {
        if let action = settings.keys.action(for: key, in: context) { return run(action) }
        if context.takesText { type(.key(key)) }
        return []
    }

    /// Runs an action, or says why it cannot be done.
    mutating func run(_ action: Action) -> [Effect] {
        if let obstacle = action.obstacle(self) {
            // Esc with nothing to leave is a habit, not a question.
            if action.keys.first?.code != .escape { notice = "\(action.name): \(obstacle)" }
            return []
        }
        return action.run(&self)
    }

    /// Edits the text that is being typed, if any is.
    private mutating func type(_ event: TerminalEvent) {
        switch overlay {
        case .filter(var filter):
            guard filter.input.handle(event) else { return }
            overlay = .filter(filter)
            applyFilter(filter.input.text)
        case .palette(var palette):
            guard palette.type(event) else { return }
            overlay = .palette(palette)
        case .moment(var input):
            guard input.handle(event) else { return }
            overlay = .moment(input)
        case .columns, .help, .preview, nil: break
        }
    }

    // MARK: - Keeping in step

    /// Brings the list, the pane and the waterfall in front in step with the facts.
    mutating func refresh() {
        followSelectedConversation()
        refreshList()
        refreshFocus()
        guard let number = listedNumberOfWaterfall else { return }
        let conversation = facts.snapshot.conversations[number]
        // A list without spans does not know more than the conversation that was loaded.
        guard !conversation.spans.isEmpty else { return }
        waterfall?.update(conversation, facts: facts.conversations[number])
        refreshWaterfallScrolling()
    }

    mutating func refreshList() {
        let screen = currentScreen
        let items = screen.shownItems(list, in: facts)
        let facts = facts
        let visible = TableView.visibleRows(in: layout.list)
        list.show(items, of: screen.itemCount(in: facts), visible: visible) { screen.key(of: $0, in: facts) }
    }

    mutating func refreshFocus() {
        guard isWalkable else { return }
        let node = focusedNode
        if focus?.centre != node || focus?.revision != facts.revision {
            focus = node.map { FocusGraph(around: $0, in: facts) }
        }
        guard var walk, let focus else { return }
        walk.choice = min(walk.choice, max(0, focus.neighbours(walk.side).count - 1))
        self.walk = walk
    }

    /// Keeps what is selected on the screen after it changed its size.
    private mutating func refreshScrolling() {
        let visible = TableView.visibleRows(in: layout.list)
        list.scroll(visible: visible)
        refreshWaterfallScrolling()
    }
}

extension Conversation {
    /// Whether it is the conversation that somebody asked for: by its name, or by one of its traces.
    fileprivate func answers(to name: String) -> Bool {
        id == name || correlationID == name || traces.contains { $0.description == name }
            || spans.contains { $0.reading.messageID == name || $0.reading.correlationID == name }
    }
}
