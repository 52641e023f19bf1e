import CatalogModel
import SourceDiagnostics

/// A message, or a version of one, that is no longer sent on a channel, and whose subscribers wait for it.
struct MessageVersionChanges: ChangeDetector {
    func changes(_ context: DiffContext) -> [CatalogChange] {
        var dropped: [String: [Sent]] = [:]
        for channel in context.new.channels where context.oldGraph.channel(channel.name) != nil {
            let after = Self.sent(on: channel.name, context.newGraph)
            // Who does not say what they send may still send it.
            guard !after.isEmpty, !after.contains(where: { $0.name == nil }) else { continue }
            dropped[channel.name] = Self.sent(on: channel.name, context.oldGraph).filter { sent in
                sent.name.map { name in !after.contains { $0.name == name } } ?? false
            }
        }
        return context.new.channels.compactMap { channel in
            guard let gone = dropped[channel.name], !gone.isEmpty else { return nil }
            // What a channel no longer delivers is said of that channel.
            let names = Set(gone.map(\.name))
            let isInherited = context.newGraph.sources(of: channel.name).dropFirst().contains { source in
                names.isSubset(of: Set((dropped[source] ?? []).map(\.name)))
            }
            return isInherited ? nil : change(on: channel, gone, Self.sent(on: channel.name, context.newGraph), context)
        }
    }

    /// A message that a publisher sends; without a name where the entry says none.
    private struct Sent {
        var name: MessageName?
        var span: SourceSpan
    }

    private static func sent(on channel: String, _ graph: CatalogGraph) -> [Sent] {
        let carried = graph.channel(channel)?.messages ?? []
        return graph.senders(to: channel).map { graph.publication($0) }.flatMap { publication -> [Sent] in
            if let message = publication.message {
                return [Sent(name: MessageName(message.value, in: graph), span: message.span)]
            }
            guard !carried.isEmpty else { return [Sent(name: nil, span: publication.channel.span)] }
            return carried.map { Sent(name: MessageName($0.value, in: graph), span: $0.span) }
        }
        .map { sent in
            // Whether the version was written down or defined elsewhere makes no difference to what is sent.
            var sent = sent
            sent.name?.isPinned = false
            return sent
        }
    }

    private func change(
        on channel: Channel, _ dropped: [Sent], _ after: [Sent], _ context: DiffContext
    ) -> CatalogChange? {
        var hit: Set<CatalogChange.Party> = []
        var place: SourceSpan?
        for use in context.newGraph.handlers(of: channel.name) {
            let subscription = context.newGraph.subscription(use)
            // What the subscriber wants by its new entry; one that names no version follows the definition.
            guard let expected = subscription.message.map({ MessageName($0.value, in: context.newGraph) }),
                dropped.contains(where: { $0.name.map(expected.accepts) ?? false }),
                !after.contains(where: { $0.name.map(expected.accepts) ?? false })
            else { continue }
            hit.insert(context.party(context.new.services[use.service].name, .subscriber))
            place = place ?? subscription.message?.span
        }
        let names = Set(dropped.compactMap(\.name).map { Self.words($0) })
            .sorted()
        let who = hit.sorted()
        return CatalogChange(
            .messageVersionDropped, who.isEmpty ? .safe : .breaking, CatalogNode(.channel, channel.name),
            "'\(channel.name)' no longer carries \(quotedList(names))"
                + (who.isEmpty ? "" : ", which \(named(who)) \(who.count == 1 ? "expects" : "expect")"),
            affected: who, before: dropped.first?.span, after: place ?? after.first?.span ?? channel.span)
    }

    private static func words(_ message: MessageName) -> String {
        message.version.map { "\(message.name)@\($0)" } ?? message.name
    }
}
