public import SourceDiagnostics

/// A topic (every subscriber gets its own copy) or a queue (one consumer gets each message).
///
/// What it says is kept behind one reference: it is much, and rules copy channels by the million.
public struct Channel: Sendable, Equatable {
    public enum Kind: String, Sendable { case topic, queue }

    private struct Fields: Sendable, Equatable {
        var name: String
        var span: SourceSpan
        var kind: Kind
        var documentation: Documentation = Documentation()
        var broker: Located<String>?
        var messages: [Located<String>] = []
        var ordering: Located<String>?
        var delivery: Located<String>?
        var retention: Located<Duration>?
        var partitions: Int?
        var fifo: Bool?
        var deprecated: Deprecation?
        var telemetryNames: [Located<String>] = []
        var needs: [Located<String>] = []
        var deliversTo: [Route] = []
        var deadLetter: Located<String>?
        var maxReceives: Int?
        var visibilityTimeout: Duration?
    }

    private var shared: Shared<Fields>
    /// The messaging system that `broker` comes to; nil where it is not known.
    public var system: MessagingSystem?

    public init(name: String, span: SourceSpan, kind: Kind) {
        shared = Shared(Fields(name: name, span: span, kind: kind))
    }

    public var name: String {
        get { shared.value.name }
        set { shared.value.name = newValue }
    }

    /// Where the name is defined.
    public var span: SourceSpan {
        get { shared.value.span }
        set { shared.value.span = newValue }
    }

    public var kind: Kind {
        get { shared.value.kind }
        set { shared.value.kind = newValue }
    }

    public var documentation: Documentation {
        get { shared.value.documentation }
        set { shared.value.documentation = newValue }
    }

    /// The broker as written: a name in `brokers`, or a system directly.
    public var broker: Located<String>? {
        get { shared.value.broker }
        set { shared.value.broker = newValue }
    }

    public var messages: [Located<String>] {
        get { shared.value.messages }
        _modify { yield &shared.value.messages }
    }

    public var ordering: Located<String>? {
        get { shared.value.ordering }
        set { shared.value.ordering = newValue }
    }

    public var delivery: Located<String>? {
        get { shared.value.delivery }
        set { shared.value.delivery = newValue }
    }

    public var retention: Located<Duration>? {
        get { shared.value.retention }
        set { shared.value.retention = newValue }
    }

    public var partitions: Int? {
        get { shared.value.partitions }
        set { shared.value.partitions = newValue }
    }

    public var fifo: Bool? {
        get { shared.value.fifo }
        set { shared.value.fifo = newValue }
    }

    public var deprecated: Deprecation? {
        get { shared.value.deprecated }
        set { shared.value.deprecated = newValue }
    }

    /// The destination names its spans carry, when they differ: ARNs, URLs, templates such as `order.{region}.done`.
    public var telemetryNames: [Located<String>] {
        get { shared.value.telemetryNames }
        _modify { yield &shared.value.telemetryNames }
    }

    public var needs: [Located<String>] {
        get { shared.value.needs }
        _modify { yield &shared.value.needs }
    }

    /// Topics: the channels it delivers to.
    public var deliversTo: [Route] {
        get { shared.value.deliversTo }
        _modify { yield &shared.value.deliversTo }
    }

    /// Queues: where messages go that cannot be handled.
    public var deadLetter: Located<String>? {
        get { shared.value.deadLetter }
        set { shared.value.deadLetter = newValue }
    }

    public var maxReceives: Int? {
        get { shared.value.maxReceives }
        set { shared.value.maxReceives = newValue }
    }

    public var visibilityTimeout: Duration? {
        get { shared.value.visibilityTimeout }
        set { shared.value.visibilityTimeout = newValue }
    }

    /// One entry of `delivers-to`.
    public struct Route: Sendable, Equatable {
        public var channel: Located<String>
        public var filter: String?

        public init(channel: Located<String>, filter: String? = nil) {
            self.channel = channel
            self.filter = filter
        }
    }

    /// `deprecated:`
    public struct Deprecation: Sendable, Equatable {
        public var since: String?
        public var sunset: Located<String>?
        public var use: Located<String>?

        public init() {}
    }
}
