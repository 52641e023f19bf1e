import CatalogModel
import SourceDiagnostics

/// Channels that come, go, get another name, kind or broker, or say something else about themselves.
struct ChannelChanges: ChangeDetector {
    func changes(_ context: DiffContext) -> [CatalogChange] {
        let pairs = context.pairs(context.old.channels, context.new.channels) { $0.name }
        var changes = pairs.added.map {
            CatalogChange(
                .channelAdded, .safe, CatalogNode(.channel, $0.name), "\($0.kind.rawValue) '\($0.name)' is new",
                after: $0.span)
        }
        changes += pairs.removed.map { removed($0, context) }
        for (old, new) in pairs.both {
            changes += [
                renamed(old, new, context), kindChanged(old, new, context), moved(old, new, context),
                deprecated(old, new, context), changed(old, new, context),
            ].compactMap(\.self)
        }
        return changes
    }

    private func removed(_ channel: Channel, _ context: DiffContext) -> CatalogChange {
        let left = context.subscribers(of: channel.name) + context.publishers(of: channel.name)
        let what = "\(channel.kind.rawValue) '\(channel.name)' is gone"
        let node = CatalogNode(.channel, channel.name)
        if !left.isEmpty {
            return CatalogChange(
                .channelRemoved, .breaking, node, "\(what), and \(named(left)) still \(Self.use(left)) it",
                affected: left, before: channel.span)
        }
        // Everybody let go of it in the catalog; who is not deployed yet still uses it.
        let users =
            context.oldGraph.handlers(of: channel.name).map { (context.old.services[$0.service].name, true) }
            + context.oldGraph.senders(to: channel.name).map { (context.old.services[$0.service].name, false) }
        let parties = Set(
            users.filter { context.newGraph.service($0.0) != nil }.map {
                context.party($0.0, $0.1 ? .subscriber : .publisher)
            }
        ).sorted()
        guard !parties.isEmpty else {
            return CatalogChange(.channelRemoved, .safe, node, "\(what); nobody used it", before: channel.span)
        }
        let notice = channel.deprecated == nil ? "" : ", as its deprecation said"
        return CatalogChange(
            .channelRemoved, channel.deprecated == nil ? .risky : .safe, node,
            "\(what)\(notice); \(named(parties)) used it and let it go", affected: parties, before: channel.span)
    }

    private static func use(_ parties: [CatalogChange.Party]) -> String {
        Set(parties.map(\.service)).count == 1 ? "uses" : "use"
    }

    /// A name in the catalog alone is nobody's concern where the destination keeps its own.
    private func renamed(_ old: Channel, _ new: Channel, _ context: DiffContext) -> CatalogChange? {
        guard let before = context.renames.channels.first(where: { $0.value == new.name })?.key else { return nil }
        let names = Set(old.telemetryNames.map(\.value)).intersection(new.telemetryNames.map(\.value))
        let parties = names.isEmpty ? context.subscribers(of: new.name) + context.publishers(of: new.name) : []
        let roles = Set(parties.map(\.role))
        let how = names.isEmpty ? "" : "; its destination keeps its name"
        return CatalogChange(
            .channelRenamed, parties.isEmpty ? .safe : roles.count > 1 ? .breaking : .risky,
            CatalogNode(.channel, new.name), "\(new.kind.rawValue) '\(before)' is now called '\(new.name)'\(how)",
            affected: parties, before: old.span, after: new.span)
    }

    private func kindChanged(_ old: Channel, _ new: Channel, _ context: DiffContext) -> CatalogChange? {
        guard old.kind != new.kind else { return nil }
        let parties = context.subscribers(of: new.name)
        let shared = Set(parties.map(\.service)).count > 1
        let consequence =
            new.kind == .queue
            ? (shared ? ": each message reaches only one of \(named(parties))" : "")
            : ": every subscriber gets its own copy"
        return CatalogChange(
            .channelKindChanged, parties.isEmpty ? .safe : new.kind == .queue && shared ? .breaking : .risky,
            CatalogNode(.channel, new.name),
            "'\(new.name)' is a \(new.kind.rawValue) instead of a \(old.kind.rawValue)\(consequence)",
            affected: parties, before: old.span, after: new.span)
    }

    private func moved(_ old: Channel, _ new: Channel, _ context: DiffContext) -> CatalogChange? {
        guard old.broker?.value != new.broker?.value || old.system != new.system, old.broker != nil, new.broker != nil
        else { return nil }
        let parties = context.subscribers(of: new.name) + context.publishers(of: new.name)
        let (before, after) =
            old.system == new.system
            ? (old.broker?.value ?? "", new.broker?.value ?? "")
            : (old.system?.title ?? old.broker?.value ?? "", new.system?.title ?? new.broker?.value ?? "")
        return CatalogChange(
            .channelMoved, parties.isEmpty ? .safe : .breaking, CatalogNode(.channel, new.name),
            "'\(new.name)' moves from \(before) to \(after): who uses it connects elsewhere", affected: parties,
            before: old.broker?.span ?? old.span, after: new.broker?.span ?? new.span)
    }

    private func deprecated(_ old: Channel, _ new: Channel, _ context: DiffContext) -> CatalogChange? {
        guard let now = new.deprecated, old.deprecated?.sunset?.value != now.sunset?.value || old.deprecated == nil
        else { return nil }
        let parties = context.subscribers(of: new.name) + context.publishers(of: new.name)
        let when = now.sunset.map { " and goes away on \($0.value)" } ?? ""
        let instead = now.use.map { "; use '\($0.value)'" } ?? ""
        return CatalogChange(
            .channelDeprecated, parties.isEmpty || now.sunset == nil ? .safe : .risky,
            CatalogNode(.channel, new.name), "'\(new.name)' is deprecated\(when)\(instead)", affected: parties,
            before: old.deprecated?.sunset?.span ?? old.span, after: now.sunset?.span ?? new.span)
    }

    private func changed(_ old: Channel, _ new: Channel, _ context: DiffContext) -> CatalogChange? {
        var keys = old.documentation.changedKeys(to: new.documentation)
        if old.needs.map(\.value) != new.needs.map(\.value) { keys.append("needs") }
        if old.telemetryNames.map(\.value) != new.telemetryNames.map(\.value) { keys.append("telemetry-names") }
        if old.maxReceives != new.maxReceives { keys.append("max-receives") }
        if old.visibilityTimeout != new.visibilityTimeout { keys.append("visibility-timeout") }
        guard !keys.isEmpty else { return nil }
        // A shorter timeout hands a message out again while it is still worked on.
        let isShorter =
            if let before = old.visibilityTimeout, let after = new.visibilityTimeout { after < before } else { false }
        return CatalogChange(
            .channelChanged, isShorter ? .risky : .safe, CatalogNode(.channel, new.name),
            "\(new.kind.rawValue) '\(new.name)' has another \(listed(keys))",
            affected: isShorter ? context.subscribers(of: new.name) : [], before: old.span, after: new.span)
    }
}
