import OTLPCoding

/// One repair of a conversation, or a remark on it, before it is shown (Jaeger calls such passes adjusters). A pass that
/// changes something, or cannot, says so in a warning.
protocol ConversationPass: Sendable {
    func adjust(_ conversation: inout Conversation, _ surroundings: Surroundings)
}

/// What a pass may know besides the conversation.
struct Surroundings {
    /// Whether a span was received, in this conversation or another.
    var isKnown: (SpanKey) -> Bool
    /// Correlation IDs of the conversation's spans that are on too many spans to identify a request; sorted.
    var rejected: [String]
}

/// Every pass, in the order in which they act.
let conversationPasses: [any ConversationPass] = [
    MissingParents(),
    UnidentifyingCorrelations(),
    ClockSkew(),
]

/// Says how many parents were not received.
struct MissingParents: ConversationPass {
    func adjust(_ conversation: inout Conversation, _ surroundings: Surroundings) {
        let spans = conversation.spans
        let parents = spans.indices.lazy.filter { !spans[$0].parent.isZero }
            .map { SpanKey(trace: spans[$0].trace, span: spans[$0].parent) }
        let missing = Set(parents).count { !surroundings.isKnown($0) }
        guard missing > 0 else { return }
        conversation.warnings.append("\(missing) parent span\(missing == 1 ? "" : "s") not received")
    }
}

/// Names the correlation IDs that tie nothing together, because too much carries them.
struct UnidentifyingCorrelations: ConversationPass {
    func adjust(_ conversation: inout Conversation, _ surroundings: Surroundings) {
        for value in surroundings.rejected {
            conversation.warnings.append("'\(value)' is on too many spans to identify a request: it joins nothing")
        }
    }
}
