import Testing

@testable import OTLPCoding

@Suite struct `Request walker` {
    @Test func `what the writer wrote is read back`() throws {
        let batch = try OTLPBatch.decode(protobuf: Fixture.request.encoded())
        #expect(batch.resources.count == 2)
        #expect(batch.rejected == OTLPBatch.Rejections())
        try #require(batch.spans.count == 3)

        let service = batch.attributes[batch.resources[0].attributes].map { batch.string($0.key) }
        #expect(service == ["service.name", "process.pid"])
        #expect(batch.resources[1].attributes.isEmpty)

        let span = batch.spans[0]
        #expect(span.trace == Fixture.trace)
        #expect(span.span == Fixture.producer.id)
        #expect(span.parent == Fixture.producer.parent)
        #expect(span.kind == .producer)
        #expect(batch.string(span.name) == "order.placed 발행")
        #expect(span.start == 1_544_712_660_000_000_000)
        #expect(span.end == 1_544_712_661_000_000_000)
        #expect(span.status == .error)
        #expect(batch.string(span.statusMessage) == "broker said no")
        #expect(batch.string(span.traceState) == "vendor=1")
        #expect(span.flags == 0x301)
        #expect(batch.string(span.scopeName) == "kafka")
        #expect(batch.string(span.scopeVersion) == "1.2")
        #expect(span.resource == 0)
        let attributes = batch.attributes[span.attributes].map { batch.string($0.key) }
        #expect(attributes == Fixture.producer.attributes.map(\.0))
        #expect(batch.attributes[span.attributes].map { batch.value($0.value) } == Fixture.producer.attributes.map(\.1))

        let links = batch.links[span.links]
        #expect(links.map(\.trace) == [Fixture.other, Fixture.trace])
        #expect(links.map(\.span) == [SpanID(bits: 9), SpanID(bits: 10)])
        #expect(links.map { batch.attributes[$0.attributes].map { batch.string($0.key) } } == [["a", "b"], []])

        let events = batch.events(of: span)
        #expect(events.map { batch.string($0.name) } == ["exception", ""])
        #expect(events.map(\.time) == [5, 6])
        #expect(events[0].attributes.map { batch.value($0.value) } == ["시간초과"])

        #expect(batch.spans[1].parent == Fixture.producer.id)
        #expect(batch.string(batch.spans[2].scopeName) == "")
        #expect(batch.spans[2].end == .max)
    }

    @Test func `fields may come in any order, and the last one counts`() throws {
        let span =
            ProtoMessage.field(9, ProtoMessage.attribute("a", "1"))
            + ProtoMessage.field(13, ProtoMessage.ids, ProtoMessage.field(4, ProtoMessage.attribute("link", "1")))
            + ProtoMessage.field(9, ProtoMessage.attribute("b", "2"))
            + ProtoMessage.field(5, "first") + ProtoMessage.field(5, "last")
            + ProtoMessage.field(15, ProtoMessage.field(2, "message"), ProtoMessage.number(3, 1))
            + ProtoMessage.field(15, ProtoMessage.number(3, 2)) + ProtoMessage.ids
        let scope = ProtoMessage.field(1, ProtoMessage.field(1, "scope"))
        let version = ProtoMessage.field(1, ProtoMessage.field(2, "9"))
        let resource = { ProtoMessage.field(1, ProtoMessage.field(1, ProtoMessage.attribute($0, "x"))) }
        let request = ProtoMessage.field(
            1, resource("first"), ProtoMessage.field(2, scope, ProtoMessage.field(2, span), version), resource("second")
        )
        let batch = try OTLPBatch.decode(protobuf: request)
        let read = try #require(batch.spans.first)
        #expect(batch.string(read.name) == "last")
        #expect(batch.attributes[read.attributes].map { batch.string($0.key) } == ["a", "b"])
        #expect(batch.attributes[batch.links[0].attributes].map { batch.string($0.key) } == ["link"])
        #expect(read.status == .error)
        #expect(batch.string(read.statusMessage) == "message")
        #expect(batch.string(read.scopeName) == "scope")
        #expect(batch.string(read.scopeVersion) == "9")
        let own = batch.attributes[batch.resources[0].attributes].map { batch.string($0.key) }
        #expect(own == ["first", "second"])
    }

    @Test func `an attribute given in parts has its last value`() throws {
        let value = ProtoMessage.field(1, "text") + ProtoMessage.number(3, 7)
        let attribute = ProtoMessage.field(1, "k") + ProtoMessage.field(2, value) + ProtoMessage.field(2)
        let batch = try OTLPBatch.decode(protobuf: ProtoMessage.request(span: ProtoMessage.field(9, attribute)))
        #expect(batch.attributes.map { batch.value($0.value) } == [7])
    }

    @Test func `arrays and maps that come in parts are joined`() throws {
        let list = { (texts: String...) in
            ProtoMessage.field(5, texts.flatMap { ProtoMessage.field(1, ProtoMessage.field(1, $0)) })
        }
        let map = { (key: String) in ProtoMessage.field(6, ProtoMessage.field(1, ProtoMessage.attribute(key, "x"))) }
        let nested = ProtoMessage.field(5, ProtoMessage.field(1, list("e"), list("f")))
        let values: [([[UInt8]], OTLPValue)] = [
            ([list("a"), list("b", "c")], ["a", "b", "c"]),
            ([list("a") + list("b")], ["a", "b"]),
            ([list("a") + ProtoMessage.number(3, 1) + list("b")], ["b"]),
            ([list("a") + ProtoMessage.number(3, 1)], 1),
            ([map("a"), map("b")], .map([("a", "x"), ("b", "x")])),
            ([map("a") + list("b"), ProtoMessage.field(99, "unknown")], ["b"]),
            ([nested, list("g")], [["e", "f"], "g"]),
            ([list("a") + ProtoMessage.number(8, 1)], .empty),
        ]
        for (parts, expected) in values {
            let fields = parts.flatMap { ProtoMessage.field(2, $0) }
            let attribute = ProtoMessage.field(9, ProtoMessage.field(1, "k"), fields)
            let request = ProtoMessage.request(span: attribute + ProtoMessage.field(5, "주문"))
            let batch = try OTLPBatch.decode(protobuf: request)
            #expect(batch.attributes.map { batch.value($0.value) } == [expected])
            #expect(batch.spans.map { batch.string($0.name) } == ["주문"])
            #expect(try OTLPBatch.decode(protobuf: batch.bytes).bytes == batch.bytes)
        }
    }

    static let foreignFields: [(String, [UInt8])] = [
        ("an unknown number", ProtoMessage.number(99, 1)), ("an unknown text", ProtoMessage.field(99, "x")),
        ("an unknown fixed64", ProtoMessage.fixed64(99, 1)), ("an unknown fixed32", ProtoMessage.fixed32(99, 1)),
        ("a name that is a number", ProtoMessage.number(5, 1)), ("a start that is a text", ProtoMessage.field(7, "x")),
        ("a group", [0x9B, 0x06] + ProtoMessage.number(1, 1) + [0x9C, 0x06]),
        ("groups inside each other", [0x9B, 0x06, 0x0B, 0x0C, 0x9C, 0x06]),
        ("a number in ten bytes", ProtoMessage.varint(99 << 3) + [UInt8](repeating: 0xFF, count: 9) + [1]),
        ("a tag in five bytes", [0x98, 0x86, 0x80, 0x80, 0x00, 0x01]),
    ]

    @Test(arguments: foreignFields)
    func `a field that is not of the schema is skipped`(name: String, field: [UInt8]) throws {
        let request = ProtoMessage.request(span: field + ProtoMessage.field(5, "kept"))
        let batch = try OTLPBatch.decode(protobuf: request)
        #expect(batch.string(batch.spans[0].name) == "kept", "\(name)")
    }

    static let malformed: [([UInt8], String)] = [
        ([0x0A], "the message ends inside a field at byte 1"),
        ([0x0A, 0x05, 0x00], "a length reaches past the end of its message at byte 1"),
        ([0x0A] + ProtoMessage.varint(1 << 62), "a length reaches past the end of its message at byte 1"),
        ([0x0A] + [UInt8](repeating: 0xFF, count: 9) + [1], "a length reaches past the end of its message at byte 1"),
        ([0x08] + [UInt8](repeating: 0x80, count: 10) + [1], "a number has more than ten bytes at byte 1"),
        ([0x00, 0x01], "a field has an invalid number at byte 1"),
        ([0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0x01], "a field has an invalid number at byte 0"),
        ([0x0E, 0x01], "a field has an invalid wire type at byte 1"),
        ([0x0C], "a group ends that did not begin at byte 1"),
        ([0x13, 0x0C], "a group ends that did not begin at byte 2"),
        ([0x0B], "the message ends inside a field at byte 1"),
        ([UInt8](repeating: 0x0B, count: 50_000), "messages are nested too deeply at byte 101"),
        ([0x09, 1, 2, 3], "the message ends inside a field at byte 1"),
        ([0x0D, 1, 2, 3], "the message ends inside a field at byte 1"),
    ]

    @Test(arguments: malformed)
    func `what is not protobuf is refused with the place`(bytes: [UInt8], sentence: String) {
        #expect(throws: OTLPDecodeFailure.self) { try OTLPBatch.decode(protobuf: bytes) }
        #expect(failure(bytes) == sentence)
    }

    static let invalidText: [([UInt8], String)] = [
        (ProtoMessage.field(5, [0xFF]), "invalid UTF-8 in a span name"),
        (ProtoMessage.field(3, [0xFF]), "invalid UTF-8 in a trace state"),
        (ProtoMessage.field(9, ProtoMessage.field(1, [0xC0, 0x80])), "invalid UTF-8 in an attribute key"),
        (
            ProtoMessage.field(9, ProtoMessage.field(2, ProtoMessage.field(1, [0xED, 0xA0, 0x80]))),
            "invalid UTF-8 in an attribute value"
        ),
        (ProtoMessage.field(11, ProtoMessage.field(2, [0xF5])), "invalid UTF-8 in an event name"),
        (
            ProtoMessage.field(11, ProtoMessage.field(3, ProtoMessage.field(1, [0x80]))),
            "invalid UTF-8 in an attribute key"
        ),
        (ProtoMessage.field(13, ProtoMessage.field(3, [0xFF])), "invalid UTF-8 in a trace state"),
        (ProtoMessage.field(15, ProtoMessage.field(2, [0xE3, 0x81])), "invalid UTF-8 in a status message"),
        (
            ProtoMessage.field(
                9, ProtoMessage.field(2, ProtoMessage.field(5, ProtoMessage.field(1, ProtoMessage.field(1, [0xFF]))))),
            "invalid UTF-8 in an attribute value"
        ),
    ]

    @Test(arguments: invalidText)
    func `text that is not UTF-8 is refused wherever it stands`(field: [UInt8], problem: String) throws {
        let error = #expect(throws: OTLPDecodeFailure.self) {
            try OTLPBatch.decode(protobuf: ProtoMessage.request(span: field))
        }
        #expect(error?.problem == problem)
    }

    static let badIDs: [([UInt8], [UInt8], [UInt8], String)] = [
        ([], [UInt8](repeating: 1, count: 8), [], "malformed trace id"),
        ([UInt8](repeating: 0, count: 16), [UInt8](repeating: 1, count: 8), [], "malformed trace id"),
        ([UInt8](repeating: 1, count: 15), [UInt8](repeating: 1, count: 8), [], "malformed trace id"),
        ([UInt8](repeating: 1, count: 16), [UInt8](repeating: 0, count: 8), [], "malformed span id"),
        ([UInt8](repeating: 1, count: 16), [UInt8](repeating: 1, count: 16), [], "malformed span id"),
        ([UInt8](repeating: 1, count: 16), [UInt8](repeating: 1, count: 8), [1, 2], "malformed parent span id"),
    ]

    @Test(arguments: badIDs)
    func `a span without usable ids is counted and the rest stays`(
        trace: [UInt8], id: [UInt8], parent: [UInt8], reason: String
    ) throws {
        let attribute = ProtoMessage.field(9, ProtoMessage.attribute("k", "v"))
        let bad =
            ProtoMessage.field(1, trace) + ProtoMessage.field(2, id) + ProtoMessage.field(4, parent) + attribute
            + ProtoMessage.field(11) + ProtoMessage.field(13, ProtoMessage.ids, ProtoMessage.field(4, attribute))
        let good = ProtoMessage.ids + ProtoMessage.field(4, [UInt8](repeating: 0, count: 8)) + attribute
        let batch = try OTLPBatch.decode(
            protobuf: ProtoMessage.field(
                1, ProtoMessage.field(2, ProtoMessage.field(2, bad), ProtoMessage.field(2, good))))
        #expect(batch.rejected.count == 1)
        #expect(batch.rejected.reason == reason)
        #expect(batch.spans.count == 1)
        #expect(batch.attributes.count == 1)
        #expect(batch.links.isEmpty)
        #expect(batch.events.isEmpty)
    }

    @Test func `messages may be nested a hundred deep`() throws {
        /// A request whose deepest message is `depth` messages inside it.
        func request(depth: Int) -> [UInt8] {
            var value: [UInt8] = []
            // Request, ResourceSpans, ScopeSpans, Span, KeyValue and AnyValue; each list adds itself and its element.
            for _ in 0..<(depth - 5) / 2 { value = ProtoMessage.field(5, ProtoMessage.field(1, value)) }
            return ProtoMessage.request(span: ProtoMessage.field(9, ProtoMessage.field(2, value)))
        }
        let batch = try OTLPBatch.decode(protobuf: request(depth: 99))
        #expect(batch.spans.count == 1)
        _ = batch.value(batch.attributes[0].value)
        #expect(failure(request(depth: 101))?.hasPrefix("messages are nested too deeply") == true)
        var limits = OTLPLimits()
        limits.depth = 7
        #expect(throws: OTLPDecodeFailure.self) { try OTLPBatch.decode(protobuf: request(depth: 9), limits: limits) }
    }

    static let parts: [[UInt8]] = [
        ProtoMessage.field(9), ProtoMessage.field(11), ProtoMessage.field(13, ProtoMessage.ids),
        ProtoMessage.field(13, ProtoMessage.field(4)),
    ]

    @Test(arguments: parts)
    func `the number of parts is bounded`(part: [UInt8]) {
        var limits = OTLPLimits()
        limits.elements = 10
        let parts = [[UInt8]](repeating: part, count: 11).flatMap { $0 }
        #expect(throws: OTLPDecodeFailure.self) {
            try OTLPBatch.decode(protobuf: ProtoMessage.request(span: parts), limits: limits)
        }
        #expect(throws: Never.self) { try OTLPBatch.decode(protobuf: ProtoMessage.request(span: parts)) }
    }

    @Test func `a cut or damaged request is refused or read, never a crash`() throws {
        let bytes = Fixture.request.encoded()
        for count in 0..<bytes.count { _ = readEverything(Array(bytes[..<count])) }
        var numbers = Numbers(state: 1)
        var refused = 0
        for _ in 0..<20_000 {
            var damaged = bytes
            for _ in 0...Int.random(in: 0...2, using: &numbers) {
                damaged[Int.random(in: damaged.indices, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
            }
            if !readEverything(damaged) { refused += 1 }
        }
        #expect(refused > 1000)
        #expect(refused < 19_000)
    }

    /// Reads every part of a request that can be read.
    private func readEverything(_ bytes: [UInt8]) -> Bool {
        guard let batch = try? OTLPBatch.decode(protobuf: bytes) else { return false }
        for attribute in batch.attributes { _ = (batch.string(attribute.key), batch.value(attribute.value)) }
        for span in batch.spans {
            _ = (batch.string(span.name), batch.string(span.scopeName), batch.attributes[span.attributes])
            for link in batch.links[span.links] { _ = batch.attributes[link.attributes] }
            for event in batch.events(of: span) { _ = event.attributes.map { batch.value($0.value) } }
        }
        return true
    }

    private func failure(_ bytes: [UInt8]) -> String? {
        do {
            _ = try OTLPBatch.decode(protobuf: bytes)
            return nil
        } catch {
            return error.description
        }
    }
}
