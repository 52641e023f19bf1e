import OTLPCoding
import TerminalUI
import TraceModel

/// What a waterfall says about one span: what it does, how long a message waited for it, what went wrong.
struct SpanLabel: Sendable, Equatable {
    /// `▲ order.completed`, `▼ notification-orders`, `POST /orders`
    var name: String
    /// `lag 38ms`; empty for spans that no message led to.
    var lag: String
    var duration: String
    /// `again`, `failed`, `no parent`: what a reader must not miss.
    var remarks: [String]
    var isError: Bool

    init(
        _ span: Span, hop: Hop?, isPoll: Bool, attachment: SpanTree.Attachment, names: ObservedNames, glyphs: Glyphs
    ) {
        let channel = span.reading.channel.isEmpty ? span.name : names.channel(span.reading.channel)
        switch span.reading.role {
        case .publish: name = "\(glyphs.arrowUp) \(channel)"
        case .receive where isPoll: name = "polls \(channel)"
        case .process, .receive: name = "\(glyphs.arrowDown) \(channel)"
        case .client, .server, .other: name = span.name
        }
        let wait = hop?.kind == .consumes ? hop?.wait : nil
        lag = wait.map { "lag " + FigureText.signedDuration($0) } ?? ""
        duration = durationText(span.duration)
        isError = span.status == .error
        remarks = []
        if let hop, hop.kind == .consumes, hop.attempt > 1 {
            remarks.append(hop.attempt == 2 ? "again" : "again, attempt \(hop.attempt)")
        }
        if isError { remarks.append("failed") }
        if (wait ?? 0) < 0 || span.end < span.start { remarks.append("clocks disagree") }
        switch attachment {
        case .orphan: remarks.append("parent not received")
        case .cycle: remarks.append("its own ancestor")
        case .root, .parent, .joined: break
        }
    }
}
