import OTLPCoding
@testable import TraceModel

/// A hop without the joiner's own numbers, so that two joiners' hops compare.
struct Said: Hashable {
    var edge: EdgeKey
    var hop: JoinedHop
    var from: UInt64
    var to: UInt64
}

/// Adding up what each `add` changed gives what is true at the end: every hop with how often it was said.
///
/// - Parameter sizes: Into how large batches the facts are cut; what is left comes at once.
func accumulated(_ facts: [SpanFact], in sizes: [Int] = []) -> [Said: Int] {
    var joiner = Joiner()
    var edges: [JoinedHop.Edge: EdgeKey] = [:]
    var sums: [Said: Int] = [:]
    var rest = facts[...]
    for size in sizes + [rest.count] {
        let changes = joiner.add(Array(rest.prefix(size)))
        rest = rest.dropFirst(size)
        for (hops, sign) in [(changes.added, 1), (changes.removed, -1)] {
            for hop in hops {
                let edge = edges[hop.edge] ?? joiner.edge(of: hop)
                edges[hop.edge] = edge
                sums[said(hop, edge, joiner), default: 0] += sign
            }
        }
    }
    return sums.filter { $0.value != 0 }
}

private func said(_ hop: JoinedHop, _ edge: EdgeKey, _ joiner: Joiner) -> Said {
    var plain = hop
    plain.edge = JoinedHop.Edge(kind: edge.kind, from: 0, to: 0, system: 0, detail: 0, isTemporary: edge.isTemporary)
    (plain.fromFact, plain.toFact) = (0, 0)
    return Said(
        edge: edge, hop: plain, from: joiner.span(ofFact: hop.fromFact)?.span.bits ?? 0,
        to: joiner.span(ofFact: hop.toFact)?.span.bits ?? 0)
}

extension [SpanFact] {
    /// In another order, and now and then with repetitions.
    func permuted(with dice: inout Dice) -> [SpanFact] {
        let shuffled = shuffled(using: &dice)
        return Bool.random(using: &dice) ? shuffled : shuffled + shuffled.prefix(count / 2).shuffled(using: &dice)
    }
}

extension Dice {
    /// Sizes of a few small batches.
    mutating func cuts() -> [Int] {
        (0..<Int.random(in: 0...6, using: &self)).map { _ in Int.random(in: 1...4, using: &self) }
    }
}
