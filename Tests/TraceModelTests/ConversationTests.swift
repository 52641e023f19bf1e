import OTLPCoding
import Testing
import TraceModel

@Suite struct ConversationTests {
    private func conversations(_ spans: [TestSpan]) throws -> [Conversation] {
        var reader = SpanReader()
        return ConversationAssembler().conversations(of: try reader.spans(in: batch(spans)))
    }

    @Test func `traces that a link, a message id or a correlation ID ties together are one conversation`() throws {
        var make = TestSpans()
        let request = make.span("gateway", .server, "POST /orders", 0...50, [("correlation_id", "예매-1")])
        let sent = make.publish("order", "orders", 10, id: "m1", parent: request)
        let linked = make.process("billing", "orders", 20).linked(to: sent)
        let byID = make.process("알림", "orders", 22, id: "m1")
        let later = make.span("support", .server, "GET /orders", 90...95, [("correlation_id", "예매-1")])
        let stranger = make.span("gateway", .server, "GET /health", 1...2, [("http.method", "GET")])
        let found = try conversations([later, byID, stranger, linked, request, sent])
        #expect(found.count == 2)
        let conversation = try #require(found.first { $0.correlationID == "예매-1" })
        #expect(conversation.traces.count == 4)
        #expect(conversation.services == ["billing", "gateway", "order", "support", "알림"].sorted())
        #expect(conversation.hops.map(\.kind) == [.publishes, .consumes, .consumes])
        #expect(conversation.state == .complete)
    }

    @Test func `a failed attempt that is retried well is no failure, a duplicate is named`() throws {
        var make = TestSpans()
        let sent = make.publish("order", "orders", 0)
        let failed = make.process("billing", "orders", 5, parent: sent).failing()
        #expect(try conversations([sent, failed])[0].state == .failed)
        let retried = make.process("billing", "orders", 20, parent: sent)
        #expect(try conversations([sent, failed, retried])[0].state == .complete)
        let again = make.process("billing", "orders", 40, parent: sent)
        #expect(try conversations([sent, failed, retried, again])[0].state == .duplicated)
    }

    @Test func `a missing parent and disagreeing clocks are said`() throws {
        var make = TestSpans()
        let lost = make.span("gateway", .server, "POST", 0...1)
        let sent = make.publish("order", "orders", 50, parent: lost)
        let early = make.process("billing", "orders", 20, parent: sent)
        let conversation = try conversations([sent, early])[0]
        #expect(
            conversation.warnings == [
                "1 parent span not received", "clocks disagree: 'billing' is shown 30ms later",
            ])
        #expect(conversation.hops.last?.wait == -30_000_000 || conversation.hops.first?.wait == -30_000_000)
    }

    @Test func `the order of arrival does not matter, and every span is in exactly one conversation`() throws {
        var make = TestSpans()
        var spans: [TestSpan] = []
        for round in 0..<5 {
            let sent = make.publish("order", "orders", UInt64(round))
            spans += [sent, make.process("billing", "orders", UInt64(round) + 9).linked(to: sent)]
        }
        let expected = try conversations(spans)
        #expect(expected.count == 5)
        #expect(try conversations(spans.reversed() + spans) == expected)
    }

    @Test func `an empty poll is housekeeping, a message and a failed poll are not`() throws {
        var make = TestSpans()
        let poll = make.process("billing", "orders", 5, operation: "receive")
        #expect(try conversations([poll])[0].isHousekeeping)
        #expect(try !conversations([poll.failing()])[0].isHousekeeping)
        #expect(try !conversations([make.publish("order", "orders", 0)])[0].isHousekeeping)
    }

    @Test func `a batch that was fetched for several requests does not make them one`() throws {
        var make = TestSpans()
        let requests = (0..<3).map {
            make.span("gateway", .server, "POST \($0)", 0...9, [("correlation_id", .string("예매-\($0)"))])
        }
        let sent = requests.map { make.publish("order", "orders", 2, parent: $0) }
        let batch = make.process("billing", "orders", 5, operation: "receive")
        let handled = sent.map { make.process("billing", "orders", 6, parent: batch).linked(to: $0) }
        let found = try conversations(requests + sent + [batch] + handled).filter { !$0.isHousekeeping }
        #expect(found.map(\.correlationID) == ["예매-0", "예매-1", "예매-2"])
        #expect(found.allSatisfy { $0.spans.count == 3 && $0.hops.count == 2 && $0.warnings.isEmpty })

        let linked = make.process("audit", "orders", 7).linked(to: sent[0], sent[1], sent[2])
        let withBatch = try conversations(requests + sent + [linked])
        #expect(withBatch.count == 3)
        #expect(withBatch.map(\.hops.count) == [2, 2, 2])
    }

    @Test func `without an ID a conversation is named by the trace that began it, not by a batch with a part in many`()
        throws
    {
        var make = TestSpans()
        let batch = make.process("billing", "orders", 1, operation: "receive")
        let sent = (0..<3).map { _ in make.publish("order", "orders", 2) }
        let handled = sent.map { make.process("billing", "orders", 6, parent: batch).linked(to: $0) }
        let found = try conversations([batch] + sent + handled).filter { $0.services.contains("order") }
        #expect(found.count == 3)
        #expect(Set(found.map(\.id)) == Set(sent.map { $0.otlp.trace.description }))
    }

    @Test func `a service whose clock is wrong is moved with all that it set off, and the measured wait stays`() throws
    {
        var make = TestSpans()
        let call = make.span("gateway", .client, "POST", 100...200, [("http.request.method", "POST")])
        let served = make.span("order", .server, "POST", 20...80, [("http.request.method", "POST")], parent: call)
        let sent = make.publish("order", "orders", 40, parent: served)
        let handled = make.process("billing", "orders", 150).linked(to: sent)
        let conversation = try conversations([handled, sent, served, call])[0]
        // 60 ms within 100 ms: centred, from 120 to 180; the publish moves along, to 140.
        let starts = conversation.spans.map { "\($0.service) \(($0.start - TestSpans.epoch) / 1_000_000)" }
        #expect(starts == ["gateway 100", "order 120", "order 140", "billing 150"])
        #expect(conversation.warnings == ["clocks disagree: 'order' is shown 100ms later"])
        #expect(conversation.hops.first { $0.kind == .consumes }?.wait == 110_000_000)
    }

    @Test func `clocks that agree, circles and ends before starts are left as they are`() throws {
        var make = TestSpans()
        let call = make.span("gateway", .client, "POST", 0...100, [("http.request.method", "POST")])
        let served = make.span("order", .server, "POST", 10...90, [("http.request.method", "POST")], parent: call)
        #expect(try conversations([call, served])[0].warnings == [])
        var first = make.process("a", "orders", 10)
        var second = make.process("b", "orders", 5, parent: first)
        first.otlp.parent = second.otlp.id
        second.otlp.end = 0
        #expect(try conversations([first, second]).flatMap(\.spans).count == 2)
    }

    @Test func `a value on too many traces joins nothing and is named`() throws {
        var make = TestSpans()
        let spans = (0..<1_001).map {
            make.span(
                "gateway", .server, "GET", $0...$0 + 1,
                [("correlation_id", "tenant-7"), ("http.request.method", "GET")])
        }
        let found = try conversations(spans)
        #expect(found.count == 1_001)
        #expect(found[0].correlationID == nil)
        #expect(found[0].warnings == ["'tenant-7' is on too many spans to identify a request: it joins nothing"])
        #expect(try conversations(Array(spans.dropLast())).count == 1)
    }
}
