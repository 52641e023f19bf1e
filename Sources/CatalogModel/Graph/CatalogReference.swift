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

extension Catalog {
    /// Every reference, in the order of brokers, services, channels, flows.
    public var references: [CatalogReference] {
        var all: [CatalogReference] = []
        for broker in conventions.brokers { all.append(.broker, broker, "conventions", .conventionBroker) }
        for service in services {
            for call in service.calls { all.append(.service, call.service, service.name, .calls) }
            for publication in service.publishes {
                all.append(.channel, publication.channel, service.name, .publishes)
                all.append(.message, publication.message, service.name, .publishedMessage)
                switch publication.awaits {
                case .reply(let channel): all.append(.channel, channel, service.name, .awaitsReply)
                case .polls(let polled, _): all.append(.service, polled, service.name, .polls)
                case nil: break
                }
            }
            for subscription in service.subscribes {
                all.append(.channel, subscription.channel, service.name, .subscribes)
                all.append(.message, subscription.message, service.name, .expectedMessage)
                all.append(.channel, subscription.deadLetter, service.name, .subscriptionDeadLetter)
            }
        }
        for channel in channels {
            all.append(.broker, channel.broker, channel.name, .broker)
            for message in channel.messages { all.append(.message, message, channel.name, .carriedMessage) }
            for route in channel.deliversTo { all.append(.channel, route.channel, channel.name, .deliversTo) }
            all.append(.channel, channel.deadLetter, channel.name, .deadLetter)
            all.append(.channel, channel.deprecated?.use, channel.name, .replacement)
        }
        for flow in flows {
            all.append(.service, flow.orchestrator, flow.name, .orchestrator)
            for step in flow.steps {
                all.append(.service, step.service, flow.name, .stepService)
                let target: ReferenceTarget = step.action == .calls ? .service : .channel
                all.append(target, step.target, flow.name, .stepTarget)
            }
        }
        return all
    }
}

extension [CatalogReference] {
    fileprivate mutating func append(
        _ target: ReferenceTarget, _ name: Located<String>?, _ owner: String, _ role: CatalogReference.Role
    ) {
        guard let name else { return }
        append(CatalogReference(target: target, name: name.value, span: name.span, owner: owner, role: role))
    }
}
