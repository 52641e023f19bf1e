import SourceDiagnostics

/// `unknown-reference`: a name that nothing defines.
func referenceDiagnostics(_ loaded: LoadedCatalog) -> [Diagnostic] {
    let names = DefinedNames(loaded.graph)
    let unknown = unknownReferences(loaded.catalog, names)
    guard !unknown.isEmpty else { return [] }
    var known: Set<ReferencedName> = []
    loaded.catalog.eachReference { reference in
        guard names.place(of: reference.name, reference.target) != nil else { return }
        known.insert(ReferencedName(reference.target, reference.name))
    }
    var words = UnknownReferenceWords(loaded, names, known, unknown)
    return unknown.filter { !loaded.mayBeHidden($0.name) }.map { words.diagnostic($0) }
}

/// The references to names that nothing defines, in the order of the catalog.
private func unknownReferences(_ catalog: Catalog, _ names: DefinedNames) -> [CatalogReference] {
    @Sendable func unknown(_ visit: ((CatalogReference) -> Void) -> Void) -> [CatalogReference] {
        var unknown: [CatalogReference] = []
        visit { if !names.define($0) { unknown.append($0) } }
        return unknown
    }
    var rest = catalog
    (rest.services, rest.channels) = ([], [])
    let ofServices = concurrently(catalog.services.count, part: 1024) { part in
        unknown { body in for index in part { catalog.services[index].eachReference(body) } }
    }
    let ofChannels = concurrently(catalog.channels.count, part: 4096) { part in
        unknown { body in for index in part { catalog.channels[index].eachReference(body) } }
    }
    return ofServices + ofChannels + unknown(rest.eachReference)
}

/// What is defined where, by what it is.
private struct DefinedNames {
    private let graph: CatalogGraph
    private let brokers: [String: SourceSpan]

    init(_ graph: CatalogGraph) {
        self.graph = graph
        brokers = Dictionary(graph.catalog.brokers.lazy.map { ($0.name, $0.span) }) { first, _ in first }
    }

    /// Whether what is referred to is defined, or needs no definition.
    func define(_ reference: CatalogReference) -> Bool {
        switch reference.target {
        case .service: graph.index(ofService: reference.name) != nil
        case .channel: graph.index(ofChannel: reference.name) != nil
        case .broker: brokers[reference.name] != nil || MessagingSystem(rawValue: reference.name) != nil
        // A catalog that defines no messages uses their names as words.
        case .message: graph.catalog.messages.isEmpty || graph.index(ofMessage: reference.name) != nil
        }
    }

    /// Where exactly this name is defined; nil where nothing has it.
    func place(of name: String, _ target: ReferenceTarget) -> SourceSpan? {
        switch target {
        case .service: graph.index(ofService: name).map { graph.catalog.services[$0].span }
        case .channel: graph.index(ofChannel: name).map { graph.catalog.channels[$0].span }
        case .broker: brokers[name]
        case .message:
            graph.index(ofMessage: name).map { graph.catalog.messages[$0] }.flatMap { $0.name == name ? $0.span : nil }
        }
    }

    /// Every name, sorted.
    func all(_ target: ReferenceTarget) -> [String] {
        switch target {
        case .service: graph.catalog.services.map(\.name)
        case .channel: graph.catalog.channels.map(\.name)
        case .broker: brokers.keys.sorted()
        case .message: graph.catalog.messages.map(\.name)
        }
    }
}

/// A name as something in the catalog refers to it.
private struct ReferencedName: Hashable {
    var target: ReferenceTarget
    var name: String

    init(_ target: ReferenceTarget, _ name: String) {
        self.target = target
        self.name = name
    }
}

/// The words for an unknown reference, with what the author may have meant.
private struct UnknownReferenceWords {
    private let catalog: Catalog
    private let defined: DefinedNames
    private var suggesters: [ReferenceTarget: NameSuggester] = [:]
    private var fixes: NameFixes
    /// The defined names that something refers to, and how often each unknown one is referred to.
    private let known: Set<ReferencedName>
    private let uses: [ReferencedName: Int]

    init(
        _ loaded: LoadedCatalog, _ defined: DefinedNames, _ known: Set<ReferencedName>, _ unknown: [CatalogReference]
    ) {
        catalog = loaded.catalog
        self.defined = defined
        self.known = known
        uses = Dictionary(unknown.map { (ReferencedName($0.target, $0.name), 1) }, uniquingKeysWith: +)
        fixes = NameFixes(of: loaded)
        for target in ReferenceTarget.allCases {
            var names = defined.all(target)
            if target == .broker { names += MessagingSystem.allCases.map(\.rawValue) }
            suggesters[target] = NameSuggester(names)
        }
    }

    mutating func diagnostic(_ reference: CatalogReference) -> Diagnostic {
        let noun =
            switch reference.target {
            case .broker: "no such broker"
            case .channel: "no such channel"
            case .message: "no such message"
            case .service: "no such service"
            }
        var diagnostic = Diagnostic(
            rule: "unknown-reference", severity: .error, message: headline(reference), span: reference.span, label: noun
        )
        // A message may be named with its version, which stays.
        let at = reference.target == .message ? reference.name.lastIndex(of: "@") : nil
        let name = at.map { String(reference.name[..<$0]) } ?? reference.name
        if let suggestion = suggesters[reference.target]?.suggestion(for: name) {
            let nearest = suggestion.name
            let version = at.map { String(reference.name[$0...]) } ?? ""
            diagnostic.help = "did you mean '\(nearest)\(version)'?"
            if suggestion.isOnlyOne, isMisspelling(name, of: nearest), !isDefinitionMisspelt(nearest, reference) {
                diagnostic.fix = fixes.replacing(reference.name, with: nearest + version, at: reference.span)
            }
            if let span = defined.place(of: nearest, reference.target) {
                diagnostic.related = [RelatedPlace(span: span, label: similarity(nearest, reference.target))]
            }
        } else if let (target, span) = otherKind(reference) {
            diagnostic.related = [RelatedPlace(span: span, label: "\(target.phrase) of this name")]
        } else if reference.target == .broker, let system = Self.system(shortenedTo: reference.name) {
            diagnostic.help = "did you mean '\(system)'?"
            diagnostic.fix = fixes.replacing(reference.name, with: system, at: reference.span)
        } else if reference.target == .service, [.calls, .polls].contains(reference.role) {
            diagnostic.help = "describe it under 'services', with kind: external where it is not yours"
        }
        return diagnostic
    }

    /// Whether the definition looks like the mistake: nothing refers to it, and more than one place to the other name.
    private func isDefinitionMisspelt(_ defined: String, _ reference: CatalogReference) -> Bool {
        !known.contains(ReferencedName(reference.target, defined))
            && uses[ReferencedName(reference.target, reference.name), default: 0] > 1
    }

    /// The one system that a short name means: `aws-sqs` for `sqs`; nil for `pubsub`, which two systems have in common.
    private static func system(shortenedTo name: String) -> String? {
        let systems = MessagingSystem.allCases.map(\.rawValue).filter {
            $0.split(separator: "-").contains { $0 == name.lowercased() }
        }
        return systems.count == 1 ? systems.first : nil
    }

    private func headline(_ reference: CatalogReference) -> String {
        let owner =
            switch reference.role {
            case .conventionBroker: "the conventions"
            case .orchestrator, .stepService, .stepTarget: "flow '\(reference.owner)'"
            default: "'\(reference.owner)'"
            }
        let rule =
            reference.target == .message
            ? "which 'messages' does not define" : "which is not \(reference.target.phrase)"
        return "\(owner) \(reference.role.verb) '\(reference.name)', \(rule)"
    }

    private func similarity(_ name: String, _ target: ReferenceTarget) -> String {
        guard target == .channel, let publisher = catalog.publishers(of: name).first else { return "similar name" }
        return "similar name, published by '\(publisher.service.name)'"
    }

    /// Where something else of this name stands: a service named where a channel must be.
    private func otherKind(_ reference: CatalogReference) -> (ReferenceTarget, SourceSpan)? {
        for target in [ReferenceTarget.service, .channel, .message] where target != reference.target {
            if let span = defined.place(of: reference.name, target) { return (target, span) }
        }
        return nil
    }
}

/// `undeclared-step`: a flow's step that is no edge of the catalog. Steps that name something unknown are told apart.
func stepDiagnostics(_ loaded: LoadedCatalog) -> [Diagnostic] {
    guard !loaded.catalog.flows.isEmpty else { return [] }
    let graph = loaded.graph
    var diagnostics: [Diagnostic] = []
    for flow in loaded.catalog.flows {
        for step in flow.steps where !graph.declares(step) {
            guard let service = graph.service(step.service.value) else { continue }
            let target = step.target.value
            guard step.action == .calls ? graph.service(target) != nil : graph.channel(target) != nil else { continue }
            guard !loaded.mayBeHidden(service.name) else { continue }
            let list =
                switch step.action {
                case .calls: "calls"
                case .publishes: "publishes"
                case .handles: "subscribes"
                }
            let said =
                switch step.action {
                case .calls: "calls '\(target)'"
                case .publishes: "publishes to '\(target)'"
                case .handles: "handles '\(target)'"
                }
            diagnostics.append(
                Diagnostic(
                    rule: "undeclared-step", severity: .error,
                    message: "flow '\(flow.name)' says that '\(service.name)' \(said), and the service does not say so",
                    span: step.span, label: "no such edge",
                    related: [RelatedPlace(span: service.span, label: "its '\(list)' lack '\(target)'")],
                    help: "add '\(target)' to the '\(list)' of '\(service.name)', or mend the step"))
        }
    }
    return diagnostics
}
