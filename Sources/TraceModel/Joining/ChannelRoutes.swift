/// Which channels deliver to which: an SNS topic to its SQS queues, an exchange to its bound queues.
///
/// Names are those that spans show.
public struct ChannelRoutes: Sendable, Equatable {
    private var sourcesOfChannel: [String: [String]] = [:]

    public init() {}

    /// Adds a route; a route known already changes nothing.
    public mutating func add(from source: String, to target: String) {
        if !sources(of: target).contains(source) { sourcesOfChannel[target, default: []].append(source) }
    }

    /// The channels that deliver to `channel`, in the order they were added.
    public func sources(of channel: String) -> [String] { sourcesOfChannel[channel] ?? [] }
}
