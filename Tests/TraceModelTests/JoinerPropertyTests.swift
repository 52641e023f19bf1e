import OTLPCoding
import Testing
import TraceModel

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

    @Test(arguments: 0..<60)
    func `the order of arrival, the cut into batches and repetition change nothing`(seed: Int) throws {
        let all = try facts(Self.tangle(UInt64(seed)))
        let expected = accumulated(all)
        #expect(expected.values.allSatisfy { $0 > 0 })
        var dice = Dice(state: UInt64(seed) &+ 1_000)
        // Ten thousand permutations in all.
        for _ in 0..<167 { #expect(accumulated(all.permuted(with: &dice), in: dice.cuts()) == expected) }
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

    @Test func `messages that are forgotten with one side missing are counted, each once`() throws {
        var make = TestSpans()
        var joiner = Joiner(capacity: 100)
        var givenUp = GivenUpMessages()
        for round in 0..<400 as Range<UInt64> {
            let sent = make.publish("order", "orders", round)
            let stray = make.process("billing", "refunds", round, id: "환불-\(round)", operation: "receive")
            let spans = [
                sent, make.process("billing", "orders", round + 1, parent: sent),
                make.publish("order", "letters", round),
                // Taken and handled, by two spans; nobody was seen to publish it.
                stray, make.process("billing", "refunds", round, id: "환불-\(round)", parent: stray),
            ]
            givenUp += joiner.add(try facts(spans)).givenUp
        }
        let kept = joiner.hops
        #expect(givenUp.withoutSubscriber > 300)
        #expect(givenUp.withoutSubscriber + kept.filter { joiner.edge(of: $0).to == "letters" }.count == 400)
        #expect(givenUp.withoutPublisher + kept.filter { joiner.edge(of: $0).from == "refunds" }.count == 400)
        #expect(givenUp.count == givenUp.withoutPublisher + givenUp.withoutSubscriber)
    }

    @Test func `what is sent again after it was forgotten is not counted again`() throws {
        var make = TestSpans()
        var joiner = Joiner(capacity: 100)
        var spans: [TestSpan] = []
        for round in 0..<400 {
            let sent = make.publish("order", "orders", UInt64(round))
            spans += [sent, make.process("billing", "orders", UInt64(round) + 1, parent: sent)]
        }
        let all = try facts(spans)
        for start in stride(from: 0, to: all.count, by: 10) { _ = joiner.add(Array(all[start..<start + 10])) }
        var dice = Dice(state: 7)
        let again = all.permuted(with: &dice).map { joiner.add([$0]) }
        #expect(again.allSatisfy { $0.isEmpty })
    }

    @Test func `forgetting stops no batch for long, and messages tied to each other without end are forgotten too`()
        throws
    {
        var make = TestSpans()
        var joiner = Joiner(capacity: 400)
        var largest = 0
        var previous = make.publish("order", "orders", 0)
        for round in 1..<1_500 as Range<UInt64> {
            let sent = make.publish("order", "orders", round)
            // Each batch handles the last message of the batch before.
            let batch = make.process("billing", "orders", round + 1).linked(to: previous, sent)
            let changes = joiner.add(try facts([sent, batch]))
            #expect(changes.added.count >= 3)
            largest = max(largest, joiner.hops.count)
            previous = sent
        }
        #expect(largest < 3_200)
    }

    @Test func `deliveries beyond ten thousand of one message are counted, in whatever order they come`() throws {
        var make = TestSpans()
        let sent = make.publish("order", "orders", 0)
        let spans = (0..<12_000).map { number in
            let span = make.process("billing", "orders", UInt64(number), id: "m\(number % 3)").linked(to: sent)
            return number % 4 == 0 ? span.failing() : span
        }
        let deliveries = try facts(spans)
        let publish = try facts([sent])
        var totals: [[Int32]] = []
        for order in [publish + deliveries, deliveries + publish, deliveries.reversed() + publish] {
            var joiner = Joiner()
            var counts: [Int32] = [0, 0, 0]
            for start in stride(from: 0, to: order.count, by: 1_000) {
                let changes = joiner.add(Array(order[start..<min(order.count, start + 1_000)]))
                for (hops, sign) in [(changes.added, Int32(1)), (changes.removed, -1)] {
                    for hop in hops where hop.edge.kind == .consumes {
                        counts[0] += sign * hop.messages
                        if hop.attempt == 1 { counts[1] += sign * hop.messages }
                        if hop.isError { counts[2] += sign * hop.messages }
                    }
                }
            }
            #expect(joiner.hops.count < 10)
            totals.append(counts)
        }
        #expect(totals == Array(repeating: [12_000, 3, 3_000], count: 3))
    }

    @Test func `an id that very many messages share joins nothing, and stays cheap`() throws {
        var make = TestSpans()
        var spans: [TestSpan] = []
        for round in 0..<1_000 as Range<UInt64> {
            spans.append(make.publish("order", "orders", round, id: "1", correlation: "tenant"))
            spans.append(make.process("billing", "orders", round + 1, id: "1", correlation: "tenant"))
        }
        let all = try facts(spans)
        var joiner = Joiner()
        _ = joiner.add(all)
        #expect(
            describe(joiner.hops, joiner) == ["consumes orders -> billing: 1000", "publishes order -> orders: 1000"])
        var other = Joiner()
        var dice = Dice(state: 7)
        for fact in all.permuted(with: &dice) { _ = other.add([fact]) }
        #expect(describe(other.hops, other) == describe(joiner.hops, joiner))
    }

}
