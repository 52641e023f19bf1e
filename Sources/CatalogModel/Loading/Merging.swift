import SourceDiagnostics

/// Puts the files together: one catalog, and what only all files together can show.
func merge(
    _ fragments: [CatalogFragment], root: String, unreadable: [(path: String, reason: String)]
) -> LoadedCatalog {
    var merger = CatalogMerger()
    let parts = fragments.reduce(into: Set<String>()) { $0.formUnion($1.referencedFiles) }
    for fragment in fragments {
        let isPart = parts.contains(fragment.source.path) && !fragment.describesApplication
        merger.add(isPart ? fragment.asPartOfAnother : fragment)
    }
    merger.finish()

    var loaded = merger.loaded
    loaded.root = root
    loaded.diagnostics += unreadable.map { unreadableDiagnostic(path: $0.path, reason: $0.reason) }
    loaded.diagnostics += referenceDiagnostics(loaded)
    loaded.diagnostics += stepDiagnostics(loaded)
    loaded.diagnostics = withoutRepetition(loaded.diagnostics.sorted(by: Diagnostic.comesBefore))
    return loaded
}

/// One cause, one finding: what an anchor says wrong is said once, however often it is used.
private func withoutRepetition(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    struct Cause: Hashable {
        var rule: String
        var span: SourceSpan?
    }
    var seen: Set<Cause> = []
    return diagnostics.filter { seen.insert(Cause(rule: $0.rule, span: $0.span)).inserted }
}

/// Takes fragments in path order; the first definition of a name counts.
private struct CatalogMerger {
    var loaded = LoadedCatalog()
    private var services: [String: Int] = [:]
    private var channels: [String: Int] = [:]
    private var messages: [String: Int] = [:]
    /// Where names first stand, by what they name.
    private var places: [String: [String: SourceSpan]] = [:]
    private var sharedFragments: [CatalogFragment] = []
    private var applicationPlaces: [String: SourceSpan] = [:]

    mutating func add(_ fragment: CatalogFragment) {
        loaded.sources.append(fragment.source)
        loaded.filesChecked += 1
        loaded.diagnostics += fragment.diagnostics
        loaded.suppressions += fragment.suppressions
        loaded.addBroken(fragment.brokenKeys)
        if fragment.isBroken { loaded.addBroken(fragment.source) }
        guard !fragment.describesApplication else {
            loaded.applicationFiles.formUnion(fragment.referencedFiles.union([fragment.source.path]))
            sharedFragments.append(fragment)
            return
        }
        for fields in fragment.about { addAbout(fields) }
        for fields in fragment.conventions { addConventions(fields) }
        for entry in fragment.lint where isFirstKey(entry.rule.value, entry.rule.span, of: "lint") {
            loaded.lint.append(entry)
        }
        for broker in fragment.brokers where isFirst(broker.name, broker.span, "broker") {
            loaded.catalog.brokers.append(broker)
        }
        for flow in fragment.flows where isFirst(flow.name, flow.span, "flow") {
            loaded.catalog.flows.append(flow)
        }
        for service in fragment.services {
            if let index = services[service.name] {
                duplicate(service.name, "service", service.span, first: loaded.catalog.services[index].span)
            } else {
                services[service.name] = loaded.catalog.services.count
                loaded.catalog.services.append(service)
            }
        }
        for message in fragment.messages {
            if let index = messages[message.name] {
                duplicate(message.name, "message", message.span, first: loaded.catalog.messages[index].span)
            } else {
                messages[message.name] = loaded.catalog.messages.count
                loaded.catalog.messages.append(message)
            }
        }
        for channel in fragment.channels {
            if let index = channels[channel.name] {
                let first = loaded.catalog.channels[index]
                let noun = first.kind == channel.kind ? channel.kind.rawValue : "channel"
                duplicate(
                    channel.name, noun, channel.span, first: first.span,
                    label: first.kind == channel.kind ? "first defined here" : "a \(first.kind.rawValue) here")
            } else {
                channels[channel.name] = loaded.catalog.channels.count
                loaded.catalog.channels.append(channel)
            }
        }
    }

    /// What several documents may describe together comes last: each application's view adds to what stands there.
    mutating func finish() {
        for fragment in sharedFragments { addApplication(fragment) }
        let systems = Dictionary(
            loaded.catalog.brokers.map { ($0.name, $0.system) }, uniquingKeysWith: { first, _ in first })
        for index in loaded.catalog.channels.indices {
            guard let broker = loaded.catalog.channels[index].broker?.value else { continue }
            let named = systems[broker]
            loaded.catalog.channels[index].system = named ?? MessagingSystem(rawValue: broker)
        }
        loaded.catalog.sortByName()
    }

    /// An application's document adds to a service of the same name; two such documents of one name are a mistake.
    private mutating func addApplication(_ fragment: CatalogFragment) {
        for channel in fragment.channels {
            if let index = channels[channel.name] {
                loaded.catalog.channels[index].complete(with: channel)
            } else {
                channels[channel.name] = loaded.catalog.channels.count
                loaded.catalog.channels.append(channel)
            }
        }
        for message in fragment.messages where messages[message.name] == nil {
            messages[message.name] = loaded.catalog.messages.count
            loaded.catalog.messages.append(message)
        }
        for service in fragment.services {
            guard let index = services[service.name] else {
                services[service.name] = loaded.catalog.services.count
                loaded.catalog.services.append(service)
                applicationPlaces[service.name] = service.span
                continue
            }
            if let first = applicationPlaces[service.name] {
                duplicate(service.name, "application", service.span, first: first)
            } else {
                applicationPlaces[service.name] = service.span
                loaded.catalog.services[index].complete(with: service)
            }
        }
    }

    // MARK: The maps with fixed keys

    private mutating func addAbout(_ fields: Fields) {
        var kept = fields
        kept.items = []
        for item in fields.items where isFirstKey(item.key.rawValue, item.keySpan, of: "catalog") {
            kept.items.append(item)
        }
        let added = Documentation(kept)
        loaded.catalog.about.title = added.title ?? loaded.catalog.about.title
        loaded.catalog.about.description = added.description ?? loaded.catalog.about.description
        loaded.catalog.about.owner = added.owner ?? loaded.catalog.about.owner
        loaded.catalog.about.links += added.links
        loaded.catalog.about.linkSpans += added.linkSpans
    }

    private mutating func addConventions(_ fields: Fields) {
        for item in fields.items where isFirstKey(item.key.rawValue, item.keySpan, of: "conventions") {
            switch item.key {
            case .protocols: loaded.catalog.conventions.protocols = fields.texts(.protocols)
            case .brokers: loaded.catalog.conventions.brokers = fields.texts(.brokers)
            case .correlation:
                let attributes = fields.map(.correlation)?.texts(.attributes).map(\.value) ?? []
                loaded.catalog.conventions.correlationAttributes = attributes
            case .names:
                for name in fields.map(.names)?.items ?? [] {
                    guard let text = name.value.text else { continue }
                    loaded.catalog.conventions.namePatterns[name.key.rawValue] = Located(text, name.value.span)
                }
            default: break
            }
        }
    }

    // MARK: Duplicates

    /// Whether the key stands in this map of all files for the first time.
    private mutating func isFirstKey(_ key: String, _ span: SourceSpan, of map: String) -> Bool {
        guard let first = places[map, default: [:]].updateIfMissing(key, span) else { return true }
        loaded.diagnostics.append(
            Diagnostic(
                rule: "duplicate-name", severity: .error, message: "'\(map)' has '\(key)' twice", span: span,
                label: "again here", related: [RelatedPlace(span: first, label: "first stands here")]))
        return false
    }

    /// Whether something of this noun has this name for the first time.
    private mutating func isFirst(_ name: String, _ span: SourceSpan, _ noun: String) -> Bool {
        guard let first = places[noun, default: [:]].updateIfMissing(name, span) else { return true }
        duplicate(name, noun, span, first: first)
        return false
    }

    private mutating func duplicate(
        _ name: String, _ noun: String, _ span: SourceSpan, first: SourceSpan, label: String = "first defined here"
    ) {
        loaded.diagnostics.append(
            Diagnostic(
                rule: "duplicate-name", severity: .error, message: "\(noun) '\(name)' is defined twice", span: span,
                label: "again here", related: [RelatedPlace(span: first, label: label)]))
    }
}

extension [String: SourceSpan] {
    /// The place that is there already; otherwise nil, and the new one is kept.
    fileprivate mutating func updateIfMissing(_ name: String, _ span: SourceSpan) -> SourceSpan? {
        if let first = self[name] { return first }
        self[name] = span
        return nil
    }
}

extension Service {
    /// Adds what an application's own document says and the catalog does not.
    fileprivate mutating func complete(with other: Service) {
        documentation.complete(with: other.documentation)
        calls += other.calls.filter { new in
            !calls.contains { $0.service.value == new.service.value && $0.operation == new.operation }
        }
        publishes += other.publishes.filter { new in
            !publishes.contains {
                $0.channel.value == new.channel.value && ($0.message == nil || $0.message?.value == new.message?.value)
            }
        }
        subscribes += other.subscribes.filter { new in
            !subscribes.contains {
                $0.channel.value == new.channel.value && ($0.message == nil || $0.message?.value == new.message?.value)
            }
        }
    }
}

extension Channel {
    fileprivate mutating func complete(with other: Channel) {
        documentation.complete(with: other.documentation)
        broker = broker ?? other.broker
        if deliversTo.isEmpty { deliversTo = other.deliversTo }
        partitions = partitions ?? other.partitions
        delivery = delivery ?? other.delivery
        retention = retention ?? other.retention
        fifo = fifo ?? other.fifo
        deadLetter = deadLetter ?? other.deadLetter
        maxReceives = maxReceives ?? other.maxReceives
        visibilityTimeout = visibilityTimeout ?? other.visibilityTimeout
        messages += other.messages.filter { new in !messages.contains { $0.value == new.value } }
    }
}

extension Documentation {
    fileprivate mutating func complete(with other: Documentation) {
        title = title ?? other.title
        description = description ?? other.description
        owner = owner ?? other.owner
        if tags.isEmpty { tags = other.tags }
    }
}
