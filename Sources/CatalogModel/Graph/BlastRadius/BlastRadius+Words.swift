// The sentences of a blast radius, the same in every format.

extension BlastRadius {
    /// `When 'payment' stops, 4 services fail at once, 5 wait, 2 flows stop`
    public func headline(in catalog: Catalog) -> String {
        let failed = failing.count { $0.effect.spreads }
        let softened = failing.count - failed
        let losing = waiting.count { $0.effect == .loses }
        let late = waiting.count - losing
        let ended = flows.count(where: \.stops)
        func some(_ count: Int, _ one: String, _ many: String) -> String? {
            count == 0 ? nil : count == 1 ? "1 \(one)" : "\(count) \(many)"
        }
        let parts = [
            some(failed, "service fails at once", "services fail at once"),
            some(softened, "goes on without it", "go on without it"),
            some(losing, "loses messages", "lose messages"),
            some(late, "only waits", "only wait"),
            some(ended, "flow stops", "flows stop"),
            some(flows.count - ended, "flow is affected otherwise", "flows are affected otherwise"),
        ].compactMap(\.self)
        let when = "When '\(origin.name)' stops, "
        return parts.isEmpty
            ? when + "nothing that the catalog knows of is affected" : when + parts.joined(separator: ", ")
    }
}

extension BlastRadius.ServiceImpact {
    /// Why, in a clause: the call, or the channels between.
    public var reason: String {
        guard let last = links.last else { return "" }
        switch last.kind {
        case .calls: return last.detail.isEmpty ? "calls it" : "calls \(last.detail)"
        case .polls: return "polls it"
        case .awaitsReply: return "awaits a reply on \(last.from.name)"
        case .publishes: return "publishes to \(last.from.name), no outbox"
        case .takesPart: return "begins the flow"
        case .consumes, .delivers, .runsOn:
            let channels = links.filter { $0.kind != .runsOn }.map(\.from).filter { $0.kind == .channel }.map(\.name)
            let still = stillFrom.isEmpty ? "" : "; still hears from \(stillFrom.joined(separator: ", "))"
            return "through " + channels.joined(separator: " ▶ ") + still
        }
    }
}

extension BlastRadius.Backlog {
    /// `kept 4d; it may be down for 1d`
    public var reason: String {
        if let loss { return "\(channel) \(loss.words)" }
        var words =
            side == .publisher ? ["in its outbox"] : [keptFor.map { "for \($0.catalogText)" } ?? "in the channel"]
        if let maxDowntime { words.append("may be down for \(maxDowntime.catalogText)") }
        if !takenOverBy.isEmpty { words.append("handled by \(takenOverBy.joined(separator: ", ")) meanwhile") }
        return words.joined(separator: "; ")
    }
}

extension BlastRadius.FlowImpact {
    /// `stops at step 2`
    public var words: String {
        guard let decisive else { return effect.words }
        switch effect {
        case .fails, .failsFast: return "stops at step \(decisive.number)"
        case .loses: return "is lost at step \(decisive.number)"
        case .waits: return "waits at step \(decisive.number)"
        case .degrades, .defers: return "goes on, step \(decisive.number)"
        }
    }

    /// The step as written, and what is the matter with it.
    public var reason: String {
        guard let decisive else { return "" }
        let step = decisive.step
        return "\(step.service.value) \(step.action.rawValue) \(step.target.value): \(decisive.reason)"
    }
}

extension BlastRadius.OwnerImpact {
    /// The names of what is theirs; of many the first.
    public var ownedWords: String { Self.words(for: owned) }

    /// The names of these; of many the first.
    public static func words(for owned: [CatalogNode]) -> String {
        let names = owned.map(\.name)
        return names.count > 12
            ? names.prefix(12).joined(separator: ", ") + " and \(names.count - 12) others"
            : names.joined(separator: ", ")
    }
}
