import SourceDiagnostics

// `x-flowglass-…`: what Flowglass writes into an AsyncAPI document for what the specification has no place for.
extension AsyncAPIDocument {
    /// The exact kind and messaging system of a channel, and its routes.
    func complete(_ channel: inout Channel, with item: Node) {
        if let kind = text("x-flowglass-kind", of: item).flatMap({ Channel.Kind(rawValue: $0.value) }) {
            channel.kind = kind
        }
        if let system = text("x-flowglass-system", of: item), MessagingSystem(rawValue: system.value) != nil {
            channel.broker = system
        }
        channel.deliversTo = elements(of: value("x-flowglass-delivers-to", of: item)).compactMap { node in
            node.text.map { Channel.Route(channel: Located($0, node.span)) }
        }
    }

    /// What the application calls.
    var calls: [Call] {
        elements(of: value("x-flowglass-calls", of: root)).compactMap { node in
            guard let service = text("service", of: node) else { return nil }
            var call = Call(service: service)
            call.protocol = text("protocol", of: node)
            call.operation = text("operation", of: node)?.value
            return call
        }
    }
}
