import CatalogLint
import CatalogModel
import SourceDiagnostics
import Testing

/// The text of one file after all fixes, and how many there were.
private func fixed(_ text: String) -> (text: String, count: Int) {
    func load(_ text: String) -> LoadedCatalog { loadCatalog(texts: [(path: "a.yaml", text: text)]) }
    let result = FixedCatalog(load(text)) {
        lint($0, settings: LintSettings(today: "2026-01-15") { _ in true })
    } reload: {
        load($0["a.yaml"].map { String(decoding: $0.bytes, as: UTF8.self) } ?? text)
    }
    return (result.changes.first.map { String(decoding: $0.new.bytes, as: UTF8.self) } ?? text, result.fixed)
}

@Suite struct `fixes` {
    @Test func `keys, words and references are mended, and every other byte stays`() {
        let text = """
            # 예매
            services:
                주문:   { publish: ["주문.완려"] , onwer: 'team' }   # keeps its blanks\r
                billing:
                  subscribes:
                    - {channel: order.payed,idempotent: true}  # why
                    - channel:  'order.payed'
                      needs: [orderng]
                checkout:
                  publishes: order.paid
                  calls: [ &call { service: biling, protocol: GRPC } ]
            topics:
              order.paid: { broker: kafkaa }
              주문.완료: {broker: "kafka"}
            flows:
              a:
                steps: [ checkout publishes order.payed, "billing handles order.payed" ]
            lint: { mising-owner: off, deep-sync-chain: { max-call: 4 } }

            """
        let (result, count) = fixed(text)
        #expect(
            result == """
                # 예매
                services:
                    주문:   { publishes: ["주문.완료"] , owner: 'team' }   # keeps its blanks\r
                    billing:
                      subscribes:
                        - {channel: order.paid,idempotent: true}  # why
                        - channel:  'order.paid'
                          needs: [ordering]
                    checkout:
                      publishes: [order.paid]
                      calls: [ &call { service: billing, protocol: grpc } ]
                topics:
                  order.paid: { broker: kafka }
                  주문.완료: {broker: "kafka"}
                flows:
                  a:
                    steps: [ checkout publishes order.paid, "billing handles order.paid" ]
                lint: { missing-owner: off, deep-sync-chain: { max-calls: 4 } }

                """)
        #expect(count == 14)
        #expect(fixed(result).count == 0)
    }

    @Test(
        arguments: [
            // Equally near names.
            "services: { a: { publishes: [order-b] } }\ntopics: { order-a: {}, order-c: {} }\n",
            // Another word, not a slip.
            "services: { a: { publishes: [order.v3] } }\ntopics: { order.v2: {} }\n",
            "services: { a: { calls: [payment-eu] }, payment-us: {} }\n",
            // The right key is there already, or twice wrong.
            "services: { a: { publish: [t], publishes: [t] } }\ntopics: { t: {} }\n",
            "services: { a: { publish: [t], publishs: [t] } }\ntopics: { t: {} }\n",
            // The definition is the one that nobody else writes so.
            "services: { a: { publishes: [order.paid] }, b: { subscribes: [order.paid] } }\ntopics: { order.payed: {} }\n",
            // The name does not stand there as it is.
            "services: { a: { publishes: [\"order.pay\\u0065d\"] } }\ntopics: { order.paid: {} }\n",
            // What the name would need quotes for, where there are none.
            "services: { a: { publishes: [order.payed] } }\ntopics: { 'order.paid#': {} }\n",
        ])
    func `where two answers are possible or the text is not plain, nothing changes`(text: String) {
        #expect(fixed(text).count == 0)
        #expect(fixed(text).text == text)
        #expect(!lint(loadCatalog(texts: [("a.yaml", text)])).isEmpty)
    }

    @Test func `durations that are spelt out and systems that are shortened have one right spelling`() {
        let text =
            "services: { a: { subscribes: [{ channel: t, needs: { within: 5 sec }, max-downtime: '2 weeks' }] } }\ntopics: { t: { broker: sqs, retention: 30 days } }\n"
        #expect(
            fixed(text).text
                == "services: { a: { subscribes: [{ channel: t, needs: { within: 5s }, max-downtime: '14d' }] } }\ntopics: { t: { broker: aws-sqs, retention: 30d } }\n"
        )
        let unclear = "topics: { t: { broker: pubsub, retention: 5 }, u: { retention: 2 months } }\n"
        #expect(fixed(unclear).count == 0)
    }

    /// A catalog with a key that is needed and misspelt, and the key.
    @Test(arguments: [
        ("brokers: { main: { sytem: kafka } }", "system"),
        ("services: { a: { calls: [{ servce: b }] }, b: {} }", "service"),
        ("services: { 주문: { publishes: [{ chanel: 주문.완료 }] } }\ntopics: { 주문.완료: {} }", "channel"),
        ("services: { a: { subscribes: [{ \"chanel\": t }] } }\ntopics: { t: {} }", "channel"),
        ("topics: { t: { delivers-to: [{ chanel: q }] } }\nqueues: { q: {} }", "channel"),
        ("services: { a: { publishes: [{ channel: t, awaits: { replly: q } }] } }\ntopics: { t: {}, q: {} }", "reply"),
        (
            "services: { a: { publishes: [t] } }\ntopics: { t: {} }\nflows: { f: { steps: [{ form: a, publishes: t }] } }",
            "from"
        ),
        (
            "services: { a: { publishes: [t] } }\ntopics: { t: {} }\nflows: { f: { steps: [{ from: a, publishs: t }] } }",
            "publishes"
        ),
    ])
    func `a key that is needed and misspelt is one finding, and mended none`(catalog: String, key: String) {
        let text = catalog + "\nlint: { all: off }\n"
        let findings = lint(loadCatalog(texts: [(path: "a.yaml", text: text)]))
        #expect(findings.map(\.rule) == ["unknown-key"], "\(findings.map(\.message))")
        #expect(findings.first?.help == "did you mean '\(key)'?")
        let (mended, count) = fixed(text)
        #expect(count == 1)
        let left = lint(loadCatalog(texts: [(path: "a.yaml", text: mended)]))
        #expect(left.isEmpty, "\(left.map(\.message)) in \(mended)")
    }

    @Test func `a key that is needed and not there is missed beside another unknown one`() {
        let text = "services: { a: { calls: [{ timout: 2s }] } }\nlint: { all: off }\n"
        let findings = lint(loadCatalog(texts: [(path: "a.yaml", text: text)]))
        #expect(findings.map(\.rule) == ["missing-key", "unknown-key"], "\(findings.map(\.message))")
    }

    @Test func `the help of a message keeps its version, and so does the fix`() {
        let text = "services: { a: { publishes: [{ channel: t, message: order-payed@2 }] } }\n"
        let rest = "topics: { t: {} }\nmessages: { order-paid: { version: 2 } }\n"
        #expect(fixed(text + rest).text == text.replacing("payed", with: "paid") + rest)
    }

    @Test func `a name behind an anchor keeps the anchor, and its aliases follow`() {
        let text =
            "services: { a: { publishes: [&x order.payed], subscribes: [*x] }, b: { subscribes: [order.paid] } }\ntopics: { order.paid: {} }\n"
        #expect(fixed(text).text == text.replacing("payed", with: "paid"))
    }

    @Test func `an AsyncAPI document is never changed`() {
        let document = """
            asyncapi: 3.0.0
            info: { title: a }
            channels: { t: { address: t, messages: { m: { $ref: '#/components/messages/Oder' } } } }
            components: { messages: { Order: { payload: {} } } }
            """
        let loaded = loadCatalog(texts: [("a.yaml", document), ("b.yaml", "messages: { order: {} }\n")])
        #expect(loaded.diagnostics.contains { $0.rule == "unknown-reference" })
        #expect(loaded.diagnostics.allSatisfy { $0.fix == nil })
        #expect(loaded.applicationFiles == ["a.yaml"])
    }
}
