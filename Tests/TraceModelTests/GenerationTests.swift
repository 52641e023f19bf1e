import OTLPCoding
import Testing

@testable import TraceModel

/// The same publish and the same delivery as every generation of the conventions says them.
@Suite struct GenerationTests {
    struct Generation: Sendable, CustomTestStringConvertible {
        var version: String
        var publish: [String: OTLPValue]
        var delivery: [String: OTLPValue]
        /// What the reader makes of the names.
        var reads: String
        var hasGroup = true

        var testDescription: String { version }
    }

    static let generations = [
        Generation(
            version: "1.7",
            publish: [
                "messaging.system": "kafka", "messaging.destination": "주문", "messaging.destination_kind": "topic",
            ],
            delivery: [
                "messaging.system": "kafka", "messaging.destination": "주문", "messaging.operation": "process",
                "messaging.kafka.consumer_group": "청구", "messaging.kafka.partition": 3, "messaging.message_id": "m1",
            ], reads: "1.7 to 1.16"),
        Generation(
            version: "1.17",
            publish: [
                "messaging.system": "kafka", "messaging.destination.name": "주문", "messaging.operation": "publish",
            ],
            delivery: [
                "messaging.system": "kafka", "messaging.source.name": "주문", "messaging.operation": "process",
                "messaging.kafka.consumer.group": "청구", "messaging.kafka.source.partition": 3,
                "messaging.message.id": "m1",
            ], reads: "1.17 to 1.20"),
        Generation(
            version: "1.21",
            publish: [
                "messaging.system": "kafka", "messaging.destination.name": "주문", "messaging.operation": "publish",
                "messaging.kafka.destination.partition": 3,
            ],
            delivery: [
                "messaging.system": "kafka", "messaging.destination.name": "주문", "messaging.operation": "process",
                "messaging.kafka.consumer.group": "청구", "messaging.kafka.destination.partition": 3,
                "messaging.kafka.message.offset": 42, "messaging.message.id": "m1",
            ], reads: "1.17 to 1.24"),
        Generation(
            version: "1.26",
            publish: [
                "messaging.system": "kafka", "messaging.destination.name": "주문", "messaging.operation.type": "publish",
                "messaging.operation.name": "send",
            ],
            delivery: [
                "messaging.system": "kafka", "messaging.destination.name": "주문", "messaging.operation.type": "process",
                "messaging.operation.name": "consume", "messaging.kafka.consumer.group": "청구",
                "messaging.destination.partition.id": "3", "messaging.message.id": "m1",
            ], reads: "1.26"),
        Generation(
            version: "1.27",
            publish: [
                "messaging.system": "kafka", "messaging.destination.name": "주문", "messaging.operation.type": "send",
                "messaging.operation.name": "send",
            ],
            delivery: [
                "messaging.system": "kafka", "messaging.destination.name": "주문", "messaging.operation.type": "process",
                "messaging.consumer.group.name": "청구", "messaging.destination.partition.id": "3",
                "messaging.kafka.offset": 42, "messaging.message.id": "m1",
            ], reads: "1.27 to 1.44"),
        Generation(
            version: "1.45",
            publish: [
                "messaging.system.name": "kafka", "messaging.destination.name": "주문",
                "messaging.operation.type": "send",
                "messaging.operation.name": "send",
            ],
            delivery: [
                "messaging.system.name": "kafka", "messaging.destination.name": "주문",
                "messaging.operation.type": "process", "messaging.consumer.group.name": "청구",
                "messaging.destination.partition.id": "3", "kafka.offset": 42, "messaging.message.id": "m1",
            ], reads: "1.45 or later"),
    ]

    private func reading(_ kind: SpanKind, _ name: String, _ attributes: [String: OTLPValue]) throws -> SpanReading {
        var make = TestSpans()
        var reader = SpanReader()
        let span = make.span("s", kind, name, 0...1, attributes.map { ($0.key, $0.value) })
        return try #require(try reader.spans(in: batch([span])).first).reading
    }

    @Test(arguments: generations)
    func `a publish and a delivery read the same in every generation`(generation: Generation) throws {
        let publish = try reading(.producer, "주문 send", generation.publish)
        #expect(publish.role == .publish)
        #expect(publish.system == "kafka")
        #expect(publish.channel == "주문")
        let delivery = try reading(.consumer, "주문 process", generation.delivery)
        #expect(delivery.role == .process)
        #expect(delivery.system == "kafka")
        #expect(delivery.channel == "주문")
        #expect(delivery.group == "청구")
        #expect(delivery.messageID == "m1")
    }

    @Test(arguments: generations)
    func `the generation is told from the names`(generation: Generation) throws {
        let delivery = try reading(.consumer, "주문 process", generation.delivery)
        #expect(delivery.generation.description == generation.reads)
        #expect(!delivery.generation.isMixed)
    }

    @Test(arguments: generations)
    func `a publish and a delivery of different generations join`(generation: Generation) throws {
        var make = TestSpans()
        let publish = make.span("order", .producer, "주문 send", 0...1, generation.publish.map { ($0.key, $0.value) })
        for other in Self.generations {
            let delivery = make.span(
                "billing", .consumer, "주문 process", 5...9, other.delivery.map { ($0.key, $0.value) }, parent: publish)
            #expect(
                try edges([publish, delivery]) == ["consumes 주문 -> billing: 1, parent 1", "publishes order -> 주문: 1"],
                "\(other.version)")
        }
    }

    @Test func `old and new names beside each other are a mixture, and the newer win`() throws {
        let both = try reading(
            .producer, "x",
            ["messaging.destination": "old", "messaging.destination.name": "new", "messaging.system": "kafka"])
        #expect(both.channel == "new")
        #expect(both.generation.isMixed)
        #expect(both.generation.description == "both before 1.17 and since 1.17")
        #expect(try reading(.internal, "work", ["app.thing": 1]).generation == .none)
        #expect(ConventionGeneration.none.description == "none")
    }

    @Test(
        arguments: [
            (
                ["rpc.system": "grpc", "rpc.service": "fleet.Member", "rpc.method": "Get"], "grpc fleet.Member/Get",
                "1.7 to 1.38"
            ),
            (["rpc.system.name": "grpc", "rpc.method": "fleet.Member/Get"], "grpc fleet.Member/Get", "1.39 or later"),
            (["rpc.system": "grpc"], "grpc fleet.Member/Get", "1.7 to 1.38"),
            (["http.method": "GET", "http.route": "/orders/{id}"], "rest GET /orders/{id}", "1.7 to 1.19"),
            (["http.request.method": "GET", "http.route": "/orders/{id}"], "rest GET /orders/{id}", "1.20 or later"),
            (["http.request.method": "GET", "url.template": "/orders/{id}"], "rest GET /orders/{id}", "1.26 or later"),
            (
                ["http.method": "POST", "graphql.operation.type": "mutation", "graphql.operation.name": "예매"],
                "graphql mutation 예매", "1.7 to 1.19"
            ),
        ] as [([String: OTLPValue], String, String)])
    func `calls of every generation name protocol and operation`(
        attributes: [String: OTLPValue], call: String, generation: String
    ) throws {
        let reading = try reading(.server, "/fleet.Member/Get", attributes)
        #expect(reading.role == .server)
        #expect("\(reading.system) \(reading.operation)" == call)
        #expect(reading.generation.description == generation)
    }

    @Test func `how the services of a batch speak is counted`() throws {
        var make = TestSpans()
        let sent = make.publish("주문", "orders", 0)
        let again = make.publish("주문", "orders", 1)
        let old = make.span(
            "청구", .consumer, "orders process", 5...6,
            [("messaging.system", "kafka"), ("messaging.destination", "orders")],
            parent: sent)
        var reader = SpanReader()
        let profiles = try reader.digest(batch([sent, again, old])).profiles
        var sums: [String: Int] = [:]
        for profile in profiles {
            sums["\(profile.service) \(profile.role) \(profile.kind) \(profile.generation)", default: 0] +=
                profile.figures.spans
        }
        #expect(sums == ["주문 publish producer 1.26 to 1.44": 2, "청구 process consumer 1.7 to 1.16": 1])
        #expect(profiles.filter { $0.service == "청구" }.map(\.figures.withContext) == [1])
        #expect(profiles.allSatisfy { $0.scope == "test" })
    }

    @Test func `every name stands once in the table`() {
        let names = ConventionTable.rows.map { "\($0.fact) \($0.attribute)" }
        #expect(Set(names).count == names.count)
        for row in ConventionTable.rows {
            if case .conventions(let since) = row.origin, let until = row.until {
                #expect(since < until, "\(row.attribute)")
            }
        }
    }
}
