public import FlowMatching
import SourceDiagnostics
public import TraceModel

/// Where the catalog and the spans of a window differ: what `flowglass drift` prints, as it was at a moment.
public struct DriftReport: Sendable, Equatable {
    /// As `lint:` and the comments in the catalog have them, in the order of every report.
    public var findings: [DriftFinding]
    public var window: TimeWindow
    /// The moment in the past at which the window ends; nil for now.
    public var until: UInt64?
    /// Whether there were any spans to compare with.
    public var hasSpans: Bool
    /// Spans that evidence was taken from, where that was not all of the window.
    public var newestSpans: Int?

    public init(
        findings: [DriftFinding], window: TimeWindow, until: UInt64? = nil, hasSpans: Bool = true,
        newestSpans: Int? = nil
    ) {
        self.findings = findings
        self.window = window
        self.until = until
        self.hasSpans = hasSpans
        self.newestSpans = newestSpans
    }
}

extension DriftFinding {
    /// The same finding in the next report: messages hold no counts and no times.
    var key: String { "\(diagnostic.rule) \(diagnostic.message)" }

    /// Where to stand to look at it.
    var node: Node {
        switch subject {
        case .channel(let name): .channel(name)
        case .service(let name): .service(name)
        case .edge(let ends):
            switch ends.kind {
            case .publishes: .channel(ends.to)
            case .consumes, .delivers: .channel(ends.from)
            case .calls: .service(ends.from)
            }
        }
    }

    /// The channels and services that it speaks of.
    var nodes: [Node] {
        switch subject {
        case .channel(let name): [.channel(name)]
        case .service(let name): [.service(name)]
        case .edge(let ends):
            switch ends.kind {
            case .publishes: [.service(ends.from), .channel(ends.to)]
            case .consumes: [.channel(ends.from), .service(ends.to)]
            case .delivers: [.channel(ends.from), .channel(ends.to)]
            case .calls: [.service(ends.from), .service(ends.to)]
            }
        }
    }

    /// What only spans know can be written down.
    var isUndocumented: Bool { diagnostic.rule.hasPrefix("undocumented-") }
    var isUnobserved: Bool { diagnostic.rule.hasPrefix("unobserved-") }
}
