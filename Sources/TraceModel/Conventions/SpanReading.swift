/// What a span is to the event flow, as the conventions table reads it (`Conventions.read`).
public struct SpanReading: Sendable, Equatable {
    /// The part the span plays.
    public var role: SpanRole = .other
    /// The messaging system, in the catalog's spelling (`aws-sns`, `kafka`), or the RPC protocol of a call (`grpc`,
    /// `rest`, `graphql`); empty where nothing says.
    public var system = ""
    /// The channel as the span names it, normalised: an ARN or a queue URL is its last part, a reply queue
    /// collapses to `amq.gen-*`; empty where nothing says.
    public var channel = ""
    /// The channel is a temporary one (a reply queue, an inbox).
    public var isTemporary = false
    /// The consumer group or subscription, where the span names one.
    public var group = ""
    /// The operation of a call: `GET /orders/{id}`, `fleet.Member/GetBalance`.
    public var operation = ""
    /// The message's own id, where the span carries one; on a partitioned log, partition and offset stand in for it.
    public var messageID = ""
    /// `messageID` was made from partition and offset.
    public var isMessageIDOffset = false
    /// The span itself shows that a message was there: a `receive` without it may be an empty poll.
    public var carriesMessage = false
    /// The correlation ID of the business request, where the span carries one.
    public var correlationID = ""
    /// The service that a call goes to, where the caller's span says so (`peer.service`).
    public var peer = ""
    /// How many messages the span sends or takes, where it says so; zero where not.
    public var batchCount = 0
    /// Which delivery of its message this is by the broker's count, from 1; zero where nothing says.
    public var deliveryAttempt = 0
    /// Which versions of the conventions have the names that the span carries.
    public var generation = ConventionGeneration.none

    public init() {}
}

/// The part a span plays in the event flow.
public enum SpanRole: UInt8, Sendable, Equatable, CaseIterable {
    /// None: work inside a service, a database call.
    case other
    /// Creates or sends messages.
    case publish
    /// Fetches messages from a channel, which is not handling them yet.
    case receive
    /// Handles messages.
    case process
    /// The caller's side of a synchronous call.
    case client
    /// The callee's side of a synchronous call.
    case server

    /// Whether the span takes messages from a channel.
    public var consumes: Bool { self == .receive || self == .process }
}
