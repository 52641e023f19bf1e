import CatalogModel
import SourceDiagnostics

/// A queue that one service had for itself, and now shares: each message reaches only one of them.
struct QueueSharing: ChangeDetector {
    func changes(_ context: DiffContext) -> [CatalogChange] {
        context.new.channels.filter { $0.kind == .queue }.compactMap { queue in
            func services(_ graph: CatalogGraph) -> [String] {
                Set(graph.subscribers(of: queue.name).map { graph.catalog.services[$0.service].name }).sorted()
            }
            let before = services(context.oldGraph)
            let after = services(context.newGraph)
            guard after.count > 1, before.count == 1, let first = before.first, after.contains(first) else {
                return nil
            }
            let newcomers = after.filter { $0 != first }
            let use = context.newGraph.subscribers(of: queue.name).first {
                context.new.services[$0.service].name != first
            }
            return CatalogChange(
                .queueShared, .breaking, CatalogNode(.channel, queue.name),
                "queue '\(queue.name)' is shared with \(quotedList(newcomers)): '\(first)' no longer gets every message",
                affected: [context.party(first, .subscriber)],
                before: context.oldGraph.subscribers(of: queue.name).first.map {
                    context.oldGraph.subscription($0).channel.span
                },
                after: use.map { context.newGraph.subscription($0).channel.span })
        }
    }
}
