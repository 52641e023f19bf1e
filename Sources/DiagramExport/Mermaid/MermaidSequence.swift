public import CatalogModel
import FlowMatching
public import TraceModel

/// One conversation as a Mermaid sequence diagram: calls with their answers and messages through their channels, in the
/// order of time; how long a message waited, that it came again, and what failed stand in notes.
///
/// A call that is made again and again (polling) is drawn once and counted.
public struct MermaidSequence: Sendable {
    public var conversation: Conversation
    /// Where names as people wrote them and titles come from; nil keeps the observed names.
    public let catalog: Catalog?
    /// The heading; empty for the conversation's id.
    public var title: String

    /// More arrows than this make a picture that nobody can read; further ones are counted in a note.
    public static let maximumArrows = 200

    private let resolver: NameResolver?

    public init(conversation: Conversation, catalog: Catalog? = nil, title: String = "") {
        self.conversation = conversation
        self.catalog = catalog
        self.title = title
        resolver = catalog.map(NameResolver.init)
    }

    /// The diagram's text, with a newline at its end.
    /// - Throws: where the diagram is larger than Mermaid draws.
    public func render() throws(DiagramFailure) -> String {
        var document = MermaidDocument(
            kind: "sequenceDiagram", title: title.isEmpty ? conversation.id : title,
            description: "\(conversation.services.count) services, \(conversation.hops.count) hops, "
                + "\(durationText(conversation.duration)), \(conversation.state.rawValue)")
        var writer = SequenceWriter(titles: catalog ?? Catalog())
        let moments = self.moments
        for moment in moments.prefix(Self.maximumArrows) { moment.draw(&writer) }
        if let last = moments.last, moments.count > Self.maximumArrows {
            writer.addNote(over: last.from, "\(moments.count - Self.maximumArrows) more arrows left out")
        }
        if let first = moments.first {
            for warning in conversation.warnings { writer.addNote(over: first.from, warning) }
        }
        writer.write(to: &document)
        guard document.length <= DiagramFailure.maximumCharacters else { throw .tooLong(characters: document.length) }
        return document.text
    }

    // MARK: - What happens when

    private typealias Participant = SequenceWriter.Participant

    private struct Moment {
        var time: UInt64
        var from: Participant
        var arrow: SequenceWriter.Arrow
        var to: Participant
        var text: String
        /// Beside the service that handles or serves.
        var note = ""

        func draw(_ writer: inout SequenceWriter) {
            writer.add(from, arrow, to, text)
            if !note.isEmpty { writer.addNote(over: to.isChannel || arrow.isReply ? from : to, note) }
        }
    }

    /// Every arrow, sorted by time; arrows of one time stay in the order of the hops.
    private var moments: [Moment] {
        var moments: [Moment] = []
        let spans = Dictionary(
            conversation.spans.map { (Optional(SpanKey(trace: $0.trace, span: $0.id)), $0) },
            uniquingKeysWith: { first, _ in first })
        var repeats = Repeats(conversation.hops.filter { $0.kind == .calls })
        for hop in conversation.hops {
            switch hop.kind {
            case .calls:
                guard let calls = repeats.take(hop) else { continue }
                moments += self.moments(ofCall: hop, calls, error: spans[hop.toSpan]?.statusMessage)
            case .publishes:
                moments.append(
                    Moment(
                        time: hop.time, from: service(hop.from), arrow: hop.isError ? .failedMessage : .message,
                        to: channel(hop.to), text: "publish",
                        note: hop.isError ? Self.failure(spans[hop.fromSpan]?.statusMessage) : ""))
            case .consumes: moments.append(moment(ofDelivery: hop, spans[hop.toSpan]))
            case .delivers: break
            }
        }
        return moments.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map(\.element)
    }

    private func moments(ofCall hop: Hop, _ calls: Repeats.Calls, error: String?) -> [Moment] {
        let (caller, callee) = (service(hop.from), service(hop.to))
        let name = hop.operation.isEmpty ? hop.system : hop.operation
        let took = durationText(hop.work ?? 0)
        return [
            Moment(
                time: hop.time, from: caller, arrow: .call, to: callee,
                text: calls.count > 1 ? "\(name), \(calls.count) times" : name),
            Moment(
                time: calls.end, from: callee, arrow: hop.isError ? .failedReply : .reply, to: caller,
                text: calls.count > 1 ? "last answer" : took, note: hop.isError ? Self.failure(error) : ""),
        ]
    }

    /// A queue behind a topic is named in the text, so that the topic's line leads to every subscriber.
    private func moment(ofDelivery hop: Hop, _ span: Span?) -> Moment {
        var words: [String] = []
        if hop.isError { words.append(Self.failure(span?.statusMessage)) }
        if hop.attempt > 1 { words.append("again: delivery \(hop.attempt)") }
        switch hop.wait {
        case let wait? where wait < 0: words.append("before it was published: clocks disagree")
        case let wait?: words.append("waited \(durationText(UInt64(wait)))")
        case nil: words.append("publisher unknown")
        }
        if let work = hop.work { words.append("handled in \(durationText(work))") }
        return Moment(
            time: span?.start ?? hop.time, from: channel(hop.publishedTo ?? hop.channel),
            arrow: hop.isError ? .failedMessage : .message, to: service(hop.to),
            text: hop.publishedTo == nil ? "deliver" : "via \(channel(hop.channel).name)",
            note: words.joined(separator: "\n"))
    }

    /// `failed: card declined`
    private static func failure(_ message: String?) -> String {
        guard let message, !message.isEmpty else { return "failed" }
        return "failed: \(message.count > 120 ? message.prefix(119) + "…" : message[...])"
    }

    private func service(_ name: String?) -> Participant {
        Participant(isChannel: false, name: name.map { resolver?.service($0) ?? $0 } ?? "unknown")
    }

    private func channel(_ name: String?) -> Participant {
        Participant(isChannel: true, name: name.map { resolver?.channel($0) ?? $0 } ?? "unknown")
    }
}

/// Calls of one operation between the same two services, with the same outcome, from the third on: one arrow for all.
private struct Repeats {
    struct Calls {
        var count: Int
        /// When the last of them was answered.
        var end: UInt64
    }

    private struct Key: Hashable {
        var from: String?
        var to: String
        var operation: String
        var isError: Bool

        init(_ hop: Hop) {
            from = hop.from
            to = hop.to
            operation = hop.operation
            isError = hop.isError
        }
    }

    private let calls: [Key: [Hop]]
    private var drawn: Set<Key> = []

    init(_ hops: [Hop]) { calls = Dictionary(grouping: hops, by: Key.init) }

    /// How the call is drawn; nil when it is part of an arrow that is drawn already.
    mutating func take(_ hop: Hop) -> Calls? {
        let all = calls[Key(hop)] ?? [hop]
        guard all.count > 2 else { return Calls(count: 1, end: Self.end(of: hop)) }
        guard drawn.insert(Key(hop)).inserted else { return nil }
        return Calls(count: all.count, end: all.map(Self.end).max() ?? 0)
    }

    private static func end(of hop: Hop) -> UInt64 { hop.time &+ UInt64(max(0, hop.wait ?? 0)) &+ (hop.work ?? 0) }
}
