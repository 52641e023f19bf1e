/// One named thing of the catalog that edges lead to or from.
public struct CatalogNode: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable { case service, channel, message, flow, broker }

    public var kind: Kind
    public var name: String

    public init(_ kind: Kind, _ name: String) {
        self.kind = kind
        self.name = name
    }
}

extension Catalog {
    /// What that can stop a name can mean, services first: a service and a channel may share one.
    public func nodes(named name: String) -> [CatalogNode] {
        var nodes: [CatalogNode] = []
        if service(named: name) != nil { nodes.append(CatalogNode(.service, name)) }
        if channel(named: name) != nil { nodes.append(CatalogNode(.channel, name)) }
        if flow(named: name) != nil { nodes.append(CatalogNode(.flow, name)) }
        if broker(named: name) != nil { nodes.append(CatalogNode(.broker, name)) }
        return nodes
    }
}
