import SourceDiagnostics

/// `unknown-reference`: a name that nothing defines.
func referenceDiagnostics(_ loaded: LoadedCatalog) -> [Diagnostic] {
    let catalog = loaded.catalog
    let places = DefinedPlaces(catalog)
    var unknown: [CatalogReference] = []
    catalog.eachReference { reference in
        guard places[reference.target][reference.name] == nil else { return }
        let isUnknown =
            switch reference.target {
            case .broker: MessagingSystem(rawValue: reference.name) == nil
            // A catalog that defines no messages uses their names as words.
            case .message: !catalog.messages.isEmpty && catalog.message(named: reference.name) == nil
            case .service, .channel: true
            }
        if isUnknown { unknown.append(reference) }
    }
    guard !unknown.isEmpty else { return [] }
    var known: Set<ReferencedName> = []
    catalog.eachReference { reference in
        guard places[reference.target][reference.name] != nil else { return }
        known.insert(ReferencedName(reference.target, reference.name))
    }
    var words = UnknownReferenceWords(loaded, places, known, unknown)
    return unknown.filter { !loaded.mayBeHidden($0.name) }.map { words.diagnostic($0) }
}

/// Where each name is defined, by what it names.
private struct DefinedPlaces {
    private var services: [String: SourceSpan]
    private var channels: [String: SourceSpan]
    private var brokers: [String: SourceSpan]
    private var messages: [String: SourceSpan]

    init(_ catalog: Catalog) {
        services = Dictionary(catalog.services.lazy.map { ($0.name, $0.span) }) { first, _ in first }
        channels = Dictionary(catalog.channels.lazy.map { ($0.name, $0.span) }) { first, _ in first }
        brokers = Dictionary(catalog.brokers.lazy.map { ($0.name, $0.span) }) { first, _ in first }
        messages = Dictionary(catalog.messages.lazy.map { ($0.name, $0.span) }) { first, _ in first }
    }

    subscript(target: ReferenceTarget) -> [String: SourceSpan] {
        switch target {
        case .service: services
        case .channel: channels
        case .broker: brokers
        case .message: messages
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
    private let places: DefinedPlaces
    private var suggesters: [ReferenceTarget: NameSuggester] = [:]
    private var fixes: NameFixes
    /// The defined names that something refers to, and how often each unknown one is referred to.
    private let known: Set<ReferencedName>
    private let uses: [ReferencedName: Int]

    init(
        _ loaded: LoadedCatalog, _ places: DefinedPlaces, _ known: Set<ReferencedName>, _ unknown: [CatalogReference]
    ) {
        catalog = loaded.catalog
        self.places = places
        self.known = known
        uses = Dictionary(unknown.map { (ReferencedName($0.target, $0.name), 1) }, uniquingKeysWith: +)
        fixes = NameFixes(of: loaded)
        for target in ReferenceTarget.allCases {
            var names = places[target].keys.sorted()
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
            if let span = places[reference.target][nearest] {
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
            if let span = places[target][reference.name] { return (target, span) }
        }
        return nil
    }
}

/// `undeclared-step`: a flow's step that is no edge of the catalog. Steps that name something unknown are told apart.
func stepDiagnostics(_ loaded: LoadedCatalog) -> [Diagnostic] {
    guard !loaded.catalog.flows.isEmpty else { return [] }
    let graph = CatalogGraph(loaded.catalog)
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
