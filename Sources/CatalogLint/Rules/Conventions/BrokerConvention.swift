import CatalogModel
import SourceDiagnostics

/// A channel on a broker that was not agreed.
struct BrokerConvention: Rule {
    let name = "broker-convention"
    let group = RuleGroup.conventions
    let severity: Severity? = .warning
    let summary = "a channel on a broker that was not agreed"
    let explanation = """
        Every messaging system must be run, watched, secured and known by somebody at night.
        `conventions.brokers` lists those that channels may use: names of `brokers`, or messaging systems.
        """
    let bad = [
        """
        conventions:
          brokers: [aws-sns, aws-sqs]
        topics:
          order.completed: { broker: ⟦rabbitmq⟧ }
        """
    ]
    let good = [
        """
        conventions:
          brokers: [main]
        brokers:
          main: { system: kafka }
        topics:
          order.completed: { broker: main }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        let agreed = context.catalog.conventions.brokers
        guard let first = agreed.first else { return [] }
        let names = Set(agreed.map(\.value))
        return context.catalog.channels.compactMap { channel in
            guard let broker = channel.broker, !names.contains(broker.value) else { return nil }
            if let system = channel.system, names.contains(system.rawValue) { return nil }
            return finding(
                "\(channel.kind.rawValue) '\(channel.name)' runs on '\(broker.value)', and channels use \(quotedList(agreed.map(\.value)))",
                at: broker.span, label: "not agreed", related: [RelatedPlace(span: first.span, label: "agreed here")])
        }
    }
}
