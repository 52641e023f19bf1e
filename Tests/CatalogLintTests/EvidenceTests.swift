import CatalogLint
import CatalogModel
import SourceDiagnostics
import Testing

/// What a finding shows besides its headline: the loop, the chain, the other consumers.
@Suite struct `evidence` {
    private func report(_ rule: String, _ text: String) -> String {
        let loaded = loadCatalog(texts: [(path: "catalog.yaml", text: text + "\nlint: { all: off, \(rule): error }\n")])
        let settings = LintSettings(today: "2026-01-15") { _ in true }
        let found = lint(loaded, settings: settings)
        return TextReport().render(Report(diagnostics: found, sources: loaded.sources, filesChecked: 1))
    }

    @Test func `an event cycle shows its loop, through routes, too`() {
        let text = """
            services:
              주문: { publishes: [order.changed], subscribes: [stock.changed] }
              stock: { publishes: [stock.changed], subscribes: [stock.jobs] }
              mail: { subscribes: [stock.changed] }
            topics:
              order.changed: { delivers-to: [stock.jobs] }
              stock.changed: {}
            queues:
              stock.jobs: {}
            """
        #expect(
            report("event-cycle", text) == """
                error[event-cycle]: events go in a circle: stock → 주문 → stock
                 --> catalog.yaml:3:24
                  |
                3 |   stock: { publishes: [stock.changed], subscribes: [stock.jobs] }
                  |                        ^^^^^^^^^^^^^ 'stock' publishes 'stock.changed'
                  |
                 ::: catalog.yaml:2:50
                  |
                2 |   주문: { publishes: [order.changed], subscribes: [stock.changed] }
                  |                                                    ------------- '주문' handles 'stock.changed'
                  |
                 ::: catalog.yaml:2:21
                  |
                2 |   주문: { publishes: [order.changed], subscribes: [stock.changed] }
                  |                       ------------- '주문' publishes 'order.changed'
                  |
                 ::: catalog.yaml:3:53
                  |
                3 |   stock: { publishes: [stock.changed], subscribes: [stock.jobs] }
                  |                                                     ---------- 'stock' handles 'stock.jobs'
                  |
                 fact: 'stock' publishes 'stock.changed'
                 fact: '주문' handles 'stock.changed'
                 fact: '주문' publishes 'order.changed'
                 fact: 'stock' handles 'stock.jobs'
                 help: let one of them publish another message that ends the circle, or let one service direct the steps
                 more: flowglass explain event-cycle

                1 error in 1 file (1 file checked)

                """)
    }

    @Test func `a shared queue shows both consumers`() {
        let text = "services:\n  a: { subscribes: [q] }\n  b: { subscribes: [q] }\nqueues:\n  q: {}\n"
        #expect(
            report("shared-queue", text) == """
                error[shared-queue]: queue 'q' is consumed by 'a' and 'b', and each message reaches only one of them
                 --> catalog.yaml:5:3
                  |
                5 |   q: {}
                  |   ^ 2 services consume it
                  |
                 ::: catalog.yaml:2:21
                  |
                2 |   a: { subscribes: [q] }
                  |                     - 'a' takes messages here
                  |
                 ::: catalog.yaml:3:21
                  |
                3 |   b: { subscribes: [q] }
                  |                     - 'b' takes messages here
                  |
                 help: publish to a topic that delivers to a queue for each of them
                 more: flowglass explain shared-queue

                1 error in 1 file (1 file checked)

                """)
    }

    @Test func `a chain is reported once, where it starts`() {
        let text =
            "services:\n  a: { calls: [c] }\n  b: { calls: [c] }\n  c: { calls: [d] }\n  d: { calls: [e] }\n  e: { calls: [f] }\n  f: {}\n"
        let messages = report("deep-sync-chain", text).split(separator: "\n").filter { $0.hasPrefix("error[") }
        #expect(
            messages == [
                "error[deep-sync-chain]: 4 calls in a row, over 3: a → c → d → e → f",
                "error[deep-sync-chain]: 4 calls in a row, over 3: b → c → d → e → f",
            ])
    }

    @Test func `cycles in a graph of thousands are found without recursion`() {
        let count = 20_000
        let ring = Digraph((0..<count).map { [($0 + 1) % count] })
        #expect(ring.cycles().map(\.count) == [count])
        let line = Digraph((0..<count).map { $0 + 1 < count ? [$0 + 1] : [] })
        #expect(line.cycles().isEmpty)
        #expect(line.longestWays().length.first == count - 1)
        #expect(Digraph([[0]]).cycles() == [[0]])
    }

    @Test func `a name that a broken file may hold is not called missing`() {
        let loaded = loadCatalog(texts: [
            (path: "a.yaml", text: "services:\n  a: { publishes: [t] }\ntopics:\n  t: {}\n  u: {}\n"),
            (path: "b.yaml", text: "services:\n  b:\n    subscribes: [t\n"),
        ])
        let found = lint(loaded).filter { $0.rule.hasPrefix("topic-without") }.map(\.message)
        #expect(found.sorted() == ["nobody publishes to topic 'u'", "nobody subscribes to topic 'u'"])
    }
}

@Suite struct `what is there and broken` {
    /// The rule, a catalog with `KEY` where its key may stand, the key as it is broken, and what says so.
    @Test(arguments: [
        (
            "missing-timeout", "services: { 주문: { calls: [{ service: b KEY }] }, b: {} }", "timeout: fast",
            "invalid-value"
        ),
        ("missing-timeout", "services: { a: { calls: [{ service: b KEY }] }, b: {} }", "timeout: [2s]", "wrong-type"),
        ("missing-timeout", "services: { a: { calls: [{ service: b KEY }] }, b: {} }", "timout: 2s", "unknown-key"),
        (
            "missing-failure-policy", "services: { a: { calls: [{ service: b KEY }] }, b: {} }", "on-failure: cry",
            "invalid-value"
        ),
        (
            "undiscoverable-service", "services: { a: { calls: [b] }, b: { kind: service KEY } }", "discovery: {}",
            "wrong-type"
        ),
        (
            "missing-dead-letter", "services: { a: { subscribes: [q] } }\nqueues: { q: { broker: aws-sqs KEY } }",
            "dead-letter: []", "wrong-type"
        ),
        (
            "missing-dead-letter",
            "services: { a: { subscribes: [{ channel: q KEY }] } }\nqueues: { q: { broker: aws-sqs } }",
            "dead-letter: []", "wrong-type"
        ),
        (
            "missing-retries",
            "services: { a: { subscribes: [{ channel: q KEY }] } }\nqueues: { q: { broker: aws-sqs, dead-letter: d }, d: {} }",
            "retries: some", "wrong-type"
        ),
        (
            "missing-retries",
            "services: { a: { subscribes: [q] } }\nqueues: { q: { broker: aws-sqs, dead-letter: d KEY }, d: {} }",
            "max-receives: -1", "invalid-value"
        ),
        (
            "ordering-without-key",
            "services: { a: { publishes: [{ channel: t KEY }] } }\ntopics: { t: { broker: kafka, needs: [ordering] } }",
            "key: []", "wrong-type"
        ),
        (
            "publish-without-outbox", "services: { a: { publishes: [{ channel: t KEY }] } }\ntopics: { t: {} }",
            "outbox: maybe", "wrong-type"
        ),
        ("missing-description", "topics: { t: { broker: kafka KEY } }", "description: []", "wrong-type"),
        ("missing-description", "services: { a: { kind: service KEY } }", "description: []", "wrong-type"),
        ("missing-owner", "topics: { t: { broker: kafka KEY } }", "owner: []", "wrong-type"),
        ("missing-owner", "services: { a: { kind: service KEY } }", "owner: []", "wrong-type"),
        (
            "dead-letter-without-owner", "queues: { q: { dead-letter: d }, d: { broker: aws-sqs KEY } }", "owner: []",
            "wrong-type"
        ),
        ("message-without-schema", "messages: { m: { version: 1 KEY } }", "schema: []", "wrong-type"),
        ("flow-without-owner", "flows: { f: { compensates: false KEY } }", "owner: []", "wrong-type"),
    ])
    func `one mistake is one finding`(rule: String, catalog: String, broken: String, said: String) {
        func found(_ key: String) -> [String] {
            let text = catalog.replacing("KEY", with: key) + "\nlint: { all: off, \(rule): error }\n"
            return lint(loadCatalog(texts: [(path: "a.yaml", text: text)])).map(\.rule)
        }
        #expect(found("") == [rule])
        #expect(found(", " + broken) == [said])
    }

    @Test func `a definition that is no map is said to be none, and nothing else`() {
        let found = lint(loadCatalog(texts: [(path: "a.yaml", text: "topics:\n  t: kafka\n")]))
        #expect(found.filter { $0.rule.hasPrefix("missing") }.isEmpty, "\(found.map(\.message))")
        #expect(found.contains { $0.rule == "wrong-type" })
    }
}

@Suite struct `choices` {
    @Test(arguments: [
        ("replay-unsupported", "aws-sqs", "replay", "Amazon Kinesis can: it costs partitions"),
        ("replay-unsupported", "redis-pubsub", "replay", "Redis Streams can: it costs"),
        ("replay-unsupported", "rabbitmq", "replay", "Kafka can: it costs"),
        ("lossy-channel", "nats", "durable", "NATS JetStream keeps them: it costs a write to disk"),
        ("lossy-channel", "mqtt", "durable", "use QoS 1"),
        ("ordering-unsupported", "aws-eventbridge", "ordering", "Amazon Kinesis keeps it per key: it costs"),
        ("ordering-unsupported", "gcp-pubsub", "ordering", "add fifo: true, which keeps the order per key and costs"),
    ])
    func `a need that the broker does not meet names what would, and its cost`(
        rule: String, system: String, need: String, help: String
    ) throws {
        let text = "topics:\n  t: { broker: \(system), needs: [\(need)] }\n"
        let findings = lint(loadCatalog(texts: [(path: "a.yaml", text: text)])).filter { $0.rule == rule }
        #expect(try #require(findings.first?.help).hasPrefix(help), "\(findings)")
    }
}

@Suite struct `explaining rules` {
    @Test func `every rule of the design is there, and no other`() {
        let design = """
            broken-link broken-propagation broker-convention channel-name choreography-with-compensation \
            dead-letter-without-owner deadline-missed deep-sync-chain deferred-work-over-sync deprecated-channel-in-use \
            duplicate-name event-cycle fan-out-on-queue flow-without-owner gateway-single-point graphql-between-services \
            graphql-without-batching growing-lag grpc-from-browser hidden-synchronous-dependency immediate-need-over-async \
            invalid-value isolated-service log-without-need long-choreography lossy-channel message-mismatch message-name \
            message-without-schema missing-dead-letter missing-description missing-failure-policy missing-key \
            missing-owner missing-retries missing-timeout mixed-messages mixed-sync-protocols non-idempotent-consumer \
            observed-duplicate observed-synchronous-wait orchestrator-single-point ordering-unsupported \
            ordering-without-key protocol-convention publish-without-outbox queue-without-consumer replay-unsupported \
            retention-too-short self-subscription service-name shared-queue stale-baseline sunset-passed sync-cycle syntax-error \
            topic-without-consumer topic-without-producer unconsumed-message undeclared-step undiscoverable-service \
            undocumented-call undocumented-channel undocumented-consumer undocumented-producer \
            undocumented-route unknown-key unknown-reference unobserved-call unobserved-consumer unobserved-producer \
            unobserved-service unused-ignore wrong-type
            """
        #expect(allRules.map(\.name).sorted() == design.split(separator: " ").map(String.init))
    }

    @Test func `an explanation has why, both examples, options and how to ignore it`() throws {
        let rule = try #require(lintRule(named: "retention-too-short"))
        #expect(
            explanation(of: rule) == """
                retention-too-short: messages expire before a consumer may be back
                (error; Does the broker guarantee what the design needs?)

                A consumer that may be down for two days loses what was sent meanwhile when messages are kept for one.
                The retention of the channel must be longer than the longest downtime that anybody plans for: a
                weekend is 64 hours.

                Bad:

                    services:
                      ledger: { subscribes: [{ channel: order.paid, max-downtime: 3d }] }
                                                                                  ^^
                    topics:
                      order.paid: { broker: kafka, retention: 24h }

                  error[retention-too-short]: 'ledger' may be down for 3d, and 'order.paid' keeps messages for 1d

                Good:

                    services:
                      ledger: { subscribes: [{ channel: order.paid, max-downtime: 3d }] }
                    topics:
                      order.paid: { broker: kafka, retention: 7d }

                To ignore one finding, write on its line or above it:

                    # flowglass:ignore retention-too-short — the reason

                To set it everywhere or for some paths:

                    lint:
                      retention-too-short: { severity: info, paths: { "legacy/**": off } }

                """)
    }

    @Test func `the page of rules has a section for each, without marks`() {
        let page = rulesDocument()
        for rule in allRules { #expect(page.contains("\n### \(rule.name)\n"), "\(rule.name)") }
        #expect(!page.contains("⟦"))
    }
}
