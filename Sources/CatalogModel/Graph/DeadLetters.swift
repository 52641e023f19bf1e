/// Which channel takes the messages of which other ones that could not be handled, as the catalog says.
///
/// A dead-letter channel that nobody consumes and no span shows is the usual, healthy case.
public struct DeadLetters: Sendable, Equatable {
    private var targets: [String: [String]] = [:]
    private var sources: [String: [String]] = [:]

    public init(_ catalog: Catalog = Catalog()) {
        for channel in catalog.channels {
            if let target = channel.deadLetter?.value { add(channel.name, target) }
        }
        for service in catalog.services {
            let subscribes = service.subscribes
            for entry in subscribes.indices {
                if let target = subscribes[entry].deadLetter?.value { add(subscribes[entry].channel.value, target) }
            }
        }
    }

    public var isEmpty: Bool { sources.isEmpty }

    /// Where a channel's unhandled messages go.
    public func targets(of channel: String) -> [String] { targets[channel] ?? [] }

    /// Whose unhandled messages come here.
    public func sources(of channel: String) -> [String] { sources[channel] ?? [] }

    public func isTarget(_ channel: String) -> Bool { sources[channel] != nil }

    private mutating func add(_ source: String, _ target: String) {
        guard source != target, !targets(of: source).contains(target) else { return }
        targets[source, default: []].append(target)
        sources[target, default: []].append(source)
    }
}
