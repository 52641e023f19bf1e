import CatalogModel
import FlowMatching

/// The catalog's names for the names that spans carry.
///
/// Conversations and rates speak the language of the spans (`order-completed`, `order-svc`); the screens speak the
/// catalog's (`order.completed`, `order`). A name that nothing maps stays as it is.
struct ObservedNames: Sendable {
    private let resolver: NameResolver

    init(_ catalog: Catalog = Catalog()) { resolver = NameResolver(catalog) }

    /// The catalog's name of a channel that a span names.
    func channel(_ observed: String) -> String { resolver.channel(observed) }

    /// The catalog's name of a `service.name`.
    func service(_ observed: String) -> String { resolver.service(observed) }
}

extension ObservedNames: Equatable {
    /// Always true: names are a function of the catalog, which stands beside them wherever they are kept.
    static func == (left: ObservedNames, right: ObservedNames) -> Bool { true }
}
