import CatalogModel

/// Writes the document of one service.
///
/// Source: AsyncAPI Specification 3.0.0, and the bindings repository's versions that its schema names.
struct AsyncAPIWriter {
    private let service: Service
    private let graph: CatalogGraph
    private var channelIDs: [String: String] = [:]
    private var messageIDs: [String: String] = [:]
    /// The messages of each channel, in the order of their first use.
    private var messagesOfChannel: [String: [String]] = [:]

    init(_ service: Service, _ graph: CatalogGraph) {
        self.service = service
        self.graph = graph
    }

    var document: YAMLValue {
        mutating get {
            let channels = channelNames()
            var names = ASCIINames()
            for channel in channels { channelIDs[channel] = names.name(for: channel) }
            collectMessages(channels)
            var members: [(String, YAMLValue)] = [
                ("asyncapi", .text("3.0.0")), ("x-flowglass-service", .text(service.name)), ("info", info),
            ]
            if !channels.isEmpty {
                members.append(("channels", .map(channels.map { (channelIDs[$0] ?? $0, channel($0)) })))
                members.append(("operations", .map(operations())))
            }
            if !messageIDs.isEmpty {
                let messages = messageIDs.sorted { $0.value < $1.value }.map { ($0.value, message($0.key)) }
                members.append(("components", .map([("messages", .map(messages))])))
            }
            if !service.calls.isEmpty { members.append(("x-flowglass-calls", .list(service.calls.map(call)))) }
            return .commented(["Written by flowglass export asyncapi."], .map(members))
        }
    }

    // MARK: - The application

    private var info: YAMLValue {
        let documentation = service.documentation
        var members: [(String, YAMLValue)] = [
            ("title", .text(documentation.title ?? service.name)), ("version", .text("1.0.0")),
        ]
        if let description = documentation.description { members.append(("description", .text(description))) }
        if let owner = documentation.owner { members.append(("contact", .map([("name", .text(owner))]))) }
        if let link = documentation.links.first(where: { $0.hasPrefix("https://") || $0.hasPrefix("http://") }) {
            members.append(("externalDocs", .map([("url", .text(encodedURL(link)))])))
        }
        return .map(members + tags(documentation))
    }

    private func tags(_ documentation: Documentation) -> [(String, YAMLValue)] {
        var seen: Set<String> = []
        let tags = documentation.tags.filter { seen.insert($0).inserted }
        return tags.isEmpty ? [] : [("tags", .list(tags.map { .map([("name", .text($0))]) }))]
    }

    private func call(_ call: Call) -> YAMLValue {
        var members: [(String, YAMLValue)] = [("service", .text(call.service.value))]
        if let name = call.protocol?.value { members.append(("protocol", .text(name))) }
        if let operation = call.operation { members.append(("operation", .text(operation))) }
        return .map(members)
    }

    // MARK: - Channels

    /// The service's own channels, those behind their routes, and those that deliver to them.
    private func channelNames() -> [String] {
        let published = service.publishes.flatMap { graph.reached(from: $0.channel.value) }
        let subscribed = service.subscribes.flatMap { graph.sources(of: $0.channel.value) }
        let replies = service.publishes.compactMap { publication -> String? in
            if case .reply(let channel)? = publication.awaits { channel.value } else { nil }
        }
        return Set(published + subscribed + replies).sorted()
    }

    private func channel(_ name: String) -> YAMLValue {
        var members: [(String, YAMLValue)] = [("address", .text(name))]
        guard let channel = graph.channel(name) else { return .map(members) }
        if let title = channel.documentation.title { members.append(("title", .text(title))) }
        if let description = channel.documentation.description { members.append(("description", .text(description))) }
        members += tags(channel.documentation)
        if let messages = messagesOfChannel[name], !messages.isEmpty {
            members.append(
                (
                    "messages",
                    .map(
                        messages.compactMap { messageIDs[$0] }.map {
                            ($0, .map([("$ref", .text("#/components/messages/\($0)"))]))
                        })
                ))
        }
        if let bindings = AsyncAPIBinding(channel) { members.append(("bindings", bindings.value)) }
        members.append(("x-flowglass-name", .text(name)))
        members.append(("x-flowglass-kind", .text(channel.kind.rawValue)))
        if let system = channel.system { members.append(("x-flowglass-system", .text(system.rawValue))) }
        if !channel.deliversTo.isEmpty {
            members.append(("x-flowglass-delivers-to", .list(channel.deliversTo.map { .text($0.channel.value) })))
        }
        return .map(members)
    }

    // MARK: - Operations

    private func operations() -> [(String, YAMLValue)] {
        var names = ASCIINames()
        var operations: [(String, YAMLValue)] = []
        var replies: Set<String> = []
        for publication in service.publishes {
            let name = publication.channel.value
            var members = operation("send", name, publication.message?.value)
            // A reader takes a reply for a subscription, so that only one that the catalog has is written as one.
            if case .reply(let channel)? = publication.awaits, let id = channelIDs[channel.value],
                service.subscribes.contains(where: { $0.channel.value == channel.value && $0.group == nil })
            {
                members.append(("reply", .map([("channel", reference(id))])))
                replies.insert(channel.value)
            }
            operations.append((names.name(for: "send-\(channelIDs[name] ?? name)"), .map(members)))
        }
        for subscription in service.subscribes {
            let name = subscription.channel.value
            // A reply's channel is subscribed to by the operation that awaits it.
            if subscription.group == nil, replies.remove(name) != nil { continue }
            var members = operation("receive", name, subscription.message?.value)
            if let group = subscription.group {
                if graph.channel(name)?.system == .kafka {
                    let schema = YAMLValue.map([("type", .text("string")), ("enum", .list([.text(group)]))])
                    members.append(("bindings", .map([("kafka", .map([("groupId", schema)]))])))
                }
                members.append(("x-flowglass-group", .text(group)))
            }
            operations.append((names.name(for: "receive-\(channelIDs[name] ?? name)"), .map(members)))
        }
        return operations
    }

    private func operation(_ action: String, _ channel: String, _ message: String?) -> [(String, YAMLValue)] {
        let id = channelIDs[channel] ?? channel
        var members: [(String, YAMLValue)] = [("action", .text(action)), ("channel", reference(id))]
        if let key = message.map(messageName), let messageID = messageIDs[key] {
            members.append(
                ("messages", .list([.map([("$ref", .text("#/channels/\(id)/messages/\(messageID)"))])])))
        }
        return members
    }

    private func reference(_ channel: String) -> YAMLValue { .map([("$ref", .text("#/channels/\(channel)"))]) }

    // MARK: - Messages

    private mutating func collectMessages(_ channels: [String]) {
        for name in channels {
            let own = graph.channel(name)?.messages.map(\.value) ?? []
            let used =
                service.publishes.filter { $0.channel.value == name }.compactMap(\.message?.value)
                + service.subscribes.filter { $0.channel.value == name }.compactMap(\.message?.value)
            var seen: Set<String> = []
            messagesOfChannel[name] = (own + used).map(messageName).filter { seen.insert($0).inserted }
        }
        var names = ASCIINames()
        for message in Set(messagesOfChannel.values.joined()).sorted() {
            messageIDs[message] = names.name(for: message)
        }
    }

    /// The message's name without the version that a reference may add.
    private func messageName(_ reference: String) -> String {
        graph.catalog.message(named: reference)?.name ?? reference
    }

    private func message(_ name: String) -> YAMLValue {
        var members: [(String, YAMLValue)] = [("name", .text(name))]
        guard let message = graph.catalog.message(named: name) else { return .map(members) }
        if let title = message.documentation.title { members.append(("title", .text(title))) }
        if let description = message.documentation.description { members.append(("description", .text(description))) }
        members += tags(message.documentation)
        if let version = message.version { members.append(("x-flowglass-version", .text(version))) }
        if let schema = message.schema?.value { members.append(("x-flowglass-schema", .text(schema))) }
        return .map(members)
    }
}
