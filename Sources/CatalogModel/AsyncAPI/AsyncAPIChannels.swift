import SourceDiagnostics

/// The channels and messages of a document as they are found.
struct AsyncAPIChannels {
    private let document: AsyncAPIDocument
    private(set) var channels: [Channel] = []
    private(set) var messages: [Message] = []
    private var indexes: [String: Int] = [:]
    /// The channels' names by where they stand in their file.
    private var names: [Place: String] = [:]
    private var knownMessages: Set<String> = []
    private let serverSystem: Located<MessagingSystem>?

    private struct Place: Hashable {
        var file: String
        var index: Int
    }

    init(_ document: AsyncAPIDocument) {
        self.document = document
        // A document with servers of one protocol runs on it; with several, a channel must say which.
        let protocols = document.entries(of: document.value("servers", of: document.root)).compactMap {
            document.text("protocol", of: $0.value)
        }
        let systems = Set(protocols.map { messagingSystem(ofProtocol: $0.value) })
        serverSystem =
            systems.count == 1 ? protocols.first.map { Located(messagingSystem(ofProtocol: $0.value), $0.span) } : nil
    }

    /// The name of the channel at a node, which must be one of the document's channels.
    func name(of node: AsyncAPIDocument.Node?) -> String? {
        node.flatMap { names[Place(file: $0.file.source.path, index: $0.index)] }
    }

    /// Adds a channel and returns its name.
    mutating func add(name: Located<String>, address: String?, _ item: AsyncAPIDocument.Node) -> String {
        let place = Place(file: item.file.source.path, index: item.index)
        if let known = indexes[name.value] {
            names[place] = name.value
            return channels[known].name
        }
        let bindings = document.entries(of: document.value("bindings", of: item))
        let system = self.system(of: item, bindings)
        var channel = Channel(name: name.value, span: name.span, kind: isQueue(bindings) ? .queue : .topic)
        channel.documentation.title = document.text("title", of: item)?.value
        channel.documentation.description =
            (document.text("description", of: item) ?? document.text("summary", of: item))?.value
        channel.documentation.tags = document.elements(of: document.value("tags", of: item)).compactMap {
            document.text("name", of: $0)?.value
        }
        channel.broker = system.map { Located($0.value.rawValue, $0.span) }
        channel.telemetryNames = telemetryNames(name, address, bindings)
        let deadLetters = AsyncAPIBindings(document, bindings).apply(to: &channel)
        document.complete(&channel, with: item)
        indexes[name.value] = channels.count
        names[place] = name.value
        channels.append(channel)
        if let deadLetters, indexes[deadLetters.name] == nil {
            indexes[deadLetters.name] = channels.count
            channels.append(deadLetters)
        }
        return name.value
    }

    /// What an operation's bindings say of its channel.
    mutating func addBindings(of operation: AsyncAPIDocument.Node, to channel: String) {
        guard let index = indexes[channel] else { return }
        let bindings = document.entries(of: document.value("bindings", of: operation))
        AsyncAPIBindings(document, bindings).applyOperation(to: &channels[index])
    }

    /// Adds the messages of an operation or a channel to its channel. Where there is just one, the result names it.
    mutating func addMessages(_ node: AsyncAPIDocument.Node?, to channel: String) -> Located<String>? {
        guard let node else { return nil }
        var found: [(name: Located<String>, node: AsyncAPIDocument.Node)] = []
        if node.kind == .sequence {
            found = document.elements(of: node).compactMap { named($0, key: nil) }
        } else if let choices = document.value("oneOf", of: node) {
            found = document.elements(of: choices).compactMap { named($0, key: nil) }
        } else if isMessage(node) {
            found = [named(node, key: nil)].compactMap(\.self)
        } else {
            found = document.entries(of: node).compactMap { named($0.value, key: $0.key) }
        }
        for (name, node) in found {
            define(name, node)
            if let index = indexes[channel], !channels[index].messages.contains(where: { $0.value == name.value }) {
                channels[index].messages.append(name)
            }
        }
        return found.count == 1 ? found.first?.name : nil
    }

    /// The Kafka group or NATS queue of an operation, where its binding fixes one.
    func group(of operation: AsyncAPIDocument.Node) -> String? {
        if let own = document.text("x-flowglass-group", of: operation) { return own.value }
        let bindings = document.value("bindings", of: operation)
        if let queue = document.text("queue", of: document.value("nats", of: bindings)) { return queue.value }
        let kafka = document.value("kafka", of: bindings)
        guard let group = document.value("groupId", of: kafka) else { return nil }
        if let text = group.text { return text }
        if let fixed = document.text("const", of: group)?.value { return fixed }
        let choices = document.elements(of: document.value("enum", of: group)).compactMap(\.text)
        return choices.count == 1 ? choices.first : nil
    }

    // MARK: Messages

    private func isMessage(_ node: AsyncAPIDocument.Node) -> Bool {
        let keys: Set<String> = [
            "payload", "headers", "name", "title", "summary", "description", "messageId", "contentType",
            "correlationId",
            "schemaFormat", "bindings", "examples", "tags", "traits", "externalDocs",
        ]
        if node.referredAs != nil { return true }
        return document.entries(of: node).contains {
            keys.contains($0.key.value) && !($0.value.kind == .mapping && isNamedMessage($0))
        }
    }

    /// A channel may well have a message that is called `payload` or `name`: then its value looks like a message.
    private func isNamedMessage(_ entry: (key: Located<String>, value: AsyncAPIDocument.Node)) -> Bool {
        entry.key.value != "payload" && entry.key.value != "headers"
            && document.value("payload", of: entry.value) != nil
    }

    /// A message's name: what it says, how it was referred to, or the key it stands at.
    private func named(
        _ node: AsyncAPIDocument.Node, key: Located<String>?
    ) -> (name: Located<String>, node: AsyncAPIDocument.Node)? {
        if let name = document.text("name", of: node) ?? document.text("messageId", of: node) { return (name, node) }
        if let referred = node.referredAs { return (Located(referred, node.span), node) }
        if let key { return (key, node) }
        return document.text("title", of: node).map { ($0, node) }
    }

    private mutating func define(_ name: Located<String>, _ node: AsyncAPIDocument.Node) {
        guard knownMessages.insert(name.value).inserted else { return }
        var message = Message(name: name.value, span: name.span)
        message.documentation.title = document.text("title", of: node)?.value
        message.documentation.description =
            (document.text("description", of: node) ?? document.text("summary", of: node))?.value
        message.version = document.text("x-flowglass-version", of: node)?.value
        if let schema = document.text("x-flowglass-schema", of: node) ?? document.reference("payload", of: node) {
            message.schema = schema
        } else if let payload = document.value("payload", of: node) {
            // The schema stands in the document itself; a reference within it is no file that could be missing.
            message.schema = Located("#\(name.value)", payload.span)
        }
        messages.append(message)
    }

    // MARK: Bindings

    private func system(
        of item: AsyncAPIDocument.Node, _ bindings: [(key: Located<String>, value: AsyncAPIDocument.Node)]
    ) -> Located<MessagingSystem>? {
        let bound = bindings.map { Located(messagingSystem(ofProtocol: $0.key.value), $0.key.span) }
        if let first = bound.first(where: { $0.value != .other }),
            Set(bound.map(\.value)).subtracting([.other]).count == 1
        {
            return first
        }
        return ownServers(of: item) ?? serverSystem
    }

    /// The system of the servers that the channel restricts itself to, where they agree.
    private func ownServers(of item: AsyncAPIDocument.Node) -> Located<MessagingSystem>? {
        let all = document.value("servers", of: document.root)
        let protocols = document.elements(of: document.value("servers", of: item)).compactMap {
            server -> Located<String>? in
            if let name = server.text { return document.text("protocol", of: document.value(name, of: all)) }
            return document.text("protocol", of: server)
        }
        let systems = Set(protocols.map { messagingSystem(ofProtocol: $0.value) })
        guard systems.count == 1, let first = protocols.first else { return nil }
        return Located(messagingSystem(ofProtocol: first.value), first.span)
    }

    private func isQueue(_ bindings: [(key: Located<String>, value: AsyncAPIDocument.Node)]) -> Bool {
        bindings.contains { binding in
            switch binding.key.value {
            case "sqs": true
            case "amqp", "amqps": document.text("is", of: binding.value)?.value == "queue"
            case "jms", "ibmmq": document.text("destinationType", of: binding.value)?.value.lowercased() == "queue"
            default: false
            }
        }
    }

    /// The destination names that spans carry, where they are not the channel's name.
    private func telemetryNames(
        _ name: Located<String>, _ address: String?, _ bindings: [(key: Located<String>, value: AsyncAPIDocument.Node)]
    ) -> [Located<String>] {
        var names: [Located<String>] = []
        if let address, address != name.value, address != "/" { names.append(Located(address, name.span)) }
        for (key, binding) in bindings {
            let own: Located<String>? =
                switch key.value {
                case "kafka": document.text("topic", of: binding)
                case "sns": document.text("name", of: binding)
                case "sqs", "amqp", "amqps": document.text("name", of: document.value("queue", of: binding))
                case "googlepubsub": document.text("topic", of: binding)
                default: nil
                }
            if let own, own.value != name.value { names.append(own) }
        }
        return names
    }
}
