import TraceModel
/// A place that a person looked at: enough to come back to it.
struct Place: Sendable, Equatable {
    var screen: ScreenID
    var filter: String
    var selectedKey: String?
    var walk: Walk?
    /// The conversation that was open.
    var conversation: String?
}

/// The places that were looked at, in the order of looking, and where one stands among them.
///
/// As in a browser: going back keeps what lies ahead until one goes somewhere else.
struct JumpList: Sendable, Equatable {
    private(set) var places: [Place] = []
    private(set) var position = -1

    static let maximum = 100

    var canGoBack: Bool { position > 0 }
    var canGoForward: Bool { position + 1 < places.count }

    /// Adds a place behind the current one; what lay ahead is forgotten. The same place again is no jump, but remembers
    /// its selection.
    mutating func note(_ place: Place) {
        if position >= 0, places[position].isSamePlace(as: place) {
            places[position] = place
            return
        }
        places.removeSubrange((position + 1)...)
        places.append(place)
        if places.count > Self.maximum { places.removeFirst() }
        position = places.count - 1
    }

    mutating func step(by step: Int) -> Place? {
        guard places.indices.contains(position + step) else { return nil }
        position += step
        return places[position]
    }
}

extension Place {
    /// Whether only the selection, or the way that was walked, differs.
    fileprivate func isSamePlace(as other: Place) -> Bool {
        screen == other.screen && filter == other.filter && conversation == other.conversation
            && walk?.centre == other.walk?.centre
    }
}

extension DashboardModel {
    private var place: Place {
        let state = list
        return Place(
            screen: screen, filter: state.filter.text, selectedKey: state.selectedKey, walk: walk,
            conversation: showsWaterfall ? waterfall?.conversation.id : nil)
    }

    /// Remembers where one is: before leaving it, and after arriving.
    mutating func noteJump() { jumps.note(place) }

    /// Goes back or forward along the places that were looked at.
    mutating func jump(by step: Int) -> [Effect] {
        // The selection may have moved since one arrived.
        noteJump()
        guard let target = jumps.step(by: step) else { return [] }
        let jumps = jumps
        defer { self.jumps = jumps }
        overlay = nil
        if target.screen != screen { lastScreen = screen }
        screen = target.screen
        list.filter = Filter(target.filter)
        list.select(key: target.selectedKey)
        walk = target.walk
        waterfall = nil
        waterfallOrigin = nil
        refreshList()
        refreshFocus()
        return target.conversation.map { openConversation($0) } ?? []
    }
}
