import Foundation
import SourceDiagnostics
import Testing

@testable import CatalogModel

@Suite struct ImportTests {
    private static let pages = [
        ("domains/Shop/index.mdx", "---\nid: shop\nname: Shop\n---\n"),
        (
            "domains/Shop/services/Order/index.mdx",
            """
            ---
            id: order
            name: 주문
            summary: |
              Takes orders.
            owners: [team-a]
            sends:
              - { id: order-created, version: 1.0.0, to: [{ id: orders }] }
              - { id: charge, version: 1.0.0 }
              - { id: tidy, version: 1.0.0 }
            writesTo: [{ id: order-db }]
            repository: { url: https://example.com/order }
            x-tier: 1
            ---
            # text
            """
        ),
        (
            "domains/Shop/services/Order/events/OrderCreated/index.mdx",
            "---\r\nid: order-created\r\nversion: 2.0.0\r\nschemaPath: schema.json\r\n---\r\n"
        ),
        (
            "domains/Shop/services/Order/events/OrderCreated/versioned/1.0.0/index.mdx",
            "---\nid: order-created\nversion: 1.0.0\n---\n"
        ),
        (
            "services/Pay/index.mdx",
            "---\nid: pay\nreceives: [{ id: charge }, { id: tidy }, { id: order-created, from: [{ id: orders }] }]\n---\n"
        ),
        (
            "services/Pay/commands/Charge/index.mdx",
            "---\nid: charge\nname: Charge a card\noperation: { method: POST, path: /charges }\n---\n"
        ),
        ("services/Pay/commands/Tidy/index.mdx", "---\nid: tidy\n---\n"),
        (
            "channels/orders/index.mdx",
            "---\nid: orders\naddress: orders.v1\nprotocols: [kafka, http]\ndeliveryGuarantee: at-least-once\nroutes: [{ id: archive }]\n---\n"
        ),
        ("channels/archive/index.mdx", "---\nid: archive\nprotocols: [sqs]\n---\n"),
        (
            "flows/Buy/index.mdx",
            """
            ---
            id: buy
            steps:
              - { id: a, title: Someone, actor: { name: x }, next_step: { id: b } }
              - { id: b, service: { id: order }, next_step: { id: c } }
              - { id: c, message: { id: order-created }, next_step: { id: d } }
              - { id: d, service: { id: pay } }
            ---
            """
        ),
        ("users/x.mdx", "---\nid: x\n---\n"), ("README.md", "# no front matter\n"),
    ]

    @Test func `an EventCatalog, whole`() {
        let imported = EventCatalogImporter.read(Self.pages.map { (path: $0.0, text: $0.1) })
        let text = CatalogFile(imported, header: ["Imported."]).text
        #expect(
            text == """
                # Imported.
                #
                # Not carried over:
                # - 1 users
                # - 1 older versions
                # - custom properties: x-tier
                # - the text below the front matter

                services:
                  # it reads and writes order-db
                  order:
                    title: 주문
                    description: Takes orders.
                    owner: team-a
                    domain: shop
                    repository: "https://example.com/order"
                    calls:
                      - { service: pay, protocol: rest, operation: POST /charges, purpose: Charge a card }
                    publishes:
                      - { channel: orders, message: order-created }
                      - { channel: tidy, message: tidy }
                  pay:
                    subscribes:
                      - { channel: tidy, message: tidy }
                      - { channel: orders, message: order-created }
                topics:
                  # its other protocols: http
                  orders:
                    broker: kafka
                    messages: [order-created]
                    delivery: at-least-once
                    telemetry-names: [orders.v1]
                    delivers-to: [archive]
                queues:
                  archive:
                    broker: aws-sqs
                  # the EventCatalog names no channel for this message
                  tidy:
                    messages: [tidy]
                messages:
                  order-created:
                    domain: shop
                    version: "2.0.0"
                    schema: domains/Shop/services/Order/events/OrderCreated/schema.json
                  tidy: {}
                flows:
                  # 1 of its 4 steps are about people, data stores or outcomes
                  buy:
                    steps:
                      - { from: order, publishes: orders }
                      - { from: pay, handles: orders }

                """)
        let errors = loadCatalog(texts: [("c.yaml", text)]).diagnostics.filter { $0.severity == .error }
        #expect(errors.map(\.message) == [])
    }

    @Test func `an AsyncAPI document tells what it loses`() {
        let loaded = loadCatalog(texts: [
            (
                "a.yaml",
                """
                asyncapi: 3.0.0
                info: { title: Order Service, version: 1.0.0, license: { name: MIT } }
                servers: { main: { host: a, protocol: kafka, security: [] } }
                channels:
                  a: { address: orders, messages: { done: { payload: { type: object } } }, parameters: {} }
                  b: { address: mails, parameters: {} }
                operations:
                  send: { action: send, channel: { $ref: '#/channels/a' }, traits: [] }
                """
            )
        ])
        let imported = AsyncAPIImporter.read(loaded)
        #expect(
            imported.losses == [
                "channels.*.parameters (2 times)", "info.license", "info.version", "operations.*.traits",
                "servers.*.host", "servers.*.security", "the schemas of 1 messages, which stand in the documents",
            ])
        let text = CatalogFile(imported).text
        #expect(text.contains("  order-service:\n    title: Order Service\n    publishes: [orders]\n"))
        #expect(loadCatalog(texts: [("c.yaml", text)]).diagnostics.filter { $0.severity == .error } == [])
    }

    @Test func `what a foreign document says stays in its comment`() {
        let key = #"evil\ninjected:\n  x: 1\n# \u001b[31mred"#
        let loaded = loadCatalog(texts: [
            (
                "a.json",
                """
                { "asyncapi": "3.0.0", "info": { "title": "Order", "version": "1", "\(key)": 1 },
                  "channels": { "a": { "address": "orders" } },
                  "operations": { "send": { "action": "send", "channel": { "$ref": "#/channels/a" } } } }
                """
            )
        ])
        let text = CatalogFile(AsyncAPIImporter.read(loaded)).text
        #expect(text.contains("evil injected:"))
        #expect(!text.contains("\ninjected"))
        #expect(!text.contains("\u{1B}"))
    }
}
