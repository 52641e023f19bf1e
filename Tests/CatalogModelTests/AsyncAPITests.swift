import CatalogModel
import Foundation
import SourceDiagnostics
import Testing

@Suite struct `AsyncAPI documents` {
    private func load(_ files: [String: String]) -> LoadedCatalog {
        loadCatalog(texts: files.sorted { $0.key < $1.key }.map { (path: $0.key, text: $0.value) })
    }

    private func edges(_ loaded: LoadedCatalog) -> [String] {
        loaded.catalog.services.flatMap { service in
            service.publishes.map { "\(service.name) > \($0.channel.value) (\($0.message?.value ?? "-"))" }
                + service.subscribes.map { "\(service.name) < \($0.channel.value) (\($0.message?.value ?? "-"))" }
        }
    }

    @Test func `in 2.x publish is what the application receives`() {
        let loaded = load([
            "order.yaml": """
            asyncapi: 2.6.0
            info: { title: 주문 Service, version: 1.0.0, description: orders, contact: { name: checkout } }
            servers: { main: { url: "b:9092", protocol: kafka } }
            channels:
              order.placed:
                subscribe: { message: { $ref: "#/components/messages/OrderPlaced" } }
              payment.done:
                bindings: { kafka: { topic: pay.done.v1, partitions: 12, topicConfiguration: { retention.ms: 604800000 } } }
                publish:
                  bindings: { kafka: { groupId: { type: string, enum: [orders] } } }
                  message:
                    oneOf:
                      - $ref: "#/components/messages/PaymentDone"
                      - { name: PaymentFailed, payload: { type: object } }
            components:
              messages:
                OrderPlaced: { title: placed, payload: { type: object } }
                PaymentDone: { payload: { $ref: "#/components/schemas/payment" } }
              schemas: { payment: { type: object } }
            """
        ])
        #expect(loaded.diagnostics == [])
        #expect(edges(loaded) == ["주문-service > order.placed (OrderPlaced)", "주문-service < payment.done (-)"])
        let service = loaded.catalog.services.first
        #expect(service?.documentation.title == "주문 Service")
        #expect(service?.documentation.owner == "checkout")
        #expect(service?.subscribes.first?.group == "orders")
        let channel = loaded.catalog.channel(named: "payment.done")
        #expect(channel?.system == .kafka)
        #expect(channel?.partitions == 12)
        #expect(channel?.retention?.value == .seconds(7 * 86_400))
        #expect(channel?.telemetryNames.map(\.value) == ["pay.done.v1"])
        #expect(channel?.messages.map(\.value) == ["PaymentDone", "PaymentFailed"])
        #expect(loaded.catalog.messages.map(\.name) == ["OrderPlaced", "PaymentDone", "PaymentFailed"])
        #expect(loaded.catalog.message(named: "PaymentDone")?.schema?.value == "#/components/schemas/payment")
    }

    @Test func `in 3.x send and receive are the application's own`() {
        let loaded = load([
            "rpc.yaml": """
            asyncapi: 3.0.0
            info: { title: Pricing, version: 1.0.0 }
            servers: { q: { host: "b:5672", protocol: amqp } }
            channels:
              requests: { address: price.requests, bindings: { amqp: { is: queue } }, messages: { ask: { payload: {} } } }
              replies: { address: null, messages: { answer: { $ref: "#/components/messages/answer" } } }
              sent: { address: price.changed, messages: { changed: { payload: {} } } }
            operations:
              onAsk:
                action: receive
                channel: { $ref: "#/channels/requests" }
                messages: [{ $ref: "#/channels/requests/messages/ask" }]
                reply: { channel: { $ref: "#/channels/replies" } }
              announce: { action: send, channel: { $ref: "#/channels/sent" } }
            components: { messages: { answer: { payload: {} } } }
            """
        ])
        #expect(loaded.diagnostics == [])
        #expect(
            edges(loaded) == [
                "pricing > replies (-)", "pricing > price.changed (-)", "pricing < price.requests (ask)",
            ])
        #expect(loaded.catalog.channel(named: "price.requests")?.kind == .queue)
        #expect(loaded.catalog.channel(named: "price.changed")?.system == .rabbitMQ)
        #expect(loaded.catalog.channel(named: "replies")?.messages.map(\.value) == ["answer"])
    }

    @Test func `two applications share a channel, and a catalog file adds to both`() {
        let loaded = load([
            "a/orders.yaml": """
            asyncapi: 2.6.0
            info: { title: Orders, version: 1.0.0 }
            channels:
              order.placed: { subscribe: { message: { $ref: "../common/messages.yaml#/placed" } } }
            """,
            "b/mail.yaml": """
            asyncapi: 3.0.0
            x-flowglass-service: mailer
            info: { title: Mail Service, version: 1.0.0 }
            channels:
              placed: { address: order.placed, messages: { placed: { $ref: "../common/messages.yaml#/placed" } } }
            operations:
              onPlaced: { action: receive, channel: { $ref: "#/channels/placed" } }
            """,
            "common/messages.yaml": "placed: { name: OrderPlaced, payload: { type: object } }\n",
            "services.yaml":
                "services:\n  orders: { owner: checkout }\ntopics:\n  order.placed: { broker: kafka, owner: checkout }\n",
        ])
        #expect(loaded.diagnostics == [])
        #expect(edges(loaded) == ["mailer < order.placed (-)", "orders > order.placed (OrderPlaced)"])
        #expect(loaded.catalog.service(named: "orders")?.documentation.owner == "checkout")
        #expect(loaded.catalog.channels.map(\.name) == ["order.placed"])
        #expect(loaded.catalog.channels[0].system == .kafka)
        #expect(loaded.catalog.channels[0].messages.map(\.value) == ["OrderPlaced"])
    }

    @Test(arguments: [
        ("kafka", MessagingSystem.kafka), ("kafka-secure", .kafka), ("amqp", .rabbitMQ), ("sns", .awsSNS),
        ("sqs", .awsSQS), ("nats", .nats), ("redis", .redisPubSub), ("mqtt", .mqtt), ("secure-mqtt", .mqtt),
    ])
    func `a server's protocol says what its channels run on`(name: String, system: MessagingSystem) throws {
        let loaded = load([
            "a.yaml":
                "asyncapi: 2.6.0\ninfo: { title: x }\nservers: { s: { url: u, protocol: \(name) } }\nchannels: { c: { publish: {} } }\n"
        ])
        let channel = try #require(loaded.catalog.channels.first)
        #expect(channel.system == system)
        #expect(channel.givenDelivery == system.guarantees?.delivery.value)
    }

    @Test func `bindings say order, delivery, retention, groups and dead letters`() throws {
        let loaded = load([
            "a.yaml": """
            asyncapi: 3.0.0
            info: { title: x }
            channels:
              jobs:
                address: jobs
                bindings:
                  sqs:
                    queue:
                      name: jobs.fifo
                      fifoQueue: true
                      visibilityTimeout: 30
                      messageRetentionPeriod: 86400
                      redrivePolicy: { maxReceiveCount: 5, deadLetterQueue: { name: jobs-dead } }
              news: { address: news, bindings: { sns: { name: news, ordering: { type: FIFO } } } }
              light: { address: light, bindings: { mqtt: {} } }
              work: { address: work, bindings: { nats: {} } }
              task: { address: task, bindings: { amqp: { is: queue } } }
            operations:
              a: { action: receive, channel: { $ref: '#/channels/light' }, bindings: { mqtt: { qos: 2 } } }
              b: { action: receive, channel: { $ref: '#/channels/work' }, bindings: { nats: { queue: workers } } }
              c: { action: receive, channel: { $ref: '#/channels/task' }, bindings: { amqp: { ack: false } } }
            """
        ])
        #expect(loaded.diagnostics == [])
        func channel(_ name: String) throws -> Channel { try #require(loaded.catalog.channel(named: name)) }
        let jobs = try channel("jobs")
        #expect(
            jobs.kind == .queue && jobs.fifo == true && jobs.maxReceives == 5 && jobs.deadLetter?.value == "jobs-dead")
        #expect(jobs.retention?.value == .seconds(86400) && jobs.visibilityTimeout == .seconds(30))
        #expect(jobs.givenOrdering == .perKey && jobs.givenDelivery == .exactlyOnce)
        #expect(try channel("jobs-dead").kind == .queue)
        #expect(try channel("news").canReplay == true && channel("news").givenOrdering == .perKey)
        #expect(try channel("light").givenDelivery == .exactlyOnce)
        #expect(try channel("task").loss == .atMostOnce)
        let groups = loaded.catalog.services[0].subscribes.compactMap(\.group)
        #expect(groups == ["workers"])
    }

    @Test(arguments: [
        ("asyncapi: 1.2.0\ninfo: { title: x }\n", "AsyncAPI '1.2.0' is not read, only 2.x and 3.x are"),
        ("asyncapi: 2.6.0\nchannels: {}\n", "an AsyncAPI document needs 'info.title', which names its service"),
        (
            "asyncapi: 2.6.0\ninfo: { title: x }\nchannels: { c: { publish: { message: { $ref: '#/components/m' } } } }\n",
            "the reference '#/components/m' names nothing: there is no 'components'"
        ),
        (
            "asyncapi: 2.6.0\ninfo: { title: x }\nchannels: { c: { $ref: '../../etc/passwd' } }\n",
            "the reference '../../etc/passwd' is not a file in the catalog's folder"
        ),
        (
            "asyncapi: 2.6.0\ninfo: { title: x }\nchannels: { c: { $ref: '#/channels/d' }, d: { $ref: '#/channels/c' } }\n",
            "the reference '#/channels/d' leads back to itself"
        ),
        (
            "asyncapi: 3.0.0\ninfo: { title: x }\nchannels: { c: {} }\noperations: { o: { channel: { $ref: '#/channels/c' } } }\n",
            "operation 'o' needs 'action'"
        ),
        (
            "asyncapi: 3.0.0\ninfo: { title: x }\nchannels: { c: {} }\noperations: { o: { action: sned, channel: { $ref: '#/channels/c' } } }\n",
            "'action' of operation 'o' must be send or receive, and 'sned' is not"
        ),
    ])
    func `what is wrong is said where it stands`(text: String, message: String) {
        let found = load(["a.yaml": text]).diagnostics
        #expect(found.first?.message == message)
        #expect(found.first?.span != nil)
    }

    @Test func `references never leave the catalog's folder, not even by a link`() throws {
        let outside = try ScratchFolder(["secret.yaml": "placed: { name: Secret }\n"])
        let folder = try ScratchFolder([
            "a.yaml":
                "asyncapi: 2.6.0\ninfo: { title: x }\nchannels: { c: { publish: { message: { $ref: './link.yaml#/placed' } } } }\n"
        ])
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/link.yaml", withDestinationPath: outside.path + "/secret.yaml")
        let loaded = try loadCatalog(at: folder.path + "/a.yaml")
        #expect(loaded.catalog.messages.isEmpty)
        #expect(
            loaded.diagnostics.map(\.message) == [
                "the reference './link.yaml#/placed' is not a file in the catalog's folder"
            ])
    }
}
