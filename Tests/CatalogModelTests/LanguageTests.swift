import CatalogModel
import SourceDiagnostics
import Testing

@Suite struct `catalog language` {
    /// Every key of the language once.
    static let everything = """
        catalog: { name: 공연 예매, description: tickets, owner: platform, links: [README.md] }
        conventions:
          names: { channel: "[a-z.]+", service: "[a-z]+", message: "[A-Z].*" }
          protocols: [rest, grpc]
          brokers: [main, aws-sqs]
          correlation: { attributes: [app.correlation] }
        lint:
          missing-owner: off
          deep-sync-chain: { severity: error, max-calls: 4, paths: { "legacy/**": off } }
        brokers:
          main: { system: kafka, url: "kafka://b:9092", description: events }
        services:
          order:
            title: 주문
            description: every order
            owner: checkout
            domain: sales
            repository: https://example.com/order
            links: [https://example.com]
            tags: [core]
            kind: orchestrator
            telemetry-names: [order-svc]
            replicas: 3
            discovery: kubernetes
            calls:
              - member
              - service: payment
                protocol: grpc
                operation: Pay
                purpose: money
                needs: immediate
                timeout: 800ms
                retries: 2
                on-failure: circuit-breaker
                batching: none
            publishes:
              - channel: order.completed
                message: OrderCompleted@2
                key: order-id
                outbox: true
                awaits: { polls: payment, every: 200ms }
                when: after payment
              - { channel: jobs, awaits: { reply: order.completed } }
            subscribes:
              - channel: jobs
                group: g
                message: OrderCompleted
                idempotent: true
                needs: { within: 5s, ordering: true, replay: false, durable: true }
                retries: 5
                dead-letter: jobs.dead
                max-downtime: 2h
          member: ~
          payment: { kind: external }
        topics:
          order.completed:
            broker: main
            title: t
            messages: [OrderCompleted]
            ordering: per-key
            delivery: at-least-once
            retention: 7d
            partitions: 12
            fifo: false
            deprecated: { since: "2", sunset: 2027-01-01, use: jobs }
            telemetry-names: ["order.{region}.completed"]
            needs: [fan-out, replay, ordering, durable, audit, event-sourcing, throughput]
            delivers-to: [jobs, { channel: jobs.dead, filter: "kind = x" }]
        queues:
          jobs: { broker: aws-sqs, dead-letter: jobs.dead, max-receives: 5, visibility-timeout: 30s }
          jobs.dead: {}
        messages:
          OrderCompleted:
            version: 2
            schema: schemas/order.json
            compatibility: backward
            example:
              id: 1
              lines: [a]
        flows:
          booking:
            title: 예매
            owner: checkout
            style: orchestration
            compensates: true
            orchestrator: order
            steps:
              - order calls member
              - order publishes order.completed
              - { from: order, handles: jobs, note: retry, optional: true }
        """

    let loaded = loadCatalog(texts: [(path: "all.yaml", text: everything)])

    @Test func `every key is read without a finding`() { #expect(loaded.diagnostics == []) }

    @Test func `a service holds what was written`() throws {
        let order = try #require(loaded.catalog.service(named: "order"))
        #expect(order.documentation.title == "주문")
        #expect(order.documentation.links == ["https://example.com"])
        #expect(order.kind == .orchestrator)
        #expect(order.telemetryNames.map(\.value) == ["order-svc"])
        #expect(order.replicas == 3)
        #expect(order.discovery == "kubernetes")
        #expect(order.calls.map(\.service.value) == ["member", "payment"])
        let call = order.calls[1]
        #expect(call.timeout == .milliseconds(800))
        #expect(call.retries == 2)
        #expect(call.onFailure == "circuit-breaker")
        #expect(call.needs?.value == "immediate")
        #expect(call.batching == "none")
        #expect(order.publishes[0].message?.value == "OrderCompleted@2")
        #expect(order.publishes[0].outbox == true)
        guard case .polls(let polled, let every) = order.publishes[0].awaits else { return #expect(Bool(false)) }
        #expect(polled.value == "payment")
        #expect(every == .milliseconds(200))
        guard case .reply(let reply) = order.publishes[1].awaits else { return #expect(Bool(false)) }
        #expect(reply.value == "order.completed")
        let subscription = order.subscribes[0]
        #expect(subscription.needs.within?.value == .seconds(5))
        #expect(subscription.needs.ordering?.value == true)
        #expect(subscription.needs.replay?.value == false)
        #expect(subscription.deadLetter?.value == "jobs.dead")
        #expect(subscription.maxDowntime?.value == .seconds(7200))
        #expect(subscription.idempotent?.value == true)
        #expect(loaded.catalog.service(named: "payment")?.kind.isInside == false)
    }

    @Test func `a channel, a message and a flow hold what was written`() throws {
        let topic = try #require(loaded.catalog.channel(named: "order.completed"))
        #expect(topic.kind == .topic)
        #expect(topic.system == .kafka)
        #expect(topic.retention?.value == .seconds(7 * 86_400))
        #expect(topic.partitions == 12)
        #expect(topic.deprecated?.use?.value == "jobs")
        #expect(topic.needs.count == 7)
        #expect(topic.deliversTo.map(\.channel.value) == ["jobs", "jobs.dead"])
        #expect(topic.deliversTo[1].filter == "kind = x")
        let queue = try #require(loaded.catalog.channel(named: "jobs"))
        #expect(queue.system == .awsSQS)
        #expect(queue.maxReceives == 5)
        #expect(queue.visibilityTimeout == .seconds(30))
        let message = try #require(loaded.catalog.message(named: "OrderCompleted@2"))
        #expect(message.version == "2")
        #expect(message.example == "id: 1\nlines: [a]")
        let flow = try #require(loaded.catalog.flow(named: "booking"))
        #expect(flow.style?.value == .orchestration)
        #expect(flow.compensates)
        #expect(flow.steps.map(\.action) == [.calls, .publishes, .handles])
        #expect(flow.steps[2].isOptional)
        #expect(flow.steps[2].note == "retry")
    }

    @Test func `the fixed maps are read`() {
        #expect(loaded.catalog.about.title == "공연 예매")
        #expect(loaded.catalog.conventions.correlationAttributes == ["app.correlation"])
        #expect(loaded.catalog.conventions.namePatterns["channel"]?.value == "[a-z.]+")
        #expect(loaded.catalog.conventions.brokers.map(\.value) == ["main", "aws-sqs"])
        #expect(loaded.lint.map(\.rule.value) == ["missing-owner", "deep-sync-chain"])
        #expect(loaded.lint[1].severity?.value == "error")
        #expect(loaded.lint[1].options.map(\.key.value) == ["max-calls"])
        #expect(loaded.lint[1].paths.map(\.pattern.value) == ["legacy/**"])
    }

    @Test(arguments: [
        ("needs: ordering", true, false), ("needs: [ordering, replay]", true, true),
        ("needs: [replay, {ordering: true}]", true, true), ("needs: {replay: true}", false, true),
        ("needs: []", false, false), ("needs:", false, false),
    ])
    func `needs may be a word, a list or a map`(needs: String, ordering: Bool, replay: Bool) {
        let loaded = loadCatalog(texts: [
            (
                path: "a.yaml",
                text: "topics: {t: {}}\nservices:\n  a:\n    subscribes:\n      - channel: t\n        \(needs)\n"
            )
        ])
        #expect(loaded.diagnostics == [])
        let found = loaded.catalog.services.first?.subscribes.first?.needs
        #expect((found?.ordering?.value ?? false) == ordering)
        #expect((found?.replay?.value ?? false) == replay)
    }

    @Test func `merge keys bring in what the map itself does not say`() {
        let text = """
            services:
              a: &defaults { owner: shop, replicas: 2 }
              b: { <<: *defaults, replicas: 3 }
              c: { <<: [*defaults, {owner: other, title: c}] }
            """
        let loaded = loadCatalog(texts: [(path: "a.yaml", text: text)])
        #expect(loaded.diagnostics == [])
        #expect(loaded.catalog.service(named: "b")?.documentation.owner == "shop")
        #expect(loaded.catalog.service(named: "b")?.replicas == 3)
        #expect(loaded.catalog.service(named: "c")?.documentation.owner == "shop")
        #expect(loaded.catalog.service(named: "c")?.documentation.title == "c")
    }

    @Test func `Korean keys and names are located by scalar`() {
        let text = "topics:\n  주문.완료: { title: 주문 완료, broker: kafka }\nservices:\n  정산: { subscribes: [주문.완료] }\n"
        let loaded = loadCatalog(texts: [(path: "a.yaml", text: text)])
        #expect(loaded.diagnostics == [])
        #expect(
            loaded.catalog.services[0].subscribes[0].channel
                == Located("주문.완료", SourceSpan(file: "a.yaml", line: 4, column: 22, endColumn: 27)))
    }
}
