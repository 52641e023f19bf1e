import OTLPCoding
import Testing

@Suite struct `OTLP batch` {
    let batch: OTLPBatch

    init() throws { batch = try OTLPBatch.decode(protobuf: Fixture.request.encoded()) }

    @Test func `ranges compare by bytes`() {
        let span = batch.spans[0]
        let key = batch.attributes[span.attributes][span.attributes.lowerBound].key
        #expect(batch.bytes(key, equal: "messaging.system"))
        #expect(!batch.bytes(key, equal: "messaging.syste"))
        #expect(!batch.bytes(key, equal: "messaging.systen"))
        #expect(batch.bytes(key, start: "messaging."))
        #expect(!batch.bytes(key, start: "messaging.system.x"))
        #expect(batch.bytes(key, equal: key))
        #expect(!batch.bytes(key, equal: span.name))
        #expect(batch.bytes(.empty, equal: ""))
        #expect(batch.withBytes { $0.count } == batch.bytes.count)
    }

    @Test func `a value is found by its key`() {
        let span = batch.spans[0]
        let system = batch.value(of: "messaging.system", in: span.attributes)
        #expect(system.map(batch.value) == "kafka")
        #expect(batch.value(of: "absent", in: span.attributes) == nil)
        #expect(batch.value(of: "messaging.system", in: batch.spans[1].attributes) == nil)
    }

    @Test func `an array opens on demand`() throws {
        guard case .array(let range)? = batch.value(of: "ids", in: batch.spans[0].attributes) else {
            Issue.record("no array")
            return
        }
        #expect(batch.elements(of: range).map(batch.value) == ["a", 2, [false]])
    }

    @Test func `a map opens on demand`() throws {
        guard case .map(let range)? = batch.value(of: "headers", in: batch.spans[0].attributes) else {
            Issue.record("no map")
            return
        }
        #expect(batch.entries(of: range).map { batch.string($0.key) } == ["x", "deep"])
    }

    @Test func `a range that is not the batch's own is read as far as it goes`() {
        let foreign = OTLPBatch.ByteRange(offset: 3, count: 40)
        _ = batch.elements(of: foreign)
        _ = batch.entries(of: foreign)
        _ = batch.event(foreign)
        #expect(batch.elements(of: OTLPBatch.ByteRange(offset: .max, count: 9)).isEmpty)
    }
}

@Suite struct `Wire writer` {
    @Test(arguments: [0, 1, 126, 127, 128, 129, 16_383, 16_384, 2_097_151, 2_097_152])
    func `a message of any length gets the shortest length`(count: Int) throws {
        let value = String(repeating: "x", count: count)
        let encoded = OTLPValue.array([.string(value)]).encoded()
        let element = ProtoMessage.field(1, value)
        #expect(encoded == ProtoMessage.field(5, ProtoMessage.field(1, element)))
    }
}
