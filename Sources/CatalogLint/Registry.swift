public import SourceDiagnostics

/// Every rule. A rule is one file and one line here, in the order of its group.
public let allRules: [any Rule] = [
    // Structure
    DuplicateName(),
    InvalidValue(),
    MissingKey(),
    SyntaxError(),
    UndeclaredStep(),
    UnknownKey(),
    UnknownReference(),
    WrongType(),
    // Documentation
    BrokenLink(),
    DeadLetterWithoutOwner(),
    DeprecatedChannelInUse(),
    MessageWithoutSchema(),
    MissingDescription(),
    MissingOwner(),
    StaleBaseline(),
    SunsetPassed(),
    UnusedIgnore(),
    // Who publishes, who subscribes
    EventCycle(),
    IsolatedService(),
    MessageMismatch(),
    MixedMessages(),
    QueueWithoutConsumer(),
    SelfSubscription(),
    SharedQueue(),
    TopicWithoutConsumer(),
    TopicWithoutProducer(),
    // Does the broker guarantee what the design needs?
    FanOutOnQueue(),
    LogWithoutNeed(),
    LossyChannel(),
    MissingDeadLetter(),
    MissingRetries(),
    NonIdempotentConsumer(),
    OrderingUnsupported(),
    OrderingWithoutKey(),
    PublishWithoutOutbox(),
    ReplayUnsupported(),
    RetentionTooShort(),
    // Synchronous dependencies
    DeepSyncChain(),
    DeferredWorkOverSync(),
    GatewaySinglePoint(),
    HiddenSynchronousDependency(),
    ImmediateNeedOverAsync(),
    MissingFailurePolicy(),
    MissingTimeout(),
    OrchestratorSinglePoint(),
    SyncCycle(),
    UndiscoverableService(),
    // Conventions
    BrokerConvention(),
    ChannelName(),
    GraphQLBetweenServices(),
    GraphQLWithoutBatching(),
    GRPCFromBrowser(),
    MessageTypeName(),
    MixedSyncProtocols(),
    ProtocolConvention(),
    ServiceName(),
    // Flows
    ChoreographyWithCompensation(),
    FlowWithoutOwner(),
    LongChoreography(),
    // Drift
    BrokenPropagation(),
    DeadlineMissed(),
    GrowingLag(),
    ObservedDuplicate(),
    ObservedSynchronousWait(),
    UnconsumedMessage(),
    UndocumentedCall(),
    UndocumentedChannel(),
    UndocumentedConsumer(),
    UndocumentedProducer(),
    UndocumentedRoute(),
    UnobservedCall(),
    UnobservedConsumer(),
    UnobservedProducer(),
    UnobservedService(),
]

private let rulesByName = Dictionary(uniqueKeysWithValues: allRules.map { ($0.name, $0) })

/// The rule of that name; nil where there is none.
public func lintRule(named name: String) -> (any Rule)? { rulesByName[name] }

/// Every rule in a line, for report formats that list them.
public var ruleSummaries: [RuleSummary] {
    allRules.map {
        RuleSummary(name: $0.name, severity: $0.severity ?? .warning, summary: $0.summary, explanation: $0.explanation)
    }
}
