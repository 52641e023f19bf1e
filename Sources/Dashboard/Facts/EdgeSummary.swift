import FlowMatching
import TraceModel

/// The figures of several edges taken together. Distributions are only merged when they are asked for.
struct EdgeSummary: Sendable, Equatable {
    private let edges: [FlowEdge]
    private(set) var attempts = 0
    private(set) var errors = 0
    private(set) var duplicates = 0

    init(_ edges: [FlowEdge]) {
        self.edges = edges
        for edge in edges {
            attempts &+= max(edge.figures.deliveries, edge.figures.count)
            errors &+= edge.figures.errors
            duplicates &+= edge.figures.duplicates
        }
    }

    /// Nanoseconds that 95 of 100 messages do not exceed between publication and handling; nil without any.
    var waitP95: UInt64? { merged(\.wait).quantile(0.95) }
    /// Nanoseconds of handling or serving that 95 of 100 do not exceed; nil without any.
    var workP95: UInt64? { merged(\.work).quantile(0.95) }

    private func merged(_ part: KeyPath<EdgeFigures, DurationDistribution>) -> DurationDistribution {
        edges.reduce(into: DurationDistribution()) { $0.add($1.figures[keyPath: part]) }
    }

    /// The share of attempts that failed; nil without any.
    var errorShare: Double? { attempts > 0 ? Double(errors) / Double(attempts) : nil }

    var lagText: String? { waitP95.map(FigureText.duration) }
    var workText: String? { workP95.map(FigureText.duration) }
    var errorText: String? { errorShare.map { FigureText.percent($0) + ($0 >= Self.alarmingShare ? " !" : "") } }
    var isAlarming: Bool { (errorShare ?? 0) >= Self.alarmingShare }

    /// From here on a share of errors gets a mark.
    static let alarmingShare = 0.01
}
