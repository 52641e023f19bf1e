public import CatalogModel
import SourceDiagnostics
public import TraceModel

/// What drift rules look at: the catalog, both graphs laid over each other, and what spans showed besides.
public struct DriftContext: Sendable {
    public let catalog: Catalog
    public let graph: FlowGraph
    public let evidence: Evidence
    /// How long messages waited, in equal slots of the window, oldest first; for consumers in the catalog's names.
    let waits: [EdgeEnds: [DurationDistribution]]
    /// All edges of a pair of ends as one, sorted.
    let edges: [MergedEdge]
    private let indexes: [EdgeEnds: Int]

    /// - Parameters:
    ///   - graph: With the figures of the window.
    ///   - waits: By observed edge, in slots of the window.
    public init(
        catalog: Catalog, graph: FlowGraph, evidence: Evidence, waits: [EdgeKey: [DurationDistribution]] = [:]
    ) {
        self.catalog = catalog
        self.graph = graph
        self.evidence = evidence
        let resolver = NameResolver(catalog)
        var slots: [EdgeEnds: [DurationDistribution]] = [:]
        for (key, distributions) in waits {
            let ends = resolver.ends(of: key)
            if var known = slots[ends], known.count == distributions.count {
                for index in known.indices { known[index].add(distributions[index]) }
                slots[ends] = known
            } else {
                slots[ends] = distributions
            }
        }
        self.waits = slots
        edges = MergedEdge.all(of: graph)
        indexes = Dictionary(uniqueKeysWithValues: edges.enumerated().map { ($1.ends, $0) })
    }

    func edge(_ kind: EdgeKind, _ from: String, _ to: String) -> MergedEdge? {
        indexes[EdgeEnds(kind, from, to)].map { edges[$0] }
    }

    /// Whether spans came at all: without any, absence says nothing.
    public var hasSpans: Bool { evidence.spans > 0 || graph.edges.contains(where: \.isObserved) }

    /// Whether a documented service sent nothing in the window.
    func isSilent(_ service: String) -> Bool {
        evidence.services[service] == nil && !(graph.services.first { $0.name == service }?.isObserved ?? false)
    }

    /// Whether a service stands outside the system, so that no spans of it are to be expected.
    func isOutside(_ service: String) -> Bool { !(catalog.service(named: service)?.kind.isInside ?? true) }

    /// The documented entry of a subscriber.
    func subscription(_ channel: String, _ service: String) -> Subscription? {
        catalog.service(named: service)?.subscribes.first { $0.channel.value == channel }
    }

    func publication(_ service: String, _ channel: String) -> Publication? {
        catalog.service(named: service)?.publishes.first { $0.channel.value == channel }
    }

    /// Channels that lead to a channel, by documented or observed routes, nearest first.
    func sources(of channel: String) -> [String] {
        var found = [channel]
        var index = 0
        while index < found.count {
            for edge in edges where edge.ends.kind == .delivers && edge.ends.to == found[index] {
                if !found.contains(edge.ends.from) { found.append(edge.ends.from) }
            }
            index += 1
        }
        return Array(found.dropFirst())
    }

    /// Who publishes to a channel or to what leads to it, as spans show.
    func observedPublishers(of channel: String) -> [MergedEdge] {
        let channels = Set([channel] + sources(of: channel))
        return edges.filter { $0.ends.kind == .publishes && $0.isObserved && channels.contains($0.ends.to) }
    }

    // MARK: - Words

    /// Where a service or channel is defined, as a place beside a finding.
    func place(ofService name: String) -> [RelatedPlace] {
        catalog.service(named: name).map { [RelatedPlace(span: $0.span, label: "the service")] } ?? []
    }

    func place(ofChannel name: String) -> [RelatedPlace] {
        catalog.channel(named: name).map { [RelatedPlace(span: $0.span, label: "the \($0.kind.rawValue)")] } ?? []
    }

    /// The same as values.
    func sightings(of edge: MergedEdge) -> Sightings { Sightings(edge.figures, evidence.edges[edge.ends]) }

    /// How often an edge was seen, from when to when, and where to look at it.
    func sighted(_ edge: MergedEdge, _ noun: String) -> [String] {
        var lines = [
            "\(edge.figures.count) \(noun)\(edge.figures.count == 1 ? "" : "s"), "
                + seenText(edge.figures.firstSeen, edge.figures.lastSeen)
        ]
        lines += evidence.edges[edge.ends].map { exampleText($0) } ?? []
        return lines
    }

    /// Why absence proves little, for a service whose edge was not seen.
    func reservations(about service: String) -> [String] {
        guard let profile = evidence.services[service] else { return [] }
        var lines = ["\(service) sent \(counted(profile.spans, "span")) in the window"]
        if profile.databaseMessaging > 0 {
            lines.append(
                "\(profile.databaseMessaging) of them move messages by database commands, whose spans name no channel")
        }
        if profile.bare > 0 {
            lines.append("\(profile.bare) producer or consumer spans of it have no messaging attributes")
        }
        if profile.withoutChannel > profile.bare {
            lines.append("\(profile.withoutChannel) messaging spans of it name no channel")
        }
        if profile.isSampled { lines.append("it samples its spans: what was not seen may have happened") }
        return lines
    }
}

/// Every edge of one pair of ends as one: systems, groups and operations together.
struct MergedEdge: Sendable {
    var ends: EdgeEnds
    var isDocumented = false
    var isObserved = false
    var isTemporary = false
    var isCallBack = false
    var figures = EdgeFigures()
    /// Sorted.
    var systems: [String] = []
    /// What calls it makes; groups of a consumer.
    var details: [String] = []
    /// Where the catalog says so.
    var span: SourceSpan?

    static func all(of graph: FlowGraph) -> [MergedEdge] {
        var merged: [EdgeEnds: MergedEdge] = [:]
        for edge in graph.edges {
            let ends = EdgeEnds(edge)
            var all = merged[ends] ?? MergedEdge(ends: ends)
            all.isDocumented = all.isDocumented || edge.isDocumented
            all.isObserved = all.isObserved || edge.isObserved
            all.isTemporary = all.isTemporary || edge.isTemporary
            all.isCallBack = all.isCallBack || edge.isCallBack
            all.figures.add(edge.figures)
            if !edge.system.isEmpty, !all.systems.contains(edge.system) { all.systems.append(edge.system) }
            let detail = edge.kind == .calls ? edge.operation : edge.group
            if !detail.isEmpty, !all.details.contains(detail) { all.details.append(detail) }
            all.span = all.span ?? edge.span
            merged[ends] = all
        }
        return merged.values.map { edge in
            var edge = edge
            edge.systems.sort()
            edge.details.sort()
            return edge
        }.sorted { $0.ends < $1.ends }
    }
}
