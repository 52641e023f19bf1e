import OTLPCoding
import Testing

@testable import TraceModel

@Suite struct ConventionsTests {
    private func reading(_ span: TestSpan) throws -> SpanReading {
        var reader = SpanReader()
        return try #require(try reader.spans(in: batch([span])).first).reading
    }

    @Test(arguments: [
        ("messaging.destination.name", "messaging.operation.type", "publish", "messaging.message.id"),
        ("messaging.destination.name", "messaging.operation", "send", "messaging.message.id"),
        ("messaging.destination", "messaging.operation", "publish", "messaging.message_id"),
        ("messaging.destination", "messaging.operation", "create", "messaging.message_id"),
    ])
    func `every generation of a publish reads the same`(
        destination: String, operation: String, value: String, id: String
    ) throws {
        var make = TestSpans()
        let reading = try reading(
            make.span(
                "order", .producer, "x", 0...1,
                [
                    ("messaging.system", "kafka"), (destination, "orders"), (operation, .string(value)), (id, "m1"),
                ]))
        #expect(reading.role == .publish)
        #expect(reading.system == "kafka")
        #expect(reading.channel == "orders")
        #expect(reading.messageID == "m1")
    }

    @Test func `the newest name wins where several are there`() throws {
        var make = TestSpans()
        let reading = try reading(
            make.span(
                "order", .producer, "x", 0...1,
                [
                    ("messaging.destination", "old"), ("messaging.destination.name", "new"),
                    ("messaging.operation", "publish"),
                ]))
        #expect(reading.channel == "new")
    }

    @Test func `the operation decides before the kind`() throws {
        var make = TestSpans()
        let today = make.span(
            "billing", .client, "poll orders", 0...1,
            [("messaging.destination.name", "orders"), ("messaging.operation.type", "receive")])
        #expect(try reading(today).role == .receive)
        let yesterday = make.span("billing", .consumer, "orders receive", 0...1, [("messaging.destination", "orders")])
        #expect(try reading(yesterday).role == .receive)
        let plain = make.span("billing", .consumer, "orders process", 0...1, [("messaging.destination", "orders")])
        #expect(try reading(plain).role == .process)
    }

    @Test func `the operation decides before the AWS method`() throws {
        var make = TestSpans()
        let attributes: [(String, OTLPValue)] = [
            ("rpc.system", "aws-api"), ("rpc.method", "ReceiveMessage"), ("messaging.system", "aws_sqs"),
            ("messaging.destination.name", "q"),
        ]
        let java = make.span("a", .consumer, "q process", 0...1, attributes + [("messaging.operation", "process")])
        #expect(try reading(java).role == .process)
        #expect(try reading(make.span("a", .client, "SQS.ReceiveMessage", 0...1, attributes)).role == .receive)
    }

    @Test func `the span name gives the channel where no attribute does`() throws {
        var make = TestSpans()
        #expect(
            try reading(make.span("a", .producer, "send orders", 0...1, [("messaging.system", "jms")])).channel
                == "orders")
        #expect(
            try reading(make.span("a", .consumer, "주문 process", 0...1, [("messaging.system", "jms")])).channel == "주문")
    }

    @Test func `a consumer span without messaging attributes, a database call and an acknowledgement are no messages`()
        throws
    {
        var make = TestSpans()
        #expect(try reading(make.span("a", .consumer, "recv", 0...1)).role == .other)
        #expect(try reading(make.span("a", .client, "insert", 0...1, [("db.system", "sqlite")])).role == .other)
        #expect(
            try reading(
                make.span(
                    "a", .client, "SQS.DeleteMessage", 0...1,
                    [
                        ("rpc.system", "aws-api"), ("rpc.method", "DeleteMessage"), ("messaging.system", "aws.sqs"),
                        ("messaging.destination", "q"),
                    ])
            ).role == .other)
    }

    @Test func `calls are read from RPC, HTTP and GraphQL attributes`() throws {
        var make = TestSpans()
        let grpc = try reading(
            make.span(
                "a", .client, "x", 0...1,
                [("rpc.system", "grpc"), ("rpc.service", "shop.Member"), ("rpc.method", "Get")]))
        #expect((grpc.system, grpc.operation) == ("grpc", "shop.Member/Get"))
        let old = try reading(
            make.span("a", .server, "x", 0...1, [("http.method", "GET"), ("http.route", "/orders/{id}")]))
        #expect((old.system, old.operation) == ("rest", "GET /orders/{id}"))
        let graphql = try reading(
            make.span(
                "a", .server, "x", 0...1,
                [
                    ("http.request.method", "POST"), ("graphql.operation.type", "query"),
                    ("graphql.operation.name", "주문"),
                ]))
        #expect((graphql.system, graphql.operation) == ("graphql", "query 주문"))
    }

    @Test func `partition and offset stand in for a message id`() throws {
        var make = TestSpans()
        let reading = try reading(
            make.span(
                "a", .consumer, "x", 0...1,
                [
                    ("messaging.destination.name", "orders"), ("messaging.operation.type", "process"),
                    ("messaging.destination.partition.id", "3"), ("messaging.kafka.offset", 42),
                ]))
        #expect(reading.messageID == "orders.3.42")
        #expect(reading.isMessageIDOffset)
    }

    @Test
    func `a captured header list gives its first value as correlation ID, and the catalog's attribute comes first`()
        throws
    {
        var make = TestSpans()
        let span = make.span(
            "a", .server, "x", 0...1,
            [("http.request.header.x-correlation-id", ["req-1"]), ("app.booking", "b-7")])
        #expect(try reading(span).correlationID == "req-1")
        var reader = SpanReader(correlationAttributes: ["app.booking"])
        #expect(try reader.spans(in: batch([span])).first?.reading.correlationID == "b-7")
    }

    @Test(arguments: [
        ("arn:aws:sns:ap-northeast-2:123456789012:order-completed", "aws-sns", "order-completed", false),
        ("https://sqs.ap-northeast-2.amazonaws.com/123/orders", "aws-sqs", "orders", false),
        ("order.completed,", "rabbitmq", "order.completed", false),
        (",seat.reserve", "rabbitmq", "seat.reserve", false),
        ("events,order.*", "rabbitmq", "events", false),
        ("amq.gen-yF1BKUpVEE2K6Nt24K0WKw", "rabbitmq", "amq.gen-*", true),
        ("_INBOX.jS8Yz", "nats", "_INBOX.*", true),
        ("reply.7aaf4542-e6ae-fc3c-fa6b-b9c4b5ef5e70.done", "kafka", "reply.{uuid}.done", false),
        ("a:b:c", "redis-pubsub", "a:b:c", false),
        ("주문.완료", "kafka", "주문.완료", false),
    ])
    func `a destination is brought to the name that both sides share`(
        raw: String, system: String, name: String, isTemporary: Bool
    ) {
        let channel = ChannelName(raw, system: system, publishes: true, isCurrent: true)
        #expect(channel == ChannelName(name: name, isTemporary: isTemporary))
    }

    @Test func `RabbitMQ's exchange, key and queue name another part on each side`() {
        func name(_ raw: String, publishes: Bool) -> String {
            ChannelName(raw, system: "rabbitmq", publishes: publishes, isCurrent: true).name
        }
        #expect(name("bookings:seat.reserved", publishes: true) == "bookings")
        #expect(name("bookings:seat.reserved:tickets", publishes: false) == "tickets")
    }

    @Test(arguments: [
        ("aws_sqs", "aws-sqs"), ("AmazonSQS", "aws-sqs"), ("aws.sns", "aws-sns"), ("gcp_pubsub", "gcp-pubsub"),
        ("새것", "새것"),
    ])
    func `systems are spelt as in the catalog`(sent: String, expected: String) {
        #expect(systemName(sent) == expected)
    }
}

extension ChannelName {
    fileprivate init(name: String, isTemporary: Bool) {
        self.init("", system: "", publishes: false, isCurrent: false)
        self.name = name
        self.isTemporary = isTemporary
    }
}
