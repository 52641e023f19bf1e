import CatalogModel
import SourceDiagnostics

/// A name of the catalog where it stands: its definition, or a use.
struct Symbol: Sendable, Equatable {
    var node: CatalogNode
    var span: SourceSpan
    /// In what way its owner names it; nil for a definition.
    var role: CatalogReference.Role?
    /// What the owner of a use does with it: `'mail' subscribes to it`; the noun of a definition.
    var phrase: String

    var isDefinition: Bool { role == nil }
    /// Whether it may be a part of a step's sentence.
    var isInStep: Bool { role == .stepService || role == .stepTarget }
}

/// Every name of a catalog by place and by meaning.
struct SymbolIndex: Sendable {
    private var byFile: [String: [Symbol]] = [:]
    private var byNode: [CatalogNode: [Symbol]] = [:]

    init(_ graph: CatalogGraph) {
        let catalog = graph.catalog
        func define(_ kind: CatalogNode.Kind, _ name: String, _ span: SourceSpan, _ noun: String) {
            add(Symbol(node: CatalogNode(kind, name), span: span, role: nil, phrase: noun))
        }
        for service in catalog.services {
            define(.service, service.name, service.span, service.kind.rawValue)
        }
        for channel in catalog.channels {
            define(.channel, channel.name, channel.span, channel.kind.rawValue)
        }
        for message in catalog.messages { define(.message, message.name, message.span, "message") }
        for flow in catalog.flows { define(.flow, flow.name, flow.span, "flow") }
        for broker in catalog.brokers { define(.broker, broker.name, broker.span, "broker") }
        for reference in catalog.references {
            let kind: CatalogNode.Kind =
                switch reference.target {
                case .broker: .broker
                case .channel: .channel
                case .message: .message
                case .service: .service
                }
            let name = kind == .message ? MessageName(reference.name, in: graph).name : reference.name
            add(
                Symbol(
                    node: CatalogNode(kind, name), span: reference.span, role: reference.role,
                    phrase: reference.phrase))
        }
        for (file, symbols) in byFile { byFile[file] = symbols.sorted { $0.span < $1.span } }
    }

    private mutating func add(_ symbol: Symbol) {
        byFile[symbol.span.file, default: []].append(symbol)
        byNode[symbol.node, default: []].append(symbol)
    }

    /// The innermost name at a place (line and column from 1); the end of a name counts as in it, as for editors.
    func symbol(in file: String, line: Int, column: Int) -> Symbol? {
        let at = (line, column)
        return (byFile[file] ?? []).filter { symbol in
            (symbol.span.line, symbol.span.column) <= at
                && at <= (symbol.span.endLine, symbol.span.endColumn)
        }
        .min { left, right in Self.size(left.span) < Self.size(right.span) }
    }

    private static func size(_ span: SourceSpan) -> (Int, Int) {
        (span.endLine - span.line, span.endColumn - span.column)
    }

    /// Every place of a name, definitions first, each once.
    func symbols(of node: CatalogNode) -> [Symbol] {
        var seen: Set<SourceSpan> = []
        return (byNode[node] ?? []).sorted {
            ($1.isDefinition ? 1 : 0, $0.span) < ($0.isDefinition ? 1 : 0, $1.span)
        }
        .filter { seen.insert($0.span).inserted }
    }

    func definition(of node: CatalogNode) -> Symbol? {
        (byNode[node] ?? []).first(where: \.isDefinition)
    }

    func definitions(in file: String) -> [Symbol] { (byFile[file] ?? []).filter(\.isDefinition) }

    /// Every definition, by file and place.
    var definitions: [Symbol] {
        byFile.keys.sorted().flatMap { definitions(in: $0) }
    }
}
