import OTLPCoding
import Testing
import TraceModel

/// A small generator with a seed (SplitMix64: Steele, Lea and Flood 2014), so that a failure can be run again.
private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

@Suite struct JoinerPropertyTests {
    /// A tangle of everything that instrumentations do: nested publishes, links, parents, ids, batches, redeliveries,
    /// calls, replies, references to spans that never come, circles.
    private static func tangle(_ seed: UInt64) -> [TestSpan] {
        var dice = Dice(state: seed)
        var make = TestSpans()
        var spans: [TestSpan] = []
        let services = ["주문", "결제", "order", "billing"]
        let channels = ["orders", "payments", "amq.gen-Xy12", "주문.완료"]
        for _ in 0..<Int.random(in: 4...24, using: &dice) {
            let time = UInt64.random(in: 0...70_000, using: &dice)
            let service = services.randomElement(using: &dice)!
            let channel = channels.randomElement(using: &dice)!
            let parent = Bool.random(using: &dice) ? spans.randomElement(using: &dice) : nil
            let id = Int.random(in: 0...3, using: &dice) == 0 ? "m\(Int.random(in: 0...4, using: &dice))" : nil
            let correlation = Int.random(in: 0...3, using: &dice) == 0 ? "c\(Int.random(in: 0...3, using: &dice))" : nil
            var span: TestSpan
            switch Int.random(in: 0...5, using: &dice) {
            case 0, 1:
                span = make.publish(service, channel, time, id: id, correlation: correlation, parent: parent)
            case 2, 3:
                span = make.process(
                    service, channel, time, id: id, correlation: correlation,
                    operation: Bool.random(using: &dice) ? "process" : "receive", parent: parent)
                for _ in 0..<Int.random(in: 0...2, using: &dice) {
                    if let other = spans.randomElement(using: &dice) { span = span.linked(to: other) }
                }
                if Bool.random(using: &dice) { span = span.scoped("other") }
            case 4:
                span = make.span(
                    service, .client, "GET", time...time + 3,
                    [("http.request.method", "GET")] + (Bool.random(using: &dice) ? [("peer.service", "order")] : []),
                    parent: parent)
            default:
                span = make.span(
                    service, .server, "GET /x", time...time + 2, [("http.request.method", "GET")], parent: parent)
            }
            if Bool.random(using: &dice) { span = span.failing() }
            spans.append(span)
        }
        // Now and then the referred span never arrives.
        if Bool.random(using: &dice) { spans.remove(at: Int.random(in: 0..<spans.count, using: &dice)) }
        return spans
    }

    /// Adding up what each `add` changed gives what is true at the end.
    private static func accumulated(_ facts: [SpanFact], in sizes: [Int]) -> [String: Int] {
        var joiner = Joiner()
        var sums: [String: Int] = [:]
        var rest = facts[...]
        for size in sizes + [rest.count] {
            let changes = joiner.add(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
            for (hops, sign) in [(changes.added, 1), (changes.removed, -1)] {
                for hop in hops {
                    let from = joiner.span(ofFact: hop.fromFact)?.span.description ?? "-"
                    let to = joiner.span(ofFact: hop.toFact)?.span.description ?? "-"
                    let key =
                        "\(joiner.edge(of: hop)) \(from) \(to) \(hop.attempt) \(hop.isDuplicate) \(hop.isError) "
                        + "\(hop.evidence?.rawValue ?? "-") \(hop.wait ?? 0) \(hop.firstSeen) \(hop.lastSeen)"
                    sums[key, default: 0] += sign
                }
            }
        }
        return sums.filter { $0.value != 0 }
    }

    @Test(arguments: 0..<60)
    func `the order of arrival, the cut into batches and repetition change nothing`(seed: Int) throws {
        let spans = Self.tangle(UInt64(seed))
        let all = try facts(spans)
        let expected = Self.accumulated(all, in: [])
        #expect(expected.values.allSatisfy { $0 > 0 })
        var dice = Dice(state: UInt64(seed) &+ 1_000)
        for _ in 0..<12 {
            var shuffled = all.shuffled(using: &dice)
            if Bool.random(using: &dice) { shuffled += all.shuffled(using: &dice) }
            let sizes = (0..<Int.random(in: 0...6, using: &dice)).map { _ in Int.random(in: 1...4, using: &dice) }
            #expect(Self.accumulated(shuffled, in: sizes) == expected)
        }
    }

    @Test func `forgetting old facts leaves what was said of them standing`() throws {
        var make = TestSpans()
        var joiner = Joiner(capacity: 100)
        var total = 0
        for round in 0..<200 {
            let sent = make.publish("order", "orders", UInt64(round))
            let changes = joiner.add(
                try facts([sent, make.process("billing", "orders", UInt64(round) + 1, parent: sent)]))
            #expect(changes.removed.isEmpty)
            total += changes.added.count
        }
        #expect(total == 400)
        #expect(joiner.hops.count <= 204)
    }

    @Test func `a span that far too many link to is cut, also when it comes last`() throws {
        var make = TestSpans()
        let sent = make.publish("order", "orders", 0)
        let spans = (0..<12_000).map { make.process("billing", "orders", UInt64($0)).linked(to: sent) }
        var joiner = Joiner()
        _ = joiner.add(try facts(spans))
        let changes = joiner.add(try facts([sent]))
        #expect(changes.added.count == 10_001)
        #expect(joiner.hops.count == 10_001)
    }
}
