import FlowMatching
import SourceDiagnostics
import TerminalText
import TraceModel

/// What is new from one snapshot to the next, a line each: the live dashboard for screen readers and pipes.
///
///     14:03:22 conversation 626bb996 failed at payment
///     14:03:24 drift warning: 'audit.mystery' on kafka is used, and the catalog does not have it (undocumented-channel)
public struct PlainEvents: Sendable {
    /// What was found, by its key.
    private var drift: [String: String] = [:]
    private var conversations: [String: String] = [:]
    private var findings: Set<String> = []
    private var trouble: String?
    private var rejected = 0
    private var refused = 0
    private var evicted = 0
    private var isBegun = false

    public init() {}

    /// The lines about what changed since the last call; the first call only looks.
    public mutating func lines(_ model: DashboardModel) -> [String] {
        let facts = model.facts
        var lines: [String] = []
        let driftNow = Dictionary(
            facts.driftFindings.map {
                ($0.key, "drift \($0.diagnostic.severity.rawValue): \($0.diagnostic.message) (\($0.diagnostic.rule))")
            }, uniquingKeysWith: { first, _ in first })
        lines += driftNow.filter { drift[$0.key] == nil }.map(\.value).sorted()
        lines += drift.filter { driftNow[$0.key] == nil }.map { "no longer: \($0.value)" }.sorted()
        drift = driftNow

        var states: [String: String] = [:]
        for (conversation, read) in zip(facts.snapshot.conversations, facts.conversations).reversed() {
            guard read.state != .complete, read.state != .inProgress else { continue }
            states[conversation.id] = read.stateText
            guard conversations[conversation.id] != read.stateText else { continue }
            lines.append("conversation \(conversation.id) \(read.stateText)" + (read.flow.map { ", flow \($0)" } ?? ""))
        }
        // Those that left the list are forgotten: they do not come back.
        conversations = states

        let found = Set(
            facts.findings.diagnostics.map { finding in
                "\(finding.severity.rawValue): \(finding.message)"
                    + (finding.span.map { " (\($0.file):\($0.line))" } ?? "")
            })
        lines += found.subtracting(findings).sorted()
        lines += findings.subtracting(found).sorted().map { "mended: \($0)" }
        findings = found

        let health = facts.snapshot.health
        if health.trouble != trouble { lines.append(health.trouble.map { "trouble: \($0)" } ?? "the trouble is over") }
        trouble = health.trouble
        if health.rejected > rejected {
            let reason = health.lastRejection.map { " (\($0))" } ?? ""
            lines.append("\(FigureText.counted(health.rejected - rejected, "span")) rejected\(reason)")
        }
        rejected = health.rejected
        if let now = health.refusedRequests, now > refused {
            let reason = health.lastRefusal.map { " (\($0))" } ?? ""
            lines.append("\(FigureText.counted(now - refused, "request")) refused\(reason)")
        }
        refused = health.refusedRequests ?? 0
        if health.evictedSpans > evicted {
            lines.append("\(FigureText.counted(health.evictedSpans - evicted, "span")) evicted by retention")
        }
        evicted = health.evictedSpans

        defer { isBegun = true }
        guard isBegun else { return [] }
        let clock = FigureText.clock(facts.now, secondsFromUTC: model.settings.secondsFromUTC)
        return lines.map { displaySafe("\(clock) \($0)") }
    }
}
