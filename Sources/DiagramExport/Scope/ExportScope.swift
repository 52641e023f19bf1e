public import CatalogModel
public import FlowMatching
import SourceDiagnostics
import TraceModel

/// What part of a system is exported.
public enum ExportScope: Sendable, Equatable {
    /// All of it.
    case system
    /// What belongs to a domain, and what is at the other ends of its edges.
    case domain(String)
    /// What lies within some hops of a service or a channel.
    case focus(String, depth: Int, toward: WalkDirection)
    /// The edges that the steps of a flow stand for.
    case flow(String)
    /// What is affected when something stops.
    case blastRadius(CatalogNode)
}

/// Which way a walk from a focus goes.
public enum WalkDirection: String, Sendable, CaseIterable {
    case both
    /// Along calls and messages: what depends on what happens here.
    case downstream
    /// Against them: what leads here.
    case upstream
}

/// Which of both halves is looked at.
public enum GraphSource: String, Sendable, CaseIterable {
    case catalog
    case observed
    case both
}

extension FlowGraph {
    /// The part of the graph that a scope names.
    /// - Throws: where nothing has the scope's name.
    public func part(_ scope: ExportScope, of catalog: Catalog) throws(DiagramFailure) -> FlowGraph {
        switch scope {
        case .system: return self
        case .domain(let domain):
            let members = Set(nodes(ofDomain: domain))
            guard !members.isEmpty else { throw .unknown(.domain, domain, among: domains) }
            return narrowed(
                toEdges: edges.filter { members.contains($0.source) || members.contains($0.target) }, and: members)
        case .focus(let name, let depth, let toward):
            let index = GraphIndex(self)
            guard let found = index.surroundings(of: name, depth: depth, toward: toward) else {
                throw .unknown(.node, name, among: services.map(\.name) + channels.map(\.name))
            }
            return index.narrowed(to: found)
        case .flow(let name):
            guard let flow = catalog.flow(named: name) else {
                throw .unknown(.flow, name, among: catalog.flows.map(\.name))
            }
            return narrowed(toEdges: FlowEdges(of: flow, in: self).edges)
        case .blastRadius(let origin): return BlastPart(of: origin, in: self, catalog).graph
        }
    }

    /// What the catalog says, what was observed, or both laid over each other.
    public func seen(by source: GraphSource) -> FlowGraph {
        var graph = self
        switch source {
        case .both: break
        case .catalog:
            graph.edges = edges.filter(\.isDocumented)
            graph.services = services.filter(\.isDocumented)
            graph.channels = channels.filter(\.isDocumented)
            for index in graph.edges.indices {
                graph.edges[index].isObserved = false
                graph.edges[index].figures = EdgeFigures()
            }
            for index in graph.services.indices { graph.services[index].isObserved = false }
            for index in graph.channels.indices { graph.channels[index].isObserved = false }
        case .observed:
            graph.edges = edges.filter(\.isObserved)
            graph.services = services.filter(\.isObserved)
            graph.channels = channels.filter(\.isObserved)
        }
        return graph
    }

    /// The domains that services and channels say they belong to, sorted.
    public var domains: [String] { Set((services.map(\.domain) + channels.map(\.domain)).compactMap(\.self)).sorted() }

    private func nodes(ofDomain domain: String) -> [DiagramNode] {
        services.filter { $0.domain == domain }.map { .service($0.name) }
            + channels.filter { $0.domain == domain }.map { .channel($0.name) }
    }
}
