/// A catalog as the text of one file that people go on writing by hand: every key that says something, and comments.
///
/// Reading the text gives an equal catalog, but for where things stand.
public struct CatalogFile: Sendable {
    public var imported: ImportedCatalog
    /// Comment lines at the top.
    public var header: [String]

    public init(_ imported: ImportedCatalog, header: [String] = []) {
        self.imported = imported
        self.header = header
    }

    private var catalog: Catalog { imported.catalog }

    public var text: String {
        var members: [(String, YAMLValue)] = []
        let about = catalog.about
        let system = [
            Self.member("name", about.title), Self.member("description", about.description),
            Self.member("owner", about.owner),
        ].compactMap(\.self)
        if !system.isEmpty { members.append(("catalog", .map(system))) }
        add("brokers", catalog.brokers.map { ($0.name, Self.broker($0), []) }, to: &members)
        add("services", catalog.services.map { ($0.name, Self.service($0), notes(.service, $0.name)) }, to: &members)
        for (key, kind) in [("topics", Channel.Kind.topic), ("queues", .queue)] {
            let channels = catalog.channels.filter { $0.kind == kind }
            add(key, channels.map { ($0.name, Self.channel($0), notes(.channel, $0.name)) }, to: &members)
        }
        add("messages", catalog.messages.map { ($0.name, Self.message($0), notes(.message, $0.name)) }, to: &members)
        add("flows", catalog.flows.map { ($0.name, Self.flow($0), notes(.flow, $0.name)) }, to: &members)
        var comments = header
        if !imported.losses.isEmpty { comments += ["", "Not carried over:"] + imported.losses.map { "- \($0)" } }
        let document = YAMLValue.map(members).document
        return (comments.isEmpty ? "" : comments.map { yamlComment($0) + "\n" }.joined() + "\n") + document
    }

    private func notes(_ kind: ImportedCatalog.Subject.Kind, _ name: String) -> [String] {
        imported.notes[ImportedCatalog.Subject(kind, name)] ?? []
    }

    private func add(
        _ key: String, _ entries: [(name: String, value: YAMLValue, notes: [String])],
        to members: inout [(String, YAMLValue)]
    ) {
        guard !entries.isEmpty else { return }
        members.append(
            (key, .map(entries.map { ($0.name, $0.notes.isEmpty ? $0.value : .commented($0.notes, $0.value)) })))
    }

    // MARK: - Definitions

    private typealias Members = [(String, YAMLValue)]

    private static func broker(_ broker: Broker) -> YAMLValue {
        .map(
            [
                ("system", .text(broker.system.rawValue)), member("url", broker.url),
                member("description", broker.description),
            ].compactMap(\.self))
    }

    private static func service(_ service: Service) -> YAMLValue {
        var members = documentation(service.documentation)
        if service.kind != .service { members.append(("kind", .text(service.kind.rawValue))) }
        members += list("telemetry-names", service.telemetryNames.map(\.value))
        if let replicas = service.replicas { members.append(("replicas", .number(replicas))) }
        members += [member("discovery", service.discovery)].compactMap(\.self)
        if !service.calls.isEmpty { members.append(("calls", .list(service.calls.map(call)))) }
        if !service.publishes.isEmpty { members.append(("publishes", .list(service.publishes.map(publication)))) }
        if !service.subscribes.isEmpty { members.append(("subscribes", .list(service.subscribes.map(subscription)))) }
        return .map(members)
    }

    private static func call(_ call: Call) -> YAMLValue {
        entry(
            call.service.value, "service",
            [
                member("protocol", call.protocol?.value), member("operation", call.operation),
                member("purpose", call.purpose), member("needs", call.needs?.value),
                member("timeout", call.timeout?.catalogText), call.retries.map { ("retries", .number($0)) },
                member("on-failure", call.onFailure), member("batching", call.batching),
            ])
    }

    private static func publication(_ publication: Publication) -> YAMLValue {
        let awaits: (String, YAMLValue)? =
            switch publication.awaits {
            case .reply(let channel): ("awaits", .map([("reply", .text(channel.value))]))
            case .polls(let service, let every):
                (
                    "awaits",
                    .map([("polls", .text(service.value))] + [member("every", every?.catalogText)].compactMap(\.self))
                )
            case nil: nil
            }
        return entry(
            publication.channel.value, "channel",
            [
                member("message", publication.message?.value), member("key", publication.key),
                publication.outbox.map { ("outbox", .bool($0)) }, awaits, member("when", publication.when),
            ])
    }

    private static func subscription(_ subscription: Subscription) -> YAMLValue {
        let needs: Members = [
            member("within", subscription.needs.within?.value.catalogText),
            subscription.needs.ordering.map { ("ordering", .bool($0.value)) },
            subscription.needs.replay.map { ("replay", .bool($0.value)) },
            subscription.needs.durable.map { ("durable", .bool($0.value)) },
        ].compactMap(\.self)
        return entry(
            subscription.channel.value, "channel",
            [
                member("group", subscription.group), member("message", subscription.message?.value),
                subscription.idempotent.map { ("idempotent", .bool($0.value)) },
                needs.isEmpty ? nil : ("needs", .map(needs)), subscription.retries.map { ("retries", .number($0)) },
                member("dead-letter", subscription.deadLetter?.value),
                member("max-downtime", subscription.maxDowntime?.value.catalogText),
            ])
    }

    private static func channel(_ channel: Channel) -> YAMLValue {
        var members = documentation(channel.documentation)
        members += [member("broker", channel.broker?.value)].compactMap(\.self)
        members += list("messages", channel.messages.map(\.value))
        members += [
            member("ordering", channel.ordering?.value), member("delivery", channel.delivery?.value),
            member("retention", channel.retention?.value.catalogText),
            channel.partitions.map { ("partitions", .number($0)) }, channel.fifo.map { ("fifo", .bool($0)) },
        ].compactMap(\.self)
        if let deprecated = channel.deprecated {
            let parts = [
                member("since", deprecated.since), member("sunset", deprecated.sunset?.value),
                member("use", deprecated.use?.value),
            ].compactMap(\.self)
            members.append(("deprecated", .map(parts)))
        }
        members += list("telemetry-names", channel.telemetryNames.map(\.value))
        members += list("needs", channel.needs.map(\.value))
        if !channel.deliversTo.isEmpty {
            let routes = channel.deliversTo.map { entry($0.channel.value, "channel", [member("filter", $0.filter)]) }
            members.append(("delivers-to", .list(routes)))
        }
        members += [
            member("dead-letter", channel.deadLetter?.value), channel.maxReceives.map { ("max-receives", .number($0)) },
            member("visibility-timeout", channel.visibilityTimeout?.catalogText),
        ].compactMap(\.self)
        return .map(members)
    }

    private static func message(_ message: Message) -> YAMLValue {
        .map(
            documentation(message.documentation)
                + [
                    member("version", message.version), member("schema", message.schema?.value),
                    member("compatibility", message.compatibility), member("example", message.example),
                ].compactMap(\.self))
    }

    private static func flow(_ flow: Flow) -> YAMLValue {
        var members = documentation(flow.documentation)
        members += [member("style", flow.style?.value.rawValue)].compactMap(\.self)
        if flow.compensates { members.append(("compensates", .bool(true))) }
        members += [member("orchestrator", flow.orchestrator?.value)].compactMap(\.self)
        let steps = flow.steps.map { step -> YAMLValue in
            .map(
                [
                    ("from", .text(step.service.value)), (step.action.rawValue, .text(step.target.value)),
                    member("note", step.note), step.isOptional ? ("optional", .bool(true)) : nil,
                ].compactMap(\.self))
        }
        if !steps.isEmpty { members.append(("steps", .list(steps))) }
        return .map(members)
    }

    // MARK: - Parts

    private static func documentation(_ documentation: Documentation) -> Members {
        [
            member("title", documentation.title), member("description", documentation.description),
            member("owner", documentation.owner), member("domain", documentation.domain),
            member("repository", documentation.repository),
        ].compactMap(\.self) + list("links", documentation.links) + list("tags", documentation.tags)
    }

    private static func member(_ key: String, _ text: String?) -> (String, YAMLValue)? { text.map { (key, .text($0)) } }

    private static func list(_ key: String, _ texts: [String]) -> Members {
        texts.isEmpty ? [] : [(key, .list(texts.map { .text($0) }))]
    }

    /// A bare name where there is nothing else to say.
    private static func entry(_ name: String, _ key: String, _ others: [(String, YAMLValue)?]) -> YAMLValue {
        let others = others.compactMap(\.self)
        return others.isEmpty ? .text(name) : .map([(key, .text(name))] + others)
    }
}
