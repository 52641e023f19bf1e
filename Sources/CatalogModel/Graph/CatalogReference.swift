public import SourceDiagnostics

/// One place where the catalog names something that is defined elsewhere.
public struct CatalogReference: Sendable, Equatable {
    /// What the name must be.
    public var target: ReferenceTarget
    public var name: String
    public var span: SourceSpan
    /// The definition that names it.
    public var owner: String
    public var role: Role

    /// In what way the owner names it.
    public enum Role: String, Sendable, CaseIterable {
        case calls, publishes, awaitsReply, polls, subscribes, subscriptionDeadLetter, publishedMessage
        case expectedMessage, broker, carriedMessage, deliversTo, deadLetter, replacement, conventionBroker
        case orchestrator, stepService, stepTarget

        /// `'billing' subscribes to 'order.paid'`: what stands between the two names.
        public var verb: String {
            switch self {
            case .calls: "calls"
            case .publishes: "publishes to"
            case .awaitsReply: "awaits a reply on"
            case .polls: "polls"
            case .subscribes: "subscribes to"
            case .subscriptionDeadLetter, .deadLetter: "sends dead letters to"
            case .publishedMessage: "publishes the message"
            case .expectedMessage: "expects the message"
            case .broker: "runs on"
            case .carriedMessage: "carries the message"
            case .deliversTo: "delivers to"
            case .replacement: "is replaced by"
            case .conventionBroker: "allow the broker"
            case .orchestrator: "is directed by"
            case .stepService: "has a step of"
            case .stepTarget: "has a step to"
            }
        }
    }
}

extension CatalogReference {
    /// `'billing' subscribes to it`: the reference, said of the name.
    public var phrase: String {
        switch role {
        case .conventionBroker: "the conventions allow it"
        case .carriedMessage: "'\(owner)' carries it"
        case .publishedMessage: "'\(owner)' publishes it"
        case .expectedMessage: "'\(owner)' expects it"
        default: "'\(owner)' \(role.verb) it"
        }
    }
}

extension Catalog {
    /// Every reference, in the order of brokers, services, channels, flows.
    public var references: [CatalogReference] {
        var all: [CatalogReference] = []
        eachReference { all.append($0) }
        return all
    }

    /// Visits every reference, in the order of brokers, services, channels, flows.
    func eachReference(_ body: (CatalogReference) -> Void) {
        for broker in conventions.brokers { body(CatalogReference(.broker, broker, "conventions", .conventionBroker)) }
        for index in services.indices { services[index].eachReference(body) }
        for channel in channels { channel.eachReference(body) }
        for flow in flows { flow.eachReference(body) }
    }
}

extension CatalogReference {
    fileprivate init(_ target: ReferenceTarget, _ name: Located<String>, _ owner: String, _ role: Role) {
        self.init(target: target, name: name.value, span: name.span, owner: owner, role: role)
    }
}

extension Service {
    /// Visits every reference of the service. By index, since a loop over its entries would copy each.
    func eachReference(_ body: (CatalogReference) -> Void) {
        let (name, calls, publishes, subscribes) = (name, calls, publishes, subscribes)
        for index in calls.indices { body(CatalogReference(.service, calls[index].service, name, .calls)) }
        for index in publishes.indices {
            body(CatalogReference(.channel, publishes[index].channel, name, .publishes))
            if let message = publishes[index].message {
                body(CatalogReference(.message, message, name, .publishedMessage))
            }
            switch publishes[index].awaits {
            case .reply(let channel): body(CatalogReference(.channel, channel, name, .awaitsReply))
            case .polls(let polled, _): body(CatalogReference(.service, polled, name, .polls))
            case nil: break
            }
        }
        for index in subscribes.indices {
            body(CatalogReference(.channel, subscribes[index].channel, name, .subscribes))
            if let message = subscribes[index].message {
                body(CatalogReference(.message, message, name, .expectedMessage))
            }
            if let channel = subscribes[index].deadLetter {
                body(CatalogReference(.channel, channel, name, .subscriptionDeadLetter))
            }
        }
    }
}

extension Channel {
    /// Visits every reference of the channel.
    func eachReference(_ body: (CatalogReference) -> Void) {
        let name = name
        if let broker { body(CatalogReference(.broker, broker, name, .broker)) }
        for message in messages { body(CatalogReference(.message, message, name, .carriedMessage)) }
        for route in deliversTo { body(CatalogReference(.channel, route.channel, name, .deliversTo)) }
        if let deadLetter { body(CatalogReference(.channel, deadLetter, name, .deadLetter)) }
        if let use = deprecated?.use { body(CatalogReference(.channel, use, name, .replacement)) }
    }
}

extension Flow {
    /// Visits every reference of the flow.
    func eachReference(_ body: (CatalogReference) -> Void) {
        if let orchestrator { body(CatalogReference(.service, orchestrator, name, .orchestrator)) }
        for step in steps {
            body(CatalogReference(.service, step.service, name, .stepService))
            let target: ReferenceTarget = step.action == .calls ? .service : .channel
            body(CatalogReference(target, step.target, name, .stepTarget))
        }
    }
}
