public import SourceDiagnostics

/// A place where the catalog defines or names something.
public struct NamedPlace: Sendable, Equatable {
    /// `topic`, `service` … for a definition; `'billing' subscribes to it` for a reference.
    public var phrase: String
    public var isDefinition: Bool
    public var span: SourceSpan
}

extension Catalog {
    /// Every definition of a name, then every reference to it, each in the order of the catalog.
    /// - Complexity: O(catalog).
    public func places(named name: String) -> [NamedPlace] {
        var places: [NamedPlace] = []
        func define(_ noun: String, _ span: SourceSpan) {
            places.append(NamedPlace(phrase: noun, isDefinition: true, span: span))
        }
        if let service = service(named: name) { define("service", service.span) }
        if let channel = channel(named: name) { define(channel.kind.rawValue, channel.span) }
        if let message = message(named: name) { define("message", message.span) }
        if let flow = flow(named: name) { define("flow", flow.span) }
        if let broker = broker(named: name) { define("broker", broker.span) }
        for reference in references where reference.name == name {
            places.append(NamedPlace(phrase: reference.phrase, isDefinition: false, span: reference.span))
        }
        return places
    }

    /// Every name that is defined, sorted, each once: for completion and suggestions.
    public var names: [String] {
        let all =
            services.map(\.name) + channels.map(\.name) + messages.map(\.name) + flows.map(\.name)
            + brokers.map(\.name)
        return Set(all).sorted()
    }
}
