import CatalogModel
import FlowMatching

/// What stands in a common frame.
public enum DiagramFrames: String, Sendable, CaseIterable {
    /// Services by domain, channels by broker.
    case both
    case brokers
    case domains
    case none
}

/// The frames of one flowchart, each with what stands in it; what stands in none comes first.
struct FlowchartFrames {
    struct Frame {
        var kind: Kind
        var title: String
        var services: [ServiceNode] = []
        var channels: [ChannelNode] = []

        var count: Int { services.count + channels.count }
    }

    enum Kind: Hashable { case none, domain, broker }

    private(set) var frames: [Frame] = []
    /// Frames that would hold all that could stand in a frame of their kind: a word for the legend.
    private(set) var common: [String] = []

    init(_ plan: FlowchartPlan, _ kind: DiagramFrames) {
        var domains: [String: Frame] = [:]
        var brokers: [String: Frame] = [:]
        var free = Frame(kind: .none, title: "")
        for service in plan.services {
            if kind != .none, kind != .brokers, let domain = service.domain, !domain.isEmpty {
                domains[domain, default: Frame(kind: .domain, title: domain)].services.append(service)
            } else {
                free.services.append(service)
            }
        }
        for channel in plan.channels {
            let broker = Self.broker(of: channel)
            if kind == .domains, let domain = channel.domain, !domain.isEmpty {
                domains[domain, default: Frame(kind: .domain, title: domain)].channels.append(channel)
            } else if kind == .both || kind == .brokers, !broker.isEmpty {
                brokers[broker, default: Frame(kind: .broker, title: broker)].channels.append(channel)
            } else {
                free.channels.append(channel)
            }
        }
        // A frame around one thing is a line too many; on the page of a part, so is one around all things of its kind,
        // which would keep them apart from what they talk with.
        let isPart = !plan.parts.isEmpty
        for (name, frame) in domains
        where frame.count == 1 || (isPart && frame.services.count == plan.services.count) {
            free.services += frame.services
            free.channels += frame.channels
            domains[name] = nil
        }
        for (name, frame) in brokers where isPart && frame.count == plan.channels.count {
            free.channels += frame.channels
            brokers[name] = nil
            common.append("broker: \(name)")
        }
        let rank = Dictionary(plan.services.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        free.services.sort { (rank[$0.name] ?? 0) < (rank[$1.name] ?? 0) }
        free.channels.sort { $0.name < $1.name }
        let firstRank = { (frame: Frame) in frame.services.first.flatMap { rank[$0.name] } ?? .max }
        frames =
            [free]
            + domains.values.sorted { (firstRank($0), $0.title) < (firstRank($1), $1.title) }
            + brokers.values.sorted { $0.title < $1.title }
    }

    /// `kafka`, `orders (kafka)`
    private static func broker(of channel: ChannelNode) -> String {
        guard let broker = channel.broker, broker != channel.system else { return channel.system }
        return channel.system.isEmpty ? broker : "\(broker) (\(channel.system))"
    }
}
