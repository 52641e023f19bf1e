import TerminalUI

extension DashboardModel {
    var obstacleToWalking: String? {
        guard let focus else { return "nothing is selected" }
        return focus.left.isEmpty && focus.right.isEmpty ? "nothing is connected to \(focus.centre.name)" : nil
    }

    /// Steps from the list into the picture.
    mutating func startWalk(_ side: Walk.Side) -> [Effect] {
        guard let focus else { return [] }
        walk = Walk(at: focus.centre, side: focus.neighbours(side).isEmpty ? side.opposite : side)
        return []
    }

    mutating func chooseNeighbour(by step: Int) -> [Effect] {
        guard let walk, let focus else { return [] }
        self.walk?.choice = min(max(0, walk.choice + step), max(0, focus.neighbours(walk.side).count - 1))
        return []
    }

    /// Goes to the chosen neighbour on that side; from the other side it first turns round.
    mutating func walk(towards side: Walk.Side) -> [Effect] {
        guard let walk, let focus else { return [] }
        guard walk.side == side else {
            if focus.neighbours(side).isEmpty {
                notice = "\(focus.centre.name): \(side == .right ? "nobody receives from it" : "nobody sends to it")"
            } else {
                self.walk?.side = side
                self.walk?.choice = 0
            }
            return []
        }
        guard let next = chosenNeighbour?.node else { return [] }
        stand(on: next, looking: side)
        return []
    }

    mutating func walkBack() -> [Effect] {
        walk?.stepBack()
        selectWalkedNode()
        return []
    }

    mutating func leaveWalk() -> [Effect] {
        walk = nil
        refreshFocus()
        return []
    }

    /// Puts a node into the middle of the pane.
    mutating func stand(on node: Node, looking side: Walk.Side) {
        if walk == nil, let focus { walk = Walk(at: focus.centre, side: side) }
        if walk?.centre != node { walk?.step(to: node, looking: side) }
        selectWalkedNode()
        // At the end of the way, look back.
        if let focus, focus.neighbours(side).isEmpty, !focus.neighbours(side.opposite).isEmpty {
            walk?.side = side.opposite
        }
    }

    /// The list follows the walk where its rows hold the place.
    mutating func selectWalkedNode() {
        if isWalkable, let centre = walk?.centre, centre.isChannel == (screen == .topics) {
            list.select(key: centre.name)
        }
        refreshList()
        // A place that the filter hides is not a row, and the walk stands on it all the same.
        refreshFocus()
    }

    // MARK: - To and from other screens

    /// The conversations that passed the place in the middle.
    mutating func showTracesOfFocus() -> [Effect] {
        guard let node = focusedNode else { return [] }
        return showTraces(filter: node.isChannel ? "channel:\(node.name)" : "service:\(node.name)")
    }

    mutating func showTraces(filter: String) -> [Effect] {
        waterfall = nil
        if screen != .traces { filterOrigin = FilterOrigin(screen: screen, filter: filter) }
        lists[.traces, default: ListState()].filter = Filter(filter)
        lists[.traces]?.select(key: nil)
        return show(.traces)
    }

    /// Shows a channel on Topics, a service on Services, whatever they are filtered to.
    mutating func show(_ node: Node) -> [Effect] {
        let target: ScreenID = node.isChannel ? .topics : .services
        walk = nil
        lists[target, default: ListState()].filter = Filter()
        lists[target]?.select(key: node.name)
        return show(target)
    }
}

extension Walk.Side {
    var opposite: Walk.Side { self == .left ? .right : .left }
}
