import CatalogModel
import FlowMatching
import TraceModel

/// Says which flow a conversation is and what it still waits for.
struct FlowJudge: Sendable {
    private let matcher: FlowMatcher

    /// - Complexity: O(graph).
    init(_ catalog: Catalog = Catalog(), _ graph: FlowGraph = FlowGraph()) {
        matcher = FlowMatcher(catalog: catalog, graph: graph)
    }

    func match(_ conversation: Conversation) -> FlowMatch? { matcher.progress(of: conversation) }

    /// A snapshot may already say more than the catalog expects; the catalog never makes a state better.
    func state(of conversation: Conversation, now: UInt64) -> ConversationState {
        let judged = matcher.state(of: conversation, now: now)
        return judged == .complete ? conversation.state : judged
    }
}

extension FlowJudge: Equatable {
    /// Always true: a judge is a function of the catalog and the graph, which stand beside it wherever it is kept.
    static func == (left: FlowJudge, right: FlowJudge) -> Bool { true }
}
