import FlowMatching
import TraceModel

/// The figures of several edges taken together. Distributions are only merged when they are asked for.
struct EdgeSummary: Sendable, Equatable {
    private let edges: [FlowEdge]
    private(set) var messages = 0
    private(set) var attempts = 0
    private(set) var errors = 0
    private(set) var duplicates = 0

    init(_ edges: [FlowEdge]) {
        self.edges = edges
        for edge in edges {
            messages &+= edge.figures.count
            attempts &+= max(edge.figures.deliveries, edge.figures.count)
            errors &+= edge.figures.errors
            duplicates &+= edge.figures.duplicates
        }
    }

    /// Nanoseconds that this share (0...1) of messages does not exceed between publication and handling; nil without
    /// any.
    func wait(_ share: Double) -> UInt64? { merged(\.wait).quantile(share) }
    /// Nanoseconds of handling or serving that this share does not exceed; nil without any.
    func work(_ share: Double) -> UInt64? { merged(\.work).quantile(share) }

    var waitP95: UInt64? { wait(0.95) }
    var workP95: UInt64? { work(0.95) }

    /// When the newest message passed: nanoseconds since the Unix epoch, zero for never.
    var lastSeen: UInt64 { edges.reduce(0) { max($0, $1.figures.lastSeen) } }
    /// When the first one did, as far as the figures go back; zero for never.
    var firstSeen: UInt64 {
        edges.reduce(0) { first, edge in
            let seen = edge.figures.firstSeen
            return first == 0 || seen == 0 ? max(first, seen) : min(first, seen)
        }
    }

    private func merged(_ part: KeyPath<EdgeFigures, DurationDistribution>) -> DurationDistribution {
        edges.reduce(into: DurationDistribution()) { $0.add($1.figures[keyPath: part]) }
    }

    /// The share of attempts that failed; nil without any.
    var errorShare: Double? { attempts > 0 ? Double(errors) / Double(attempts) : nil }

    var lagText: String? { waitP95.map(durationText) }
    var workText: String? { workP95.map(durationText) }
    /// `0.0%`, `1.2% !`, `27% !`: six columns at most.
    var errorText: String? {
        errorShare.map { share in
            let text = share < 0.0995 ? FigureText.percent(share) : "\(Int((share * 100).rounded()))%"
            return text + (share >= Self.alarmingShare ? " !" : "")
        }
    }
    var isAlarming: Bool { (errorShare ?? 0) >= Self.alarmingShare }

    /// From here on a share of errors gets a mark.
    static let alarmingShare = 0.01
}
