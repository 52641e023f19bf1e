public import SourceDiagnostics

/// What a system's people wrote down about it: services, channels, messages and flows, each with where it stands.
///
/// The lists are sorted by name. A catalog that was loaded with errors holds everything that could be read.
public struct Catalog: Sendable, Equatable {
    /// The `catalog:` map: name, description and owner of the whole system.
    public var about = Documentation()
    public var conventions = Conventions()
    public var brokers: [Broker] = []
    public var services: [Service] = []
    /// Topics and queues, which share one namespace.
    public var channels: [Channel] = []
    public var messages: [Message] = []
    public var flows: [Flow] = []

    public init() {}
}

/// A value and where it stands.
public struct Located<Value: Sendable & Equatable>: Sendable, Equatable {
    public var value: Value
    public var span: SourceSpan

    public init(_ value: Value, _ span: SourceSpan) {
        self.value = value
        self.span = span
    }
}

/// `conventions:` — one way, kept everywhere.
public struct Conventions: Sendable, Equatable {
    /// `conventions.correlation.attributes`: span attributes that carry the correlation ID, strongest first.
    public var correlationAttributes: [String] = []
    /// Patterns by what they name: `channel`, `service`, `message`.
    public var namePatterns: [String: Located<String>] = [:]
    public var protocols: [Located<String>] = []
    public var brokers: [Located<String>] = []

    public init() {}
}

/// A named instance of a messaging system.
public struct Broker: Sendable, Equatable {
    public var name: String
    /// Where the name is defined.
    public var span: SourceSpan
    public var system: MessagingSystem
    public var url: String?
    public var description: String?

    public init(name: String, span: SourceSpan, system: MessagingSystem) {
        self.name = name
        self.span = span
        self.system = system
    }
}

/// A service's role. Browsers, mobile apps and external systems stand outside the system boundary.
public enum ServiceKind: String, Sendable, CaseIterable {
    case service, gateway, orchestrator, browser, mobile, external

    /// Whether the service is part of the system that the catalog's owners run.
    public var isInside: Bool { self != .browser && self != .mobile && self != .external }
}

/// A synchronous dependency.
public struct Call: Sendable, Equatable {
    /// The called service's name, where it stands.
    public var service: Located<String>
    /// `rest`, `grpc`, `grpc-web`, `graphql`, `soap` or `websocket`.
    public var `protocol`: Located<String>?
    public var operation: String?
    public var purpose: String?
    /// `immediate` or `deferred`.
    public var needs: Located<String>?
    public var timeout: Duration?
    public var retries: Int?
    /// `fail`, `fallback` or `circuit-breaker`.
    public var onFailure: String?
    /// `dataloader` or `none`.
    public var batching: String?

    public init(service: Located<String>) { self.service = service }
}

/// A service sends messages to a channel.
public struct Publication: Sendable, Equatable {
    public var channel: Located<String>
    public var message: Located<String>?
    public var key: String?
    public var outbox: Bool?
    public var awaits: Awaits?
    public var when: String?

    public init(channel: Located<String>) { self.channel = channel }

    /// What the publisher waits for afterwards.
    public enum Awaits: Sendable, Equatable {
        case reply(Located<String>)
        case polls(Located<String>, every: Duration?)
    }
}

/// A service handles the messages of a channel.
public struct Subscription: Sendable, Equatable {
    public var channel: Located<String>
    public var group: String?
    public var message: Located<String>?
    public var idempotent: Located<Bool>?
    public var needs = Needs()
    public var retries: Int?
    public var deadLetter: Located<String>?
    public var maxDowntime: Located<Duration>?

    public init(channel: Located<String>) { self.channel = channel }

    /// What the subscriber cannot do without.
    public struct Needs: Sendable, Equatable {
        public var within: Located<Duration>?
        public var ordering: Located<Bool>?
        public var replay: Located<Bool>?
        public var durable: Located<Bool>?

        public init() {}
    }
}

/// A message type.
public struct Message: Sendable, Equatable {
    public var name: String
    public var span: SourceSpan
    public var documentation = Documentation()
    public var version: String?
    public var schema: Located<String>?
    public var compatibility: String?
    public var example: String?

    public init(name: String, span: SourceSpan) {
        self.name = name
        self.span = span
    }
}

/// A business flow, as steps across services.
public struct Flow: Sendable, Equatable {
    public enum Style: String, Sendable, CaseIterable { case choreography, orchestration, mixed }

    public var name: String
    public var span: SourceSpan
    public var documentation = Documentation()
    public var style: Located<Style>?
    public var compensates: Bool = false
    public var orchestrator: Located<String>?
    public var steps: [Step] = []

    public init(name: String, span: SourceSpan) {
        self.name = name
        self.span = span
    }

    /// `order publishes order.completed`
    public struct Step: Sendable, Equatable {
        public enum Action: String, Sendable, CaseIterable { case calls, publishes, handles }

        public var service: Located<String>
        public var action: Action
        /// The called service, or the channel.
        public var target: Located<String>
        public var note: String?
        public var isOptional: Bool
        /// The whole step.
        public var span: SourceSpan

        public init(
            service: Located<String>, action: Action, target: Located<String>, note: String? = nil,
            isOptional: Bool = false, span: SourceSpan
        ) {
            self.service = service
            self.action = action
            self.target = target
            self.note = note
            self.isOptional = isOptional
            self.span = span
        }
    }
}
