import SourceDiagnostics

/// Reads an EventCatalog into a catalog.
///
/// A service's `sends` and `receives` become `publishes` and `subscribes`, on the channels that they name, else on a topic
/// (events) or queue (commands) of the message's own name. A query, and a command with an HTTP operation, is a call from
/// whoever sends it to whoever receives it.
public struct EventCatalogImporter {
    private var imported = ImportedCatalog()
    private var documents: [EventCatalogDocument] = []
    private var messages: [String: EventCatalogDocument] = [:]
    private var domains: [String: String] = [:]
    private var channelIndexes: [String: Int] = [:]
    private let span = SourceSpan(file: "", line: 1, column: 1)

    /// - Parameter files: The `.mdx` and `.md` files, by their paths from the EventCatalog's folder.
    public static func read(_ files: [(path: String, text: String)]) -> ImportedCatalog {
        var importer = EventCatalogImporter()
        importer.read(files)
        return importer.imported
    }

    private init() {}

    private mutating func read(_ files: [(path: String, text: String)]) {
        let sorted = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        let all = sorted.compactMap { EventCatalogDocument(path: $0.path, text: $0.text) }
        var seen: Set<String> = []
        documents = all.filter { !$0.isOldVersion && seen.insert("\($0.kind.rawValue)/\($0.id)").inserted }
        for document in documents {
            switch document.kind {
            case .domains: if let folder = document.domainFolder { domains[folder] = document.id }
            case .events, .commands, .queries: messages[document.id] = document
            default: break
            }
        }
        for document in documents where document.kind == .channels { addChannel(document) }
        for document in documents where document.kind == .services { addService(document) }
        addCalls()
        for document in documents where document.kind == .flows { addFlow(document) }
        for document in messages.values { addMessage(document) }
        addLosses(all)
        imported.catalog.sortByName()
    }

    // MARK: - Channels and messages

    private mutating func addChannel(_ document: EventCatalogDocument) {
        let fields = document.fields
        let protocols = fields["protocols"].elements.compactMap(\.line)
        var channel = Channel(
            name: document.id, span: span, kind: protocols.first?.lowercased() == "sqs" ? .queue : .topic)
        channel.documentation = documentation(document)
        if let first = protocols.first {
            let system = messagingSystem(ofProtocol: first)
            channel.broker = Located(system.rawValue, span)
            if system == .other { imported.note(.channel, document.id, "its protocol is \(first)") }
        }
        if protocols.count > 1 {
            imported.note(
                .channel, document.id, "its other protocols: \(protocols.dropFirst().joined(separator: ", "))")
        }
        if let address = fields["address"].line, address != document.id {
            channel.telemetryNames = [Located(address, span)]
        }
        if let delivery = fields["deliveryGuarantee"].line {
            if Guarantees.Delivery(rawValue: delivery) != nil {
                channel.delivery = Located(delivery, span)
            } else {
                imported.note(.channel, document.id, "its delivery guarantee is \(delivery)")
            }
        }
        channel.deliversTo = fields["routes"].elements.compactMap { $0["id"].line ?? $0.line }.map {
            Channel.Route(channel: Located($0, span))
        }
        if fields["parameters"].exists {
            imported.note(.channel, document.id, "the parameters of its address stay behind")
        }
        add(channel)
    }

    private mutating func add(_ channel: Channel) {
        guard channelIndexes[channel.name] == nil else { return }
        channelIndexes[channel.name] = imported.catalog.channels.count
        imported.catalog.channels.append(channel)
    }

    /// The channels that a `sends` or `receives` entry names; the message's own where it names none.
    private mutating func channels(of entry: YAMLCursor, _ key: String, _ message: String) -> [String] {
        var names = entry[key].elements.compactMap { $0["id"].line ?? $0.line }
        if names.isEmpty { names = (messages[message]?.fields["channels"].elements ?? []).compactMap { $0["id"].line } }
        if names.isEmpty {
            var channel = Channel(
                name: message, span: span, kind: messages[message]?.kind == .commands ? .queue : .topic)
            channel.documentation = messages[message].map(documentation) ?? Documentation()
            add(channel)
            imported.note(.channel, message, "the EventCatalog names no channel for this message")
            names = [message]
        }
        for name in names where channelIndexes[name] == nil {
            add(Channel(name: name, span: span, kind: .topic))
            imported.note(.channel, name, "named by a service, described nowhere")
        }
        for name in names {
            guard let index = channelIndexes[name],
                !imported.catalog.channels[index].messages.contains(where: { $0.value == message })
            else { continue }
            imported.catalog.channels[index].messages.append(Located(message, span))
        }
        return names
    }

    private mutating func addMessage(_ document: EventCatalogDocument) {
        guard !isCall(document.id) else { return }
        var message = Message(name: document.id, span: span)
        message.documentation = documentation(document)
        message.version = document.fields["version"].line
        if let path = document.fields["schemaPath"].line {
            let folder = document.path.split(separator: "/").dropLast().joined(separator: "/")
            message.schema = Located(folder.isEmpty ? path : "\(folder)/\(path)", span)
        }
        imported.catalog.messages.append(message)
    }

    // MARK: - Services

    private mutating func addService(_ document: EventCatalogDocument) {
        var service = Service(name: document.id, span: span)
        service.documentation = documentation(document)
        let isExternal = document.fields["repository"]["language"].line == "External"
        if isExternal || document.fields["externalSystem"].line == "true" { service.kind = .external }
        for entry in document.fields["sends"].elements {
            guard let message = entry["id"].line, !isCall(message) else { continue }
            for name in channels(of: entry, "to", message) {
                var publication = Publication(channel: Located(name, span))
                publication.message = Located(message, span)
                service.publishes.append(publication)
            }
        }
        for entry in document.fields["receives"].elements {
            guard let message = entry["id"].line, !isCall(message) else { continue }
            for name in channels(of: entry, "from", message) {
                var subscription = Subscription(channel: Located(name, span))
                subscription.message = Located(message, span)
                service.subscribes.append(subscription)
            }
        }
        let stores = Set(
            (document.fields["writesTo"].elements + document.fields["readsFrom"].elements).compactMap { $0["id"].line })
        if !stores.isEmpty {
            imported.note(.service, document.id, "it reads and writes \(stores.sorted().joined(separator: ", "))")
        }
        if document.fields["specifications"].exists {
            let paths =
                document.fields["specifications"].elements.compactMap { $0["path"].line }
                + document.fields["specifications"].pairs.compactMap(\.value.line)
            imported.note(
                .service, document.id, "it has specifications: \(Set(paths).sorted().joined(separator: ", "))")
        }
        imported.catalog.services.append(service)
    }

    /// Whether the message is the request of a synchronous call.
    private func isCall(_ message: String) -> Bool {
        guard let document = messages[message] else { return false }
        return document.kind == .queries || (document.kind == .commands && document.fields["operation"].exists)
    }

    private mutating func addCalls() {
        var receivers: [String: [String]] = [:]
        let services = documents.filter { $0.kind == .services }
        for service in services {
            for entry in service.fields["receives"].elements {
                if let message = entry["id"].line, isCall(message) {
                    receivers[message, default: []].append(service.id)
                }
            }
        }
        var sent: Set<String> = []
        for service in services {
            for entry in service.fields["sends"].elements {
                guard let message = entry["id"].line, isCall(message) else { continue }
                sent.insert(message)
                let callees = receivers[message] ?? []
                if callees.isEmpty {
                    imported.note(.service, service.id, "it sends \(message), which no service receives")
                }
                for callee in callees { addCall(from: service.id, to: callee, message) }
            }
        }
        for (message, callees) in receivers where !sent.contains(message) {
            for callee in callees { imported.note(.service, callee, "it answers \(message), which no service sends") }
        }
        for (subject, notes) in imported.notes { imported.notes[subject] = notes.sorted() }
    }

    private mutating func addCall(from caller: String, to callee: String, _ message: String) {
        guard let index = imported.catalog.services.firstIndex(where: { $0.name == caller }) else { return }
        let operation = messages[message]?.fields["operation"]
        var call = Call(service: Located(callee, span))
        if let operation, let path = operation["path"].line {
            call.protocol = Located("rest", span)
            call.operation = [operation["method"].line, path].compactMap(\.self).joined(separator: " ")
        } else {
            call.operation = message
        }
        call.purpose = messages[message]?.fields["name"].line
        imported.catalog.services[index].calls.append(call)
    }

    // MARK: - Flows

    /// Steps where a message stands between two services; what people do and where data rests is no step here.
    private mutating func addFlow(_ document: EventCatalogDocument) {
        var flow = Flow(name: document.id, span: span)
        flow.documentation = documentation(document)
        let steps = document.fields["steps"].elements
        var previousService: [String: String] = [:]
        var dropped = 0
        for step in steps {
            let id = step["id"].line ?? ""
            let next = (step["next_step"].elements + step["next_steps"].elements).compactMap {
                $0["id"].line ?? $0.line
            }
            let service = step["service"]["id"].line
            for target in next where previousService[target] == nil {
                previousService[target] = service ?? previousService[id]
            }
            if let message = step["message"]["id"].line {
                if let sender = previousService[id] { addStep(&flow, sender, .publishes, message) }
                for target in next {
                    guard let receiver = steps.first(where: { $0["id"].line == target })?["service"]["id"].line else {
                        continue
                    }
                    addStep(&flow, receiver, .handles, message)
                }
            } else if service == nil {
                dropped += 1
            }
        }
        if dropped > 0 {
            imported.note(
                .flow, document.id, "\(dropped) of its \(steps.count) steps are about people, data stores or outcomes")
        }
        imported.catalog.flows.append(flow)
    }

    /// Adds a step that the services' entries back, on the channel where they have the message.
    private mutating func addStep(_ flow: inout Flow, _ name: String, _ action: Flow.Step.Action, _ message: String) {
        guard let service = imported.catalog.services.first(where: { $0.name == name }) else { return }
        let channels =
            action == .publishes
            ? service.publishes.filter { $0.message?.value == message }.map(\.channel.value)
            : service.subscribes.filter { $0.message?.value == message }.map(\.channel.value)
        guard let channel = channels.first else {
            imported.note(
                .flow, flow.name, "the step '\(name) \(action.rawValue) \(message)' has no entry in the service")
            return
        }
        let step = Flow.Step(service: Located(name, span), action: action, target: Located(channel, span), span: span)
        if !flow.steps.contains(step) { flow.steps.append(step) }
    }

    // MARK: - Parts

    private func documentation(_ document: EventCatalogDocument) -> Documentation {
        var documentation = document.documentation
        documentation.domain = document.domainFolder.flatMap { domains[$0] }
        return documentation
    }

    private mutating func addLosses(_ all: [EventCatalogDocument]) {
        let words: [(EventCatalogDocument.Kind, String)] = [
            (.systems, "systems, of which only the services are here"), (.containers, "containers (data stores)"),
            (.entities, "entities"), (.adrs, "decision records"), (.teams, "teams, of which only the names are here"),
            (.users, "users"), (.actors, "actors"), (.diagrams, "diagrams"),
        ]
        for (kind, text) in words {
            let count = documents.count { $0.kind == kind }
            if count > 0 { imported.losses.append("\(count) \(text)") }
        }
        let old = all.count { $0.isOldVersion }
        if old > 0 { imported.losses.append("\(old) older versions") }
        let extra = Set(documents.flatMap { $0.fields.pairs.map(\.key).filter { $0.hasPrefix("x-") } }).sorted()
        if !extra.isEmpty { imported.losses.append("custom properties: \(extra.joined(separator: ", "))") }
        imported.losses.append("the text below the front matter")
    }
}
