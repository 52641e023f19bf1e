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
    var loaded = merger.finished()
    loaded.root = root
    loaded.diagnostics += unreadable.map { unreadableDiagnostic(path: $0.path, reason: $0.reason) }
    loaded.diagnostics += referenceDiagnostics(loaded)
    loaded.diagnostics += stepDiagnostics(loaded)
    loaded.diagnostics = withoutRepetition(loaded.diagnostics.inReportOrder())
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
    private var loaded = LoadedCatalog()
    private var catalog = Catalog()
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
            catalog.brokers.append(broker)
        }
        for flow in fragment.flows where isFirst(flow.name, flow.span, "flow") {
            catalog.flows.append(flow)
        }
        catalog.services += fragment.services
        catalog.messages += fragment.messages
        catalog.channels += fragment.channels
    }

    mutating func finished() -> LoadedCatalog {
        catalog.sortByName()
        leaveFirstOfEachName()
        addApplications()
        let systems = Dictionary(catalog.brokers.map { ($0.name, $0.system) }, uniquingKeysWith: { first, _ in first })
        for index in catalog.channels.indices {
            guard let broker = catalog.channels[index].broker?.value else { continue }
            catalog.channels[index].system = systems[broker] ?? MessagingSystem(rawValue: broker)
        }
        loaded.graph = CatalogGraph(catalog)
        return loaded
    }

    // MARK: Applications

    /// What several documents may describe together comes last: each application's view adds to what stands there.
    private mutating func addApplications() {
        guard !sharedFragments.isEmpty else { return }
        let services = Self.indexes(catalog.services.map(\.name))
        let channels = Self.indexes(catalog.channels.map(\.name))
        let messages = Self.indexes(catalog.messages.map(\.name))
        var known = (services: services, channels: channels, messages: messages)
        for fragment in sharedFragments {
            for channel in fragment.channels {
                if let index = known.channels[channel.name] {
                    catalog.channels[index].complete(with: channel)
                } else {
                    known.channels[channel.name] = catalog.channels.count
                    catalog.channels.append(channel)
                }
            }
            for message in fragment.messages where known.messages[message.name] == nil {
                known.messages[message.name] = catalog.messages.count
                catalog.messages.append(message)
            }
            for service in fragment.services { addApplication(service, &known.services) }
        }
        catalog.sortByName()
    }

    /// An application's document adds to a service of the same name; two such documents of one name are a mistake.
    private mutating func addApplication(_ service: Service, _ services: inout [String: Int]) {
        if let first = applicationPlaces[service.name] {
            duplicate(service.name, "application", service.span, first: first)
            return
        }
        applicationPlaces[service.name] = service.span
        if let index = services[service.name] {
            catalog.services[index].complete(with: service)
        } else {
            services[service.name] = catalog.services.count
            catalog.services.append(service)
        }
    }

    private static func indexes(_ names: [String]) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    }

    // MARK: The maps with fixed keys

    private mutating func addAbout(_ fields: Fields) {
        var kept = fields
        kept.items = []
        for item in fields.items where isFirstKey(item.key.rawValue, item.keySpan, of: "catalog") {
            kept.items.append(item)
        }
        let added = Documentation(kept)
        catalog.about.title = added.title ?? catalog.about.title
        catalog.about.description = added.description ?? catalog.about.description
        catalog.about.owner = added.owner ?? catalog.about.owner
        catalog.about.links += added.links
        catalog.about.linkSpans += added.linkSpans
    }

    private mutating func addConventions(_ fields: Fields) {
        for item in fields.items where isFirstKey(item.key.rawValue, item.keySpan, of: "conventions") {
            switch item.key {
            case .protocols: catalog.conventions.protocols = fields.texts(.protocols)
            case .brokers: catalog.conventions.brokers = fields.texts(.brokers)
            case .correlation:
                let attributes = fields.map(.correlation)?.texts(.attributes).map(\.value) ?? []
                catalog.conventions.correlationAttributes = attributes
            case .names:
                for name in fields.map(.names)?.items ?? [] {
                    guard let text = name.value.text else { continue }
                    catalog.conventions.namePatterns[name.key.rawValue] = Located(text, name.value.span)
                }
            default: break
            }
        }
    }

    // MARK: Duplicates

    /// In the sorted lists the others of a name stand behind its first definition.
    private mutating func leaveFirstOfEachName() {
        let services = Self.firsts(of: catalog.services) { $0.name }
        for (first, again) in services.repeated { duplicate(again.name, "service", again.span, first: first.span) }
        catalog.services = services.kept
        let messages = Self.firsts(of: catalog.messages) { $0.name }
        for (first, again) in messages.repeated { duplicate(again.name, "message", again.span, first: first.span) }
        catalog.messages = messages.kept
        let channels = Self.firsts(of: catalog.channels) { $0.name }
        for (first, again) in channels.repeated {
            let isSame = first.kind == again.kind
            duplicate(
                again.name, isSame ? again.kind.rawValue : "channel", again.span, first: first.span,
                label: isSame ? "first defined here" : "a \(first.kind.rawValue) here")
        }
        catalog.channels = channels.kept
    }

    private static func firsts<Element>(
        of list: [Element], _ nameOf: (borrowing Element) -> String
    ) -> (kept: [Element], repeated: [(first: Element, again: Element)]) {
        let hasRepeated = list.indices.dropFirst().contains { nameOf(list[$0]) == nameOf(list[$0 - 1]) }
        guard hasRepeated else { return (list, []) }
        var kept: [Element] = []
        var repeated: [(first: Element, again: Element)] = []
        for element in list {
            if let first = kept.last, nameOf(first) == nameOf(element) {
                repeated.append((first, element))
            } else {
                kept.append(element)
            }
        }
        return (kept, repeated)
    }

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
