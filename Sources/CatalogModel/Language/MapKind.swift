/// The maps of the catalog language that have fixed keys.
enum MapKind: String, Sendable, CaseIterable {
    case file, catalog, conventions, correlation, namePatterns
    case broker, service, topic, queue, message, flow
    case call, publication, awaits, subscription, subscriptionNeeds
    case route, deprecation, step

    /// Whether the map stands under a name of its own: `services.NAME`.
    var definitionNoun: String? {
        switch self {
        case .broker: "broker"
        case .service: "service"
        case .topic: "topic"
        case .queue: "queue"
        case .message: "message"
        case .flow: "flow"
        default: nil
        }
    }

    /// What one entry of a list stands for, in an error.
    var entryPhrase: String {
        switch self {
        case .call: "a service's name"
        default: "a channel's name"
        }
    }

    var entryPlural: String {
        switch self {
        case .call: "services"
        default: "channels"
        }
    }

    /// The keys of which exactly one must stand in the map; none for most maps.
    var alternatives: [CatalogKey] {
        switch self {
        case .awaits: [.reply, .polls]
        case .step: [.calls, .publishes, .handles]
        default: []
        }
    }

    var description: MapDescription { MapDescription.all[self] ?? MapDescription(keys: []) }
}

/// The keys of a map, in the order in which documentation shows them. The first one is what a bare entry means.
struct MapDescription: Sendable {
    var keys: [KeyDescription]

    func key(_ key: CatalogKey) -> KeyDescription? { keys.first { $0.key == key } }
}

/// One key: what may stand there and what it means.
struct KeyDescription: Sendable {
    var key: CatalogKey
    var type: ValueType
    var isRequired = false
    /// One line for documentation and schemas.
    var summary: String

    init(_ key: CatalogKey, _ type: ValueType, required: Bool = false, _ summary: String) {
        self.key = key
        self.type = type
        isRequired = required
        self.summary = summary
    }
}
