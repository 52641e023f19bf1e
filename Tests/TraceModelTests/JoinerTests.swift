import OTLPCoding
import Testing
import TraceModel

@Suite struct JoinerTests {
    @Test func `a link, a parent, a message id and a correlation ID each join a consumer to its publisher`() throws {
        var make = TestSpans()
        let byLink = make.publish("order", "a", 0)
        let byParent = make.publish("order", "b", 0)
        let byID = make.publish("order", "c", 0, id: "m1")
        let byCorrelation = make.publish("order", "d", 0, correlation: "req-1")
        let spans = [
            byLink, byParent, byID, byCorrelation, make.process("billing", "a", 5).linked(to: byLink),
            make.process("billing", "b", 5, parent: byParent), make.process("billing", "c", 5, id: "m1"),
            make.process("billing", "d", 5, correlation: "req-1"),
        ]
        #expect(
            try edges(spans) == [
                "consumes a -> billing: 1, link 1", "consumes b -> billing: 1, parent 1",
                "consumes c -> billing: 1, message-id 1", "consumes d -> billing: 1, correlation-id 1",
                "publishes order -> a: 1", "publishes order -> b: 1", "publishes order -> c: 1",
                "publishes order -> d: 1",
            ])
    }

    @Test func `nested producer spans of one publish count once`() throws {
        var make = TestSpans()
        let create = make.publish("주문", "주문.완료", 0)
        let publish = make.publish("주문", "주문.완료", 1, parent: create)
        let send = make.publish("주문", "주문.완료", 2, parent: publish)
        let handled = make.process("알림", "주문.완료", 5, parent: send)
        #expect(
            try edges([create, publish, send, handled]) == [
                "consumes 주문.완료 -> 알림: 1, parent 1", "publishes 주문 -> 주문.완료: 1",
            ])
    }

    @Test func `receive and process of one message are one delivery`() throws {
        var make = TestSpans()
        let sent = make.publish("order", "orders", 0)
        let received = make.process("billing", "orders", 5, operation: "receive", parent: sent)
        let processed = make.process("billing", "orders", 6, parent: received).linked(to: sent)
        #expect(
            try edges([sent, received, processed]) == [
                "consumes orders -> billing: 1, link 1", "publishes order -> orders: 1",
            ])
    }

    @Test func `two instrumentations of one consumer tell of one delivery`() throws {
        var make = TestSpans()
        let create = make.publish("order", "orders", 0)
        let send = make.publish("order", "orders", 1, parent: create)
        let received = make.process("billing", "orders", 5, id: "orders.0.1", operation: "receive", parent: create)
            .scoped("aiokafka")
        let processed = make.process("billing", "orders", 6, id: "other", parent: send).scoped("faststream")
        #expect(
            try edges([create, send, received, processed]) == [
                "consumes orders -> billing: 1, parent 1", "publishes order -> orders: 1",
            ])
    }

    @Test func `a redelivery is another attempt, and a duplicate only after success`() throws {
        var make = TestSpans()
        let sent = make.publish("order", "orders", 0)
        let failed = make.process("billing", "orders", 5, parent: sent).failing()
        let retried = make.process("billing", "orders", 20, parent: sent)
        #expect(
            try edges([sent, failed, retried]) == [
                "consumes orders -> billing: 2 of 1, parent 2", "publishes order -> orders: 1",
            ])
        let again = make.process("billing", "orders", 40, parent: sent)
        #expect(
            try edges([sent, failed, retried, again])[0] == "consumes orders -> billing: 3 of 1, 1 again, parent 3")
    }

    @Test func `an empty poll is no message`() throws {
        var make = TestSpans()
        let poll = make.process("billing", "orders", 5, operation: "receive")
        #expect(try edges([poll]) == [])
    }

    @Test func `every link of a batch is a message`() throws {
        var make = TestSpans()
        let sent = (0..<3).map { make.publish("order", "orders", $0) }
        let batch = make.process("billing", "orders", 9).linked(to: sent[0], sent[1], sent[2])
        #expect(
            try edges(sent + [batch]) == ["consumes orders -> billing: 3, link 3", "publishes order -> orders: 3"])
        #expect(
            try edges([sent[0], batch])[0] == "consumes orders -> billing: 3, link 1",
            "messages whose publisher is unknown are messages too")
    }

    @Test func `a topic that delivers to a queue is a route`() throws {
        var make = TestSpans()
        let sent = make.publish(
            "order", "arn:aws:sns:ap-northeast-2:123456789012:order-completed", 0, system: "aws.sns")
        let handled = make.process("billing", "order-completed-billing", 9, system: "aws_sqs").linked(to: sent)
        #expect(
            try edges([sent, handled]) == [
                "consumes order-completed-billing -> billing: 1, link 1",
                "delivers order-completed -> order-completed-billing: 1", "publishes order -> order-completed: 1",
            ])
    }

    @Test func `a documented route carries a message id across it`() throws {
        var make = TestSpans()
        let sent = make.publish("order", "orders", 0, id: "m1")
        let handled = make.process("billing", "orders-billing", 9, id: "m1")
        #expect(try edges([sent, handled])[0] == "consumes orders-billing -> billing: 1")
        var routes = ChannelRoutes()
        routes.add(from: "orders", to: "orders-billing")
        #expect(try edges([sent, handled], routes: routes)[0] == "consumes orders-billing -> billing: 1, message-id 1")
    }

    @Test func `a correlation ID on two publishes of a channel decides nothing`() throws {
        var make = TestSpans()
        let spans = [
            make.publish("order", "orders", 0, correlation: "tenant"),
            make.publish("order", "orders", 1, correlation: "tenant"),
            make.process("billing", "orders", 5, correlation: "tenant"),
        ]
        #expect(try edges(spans)[0] == "consumes orders -> billing: 1")
    }

    @Test func `a reply in an inbox is no delivery of the request that carried the context`() throws {
        var make = TestSpans()
        let request = make.publish("order", "stock.reserve", 0, system: "nats")
        let reply = make.process("order", "_INBOX.x9f", 5, system: "nats", parent: request)
        #expect(
            try edges([request, reply]) == ["consumes _INBOX.* -> order: 1", "publishes order -> stock.reserve: 1"])
    }

    @Test func `a call is named by both of its sides, and by the caller alone while the callee is silent`() throws {
        var make = TestSpans()
        let caller = make.span(
            "gateway", .client, "POST", 0...9, [("http.request.method", "POST"), ("peer.service", "order")])
        #expect(try edges([caller]) == ["calls gateway -> order: 1"])
        let served = make.span(
            "order-service", .server, "POST /orders", 1...8,
            [("http.request.method", "POST"), ("http.route", "/orders")],
            parent: caller)
        #expect(try edges([caller, served]) == ["calls gateway -> order-service: 1"])
        #expect(try edges([served]) == [], "a call whose caller is unknown is no edge")
    }

    @Test func `a batch that one span sends counts its messages, less those that have spans of their own`() throws {
        var make = TestSpans()
        let request = make.span("order", .server, "POST", 0...9)
        let created = [0, 1].map { make.publish("order", "orders", $0, parent: request) }
        var send = make.span(
            "order", .client, "send orders", 3...5,
            [
                ("messaging.system", "kafka"), ("messaging.destination.name", "orders"),
                ("messaging.operation.type", "send"), ("messaging.batch.message_count", 5),
            ], parent: request)
        #expect(try edges([send]) == ["publishes order -> orders: 5"])
        send = send.linked(to: created[0], created[1])
        let handled = make.process("billing", "orders", 9).linked(to: created[0])
        #expect(
            try edges([handled, send] + created) == [
                "consumes orders -> billing: 1, link 1", "publishes order -> orders: 5",
            ])
    }

    @Test func `two instrumentations that tell of one publish beside each other count once`() throws {
        var make = TestSpans()
        let entry = make.span(
            "order", .producer, "refunds send", 0...9,
            [("messaging.system", "aws.sqs"), ("messaging.destination", "refunds"), ("messaging.message.id", "m1")])
        let call = make.span(
            "order", .client, "SQS.SendMessageBatch", 2...8,
            [
                ("messaging.system", "aws.sqs"), ("messaging.destination", "refunds"), ("rpc.system", "aws-api"),
                ("rpc.method", "SendMessageBatch"), ("messaging.message.id", "m1"),
            ]
        ).scoped("botocore")
        #expect(try edges([entry, call]) == ["publishes order -> refunds: 1"])
        let again = make.publish("order", "refunds", 20, id: "m1", system: "aws.sqs")
        #expect(try edges([again, call, entry]) == ["publishes order -> refunds: 2"], "the same event published again")
    }

    @Test func `what is processed within its receive was taken from where that says`() throws {
        var make = TestSpans()
        let sent = make.publish("order", "Shop:Order", 0, system: "kafka")
        let received = make.process("billing", "billing-queue", 5, operation: "receive", parent: sent)
        let processed = make.process("billing", "Shop:Order", 6, parent: received)
        for order in [[sent, received, processed], [processed, received, sent], [processed, sent, received]] {
            #expect(
                try edges(order) == [
                    "consumes billing-queue -> billing: 1, parent 1", "delivers Shop:Order -> billing-queue: 1",
                    "publishes order -> Shop:Order: 1",
                ])
        }
    }

    @Test func `one message for several groups is one delivery for each`() throws {
        var make = TestSpans()
        let sent = make.publish("order", "orders", 0)
        let handled = ["청구", "알림", "분석"].map { make.process($0, "orders", 5).linked(to: sent) }
        #expect(
            try edges(handled + [sent]) == [
                "consumes orders -> 분석: 1, link 1", "consumes orders -> 알림: 1, link 1",
                "consumes orders -> 청구: 1, link 1",
                "publishes order -> orders: 1",
            ])
    }
}
