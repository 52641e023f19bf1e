import CatalogModel
import SourceDiagnostics
import Testing

@testable import DiagramExport

@Suite struct MermaidFlowTests {
    @Test func `a flow reads like its steps, with the routes between`() throws {
        let loaded = loadCatalog(texts: [
            (
                "catalog.yaml",
                """
                services:
                  order: { title: 주문, calls: [payment], publishes: [order.completed] }
                  payment: { title: 결제 }
                  settlement: { subscribes: [settlement-orders] }
                topics:
                  order.completed: { title: 주문 완료, delivers-to: [settlement-orders] }
                queues:
                  settlement-orders: {}
                flows:
                  booking:
                    title: 예매
                    style: mixed
                    steps:
                      - { from: order, calls: payment, note: "승인; 먼저" }
                      - order publishes order.completed
                      - { from: settlement, handles: settlement-orders, optional: true }
                """
            )
        ])
        let flow = try #require(loaded.catalog.flows.first)
        #expect(
            try MermaidFlow(flow: flow, catalog: loaded.catalog).render() == """
                ---
                title: "예매"
                ---
                sequenceDiagram
                    accTitle: 예매
                    accDescr: mixed, 3 steps
                    autonumber

                    participant s_order as 주문<br/>order
                    participant s_payment as 결제<br/>payment
                    participant c_order_completed as 주문 완료<br/>order.completed
                    participant c_settlement_orders as settlement-orders
                    participant s_settlement as settlement

                    s_order->>s_payment: 승인#59; 먼저
                    s_order-)c_order_completed: publish
                    autonumber off
                    c_order_completed-)c_settlement_orders: deliver
                    autonumber 3
                    c_settlement_orders-)s_settlement: handle, optional

                """)
    }
}
