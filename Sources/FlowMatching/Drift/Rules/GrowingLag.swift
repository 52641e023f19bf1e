import CatalogModel
import SourceDiagnostics
import TraceModel

/// Messages that wait longer and longer: the consumer does not keep up.
///
/// The p95 of each slot of the window is compared with that of every later one: it must rise in most pairs (Kendall's
/// tau), end at twice what it began with, and by more than a blink.
struct GrowingLag: DriftCheck {
    let name = "growing-lag"
    let severity = Severity.warning

    /// Slots that the window is cut into.
    static let slots = 6
    private static let leastSamples = 10
    private static let leastSlots = 4
    private static let leastTau = 0.6
    private static let leastRise: UInt64 = 250_000_000

    func findings(in drift: DriftContext) -> [DriftFinding] {
        drift.waits.compactMap { ends, slots in
            let known = slots.filter { $0.count >= Self.leastSamples }
            let p95 = known.compactMap { $0.quantile(0.95) }
            guard p95.count >= Self.leastSlots, let first = p95.first, let last = p95.last,
                last / 2 >= first, last - first >= Self.leastRise, Self.tau(p95) >= Self.leastTau
            else { return nil }
            let subscription = drift.subscription(ends.from, ends.to)
            let count = known.reduce(0) { $0 + $1.count }
            var seen = Sightings(
                drift.edge(ends.kind, ends.from, ends.to)?.figures ?? EdgeFigures(), drift.evidence.edges[ends])
            seen.count = count
            var evidence = [
                "the p95 of the wait went \(p95.map(durationText).joined(separator: ", ")) over the window",
                "\(counted(count, "message"))",
            ]
            evidence += drift.evidence.edges[ends].map(exampleText) ?? []
            return finding(
                "'\(ends.to)' falls behind on '\(ends.from)': its messages wait longer and longer",
                about: .edge(ends), seen: seen,
                at: subscription?.channel.span ?? drift.catalog.service(named: ends.to)?.span,
                label: "the lag grows", related: drift.place(ofChannel: ends.from),
                help: "add consumers or partitions, or find what slows the handling", evidence: evidence)
        }
    }

    /// Kendall's tau of a series with time: 1 where every value is above all before it, -1 where it is below.
    static func tau(_ values: [UInt64]) -> Double {
        var score = 0
        for later in values.indices {
            for earlier in 0..<later {
                score += (values[later] > values[earlier] ? 1 : 0) - (values[later] < values[earlier] ? 1 : 0)
            }
        }
        let pairs = values.count * (values.count - 1) / 2
        return pairs == 0 ? 0 : Double(score) / Double(pairs)
    }
}

/// In how many slots of the window `DriftContext` wants to know how long messages waited.
public let driftWaitSlots = GrowingLag.slots
