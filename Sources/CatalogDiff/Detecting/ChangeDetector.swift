/// Finds one sort of differences.
protocol ChangeDetector: Sendable {
    func changes(_ context: DiffContext) -> [CatalogChange]
}

/// Every detector. A detector is one file and one line here.
let changeDetectors: [any ChangeDetector] = [
    BrokerChanges(),
    CallChanges(),
    ChannelChanges(),
    ChannelPromiseChanges(),
    FlowChanges(),
    MessageChanges(),
    MessageVersionChanges(),
    PublisherChanges(),
    QueueSharing(),
    RouteChanges(),
    SchemaChanges(),
    ServiceChanges(),
    SubscriberChanges(),
]
