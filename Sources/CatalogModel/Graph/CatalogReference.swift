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
        func visit(
            _ target: ReferenceTarget, _ name: Located<String>?, _ owner: String, _ role: CatalogReference.Role
        ) {
            guard let name else { return }
            body(CatalogReference(target: target, name: name.value, span: name.span, owner: owner, role: role))
        }
        for broker in conventions.brokers { visit(.broker, broker, "conventions", .conventionBroker) }
        for service in services {
            for call in service.calls { visit(.service, call.service, service.name, .calls) }
            for publication in service.publishes {
                visit(.channel, publication.channel, service.name, .publishes)
                visit(.message, publication.message, service.name, .publishedMessage)
                switch publication.awaits {
                case .reply(let channel): visit(.channel, channel, service.name, .awaitsReply)
                case .polls(let polled, _): visit(.service, polled, service.name, .polls)
                case nil: break
                }
            }
            for subscription in service.subscribes {
                visit(.channel, subscription.channel, service.name, .subscribes)
                visit(.message, subscription.message, service.name, .expectedMessage)
                visit(.channel, subscription.deadLetter, service.name, .subscriptionDeadLetter)
            }
        }
        for channel in channels {
            visit(.broker, channel.broker, channel.name, .broker)
            for message in channel.messages { visit(.message, message, channel.name, .carriedMessage) }
            for route in channel.deliversTo { visit(.channel, route.channel, channel.name, .deliversTo) }
            visit(.channel, channel.deadLetter, channel.name, .deadLetter)
            visit(.channel, channel.deprecated?.use, channel.name, .replacement)
        }
        for flow in flows {
            visit(.service, flow.orchestrator, flow.name, .orchestrator)
            for step in flow.steps {
                visit(.service, step.service, flow.name, .stepService)
                let target: ReferenceTarget = step.action == .calls ? .service : .channel
                visit(target, step.target, flow.name, .stepTarget)
            }
        }
    }
}
