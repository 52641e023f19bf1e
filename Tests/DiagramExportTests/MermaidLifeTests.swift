import CatalogModel
import FlowMatching
import Testing
import TraceModel

@testable import DiagramExport

@Suite struct MermaidLifeTests {
    private let catalog = loadCatalog(texts: [
        (
            "c.yaml",
            """
            services:
              order: { publishes: [{ channel: order.completed, message: done, outbox: true }] }
              billing: { subscribes: [{ channel: billing-orders, retries: 1 }] }
              mail: { title: 알림, subscribes: [{ channel: order.completed, group: mailers }] }
            topics:
              order.completed: { broker: redis-pubsub, messages: [done], delivers-to: [{ channel: billing-orders, filter: paid }] }
            queues:
              billing-orders: { retention: 4d, dead-letter: dlq, max-receives: 5 }
              dlq: { broker: aws-sqs }
            messages:
              done: { title: 주문 완료 }
            """
        )
    ]).catalog

    @Test func `from the publisher to the last end, whole`() throws {
        var graph = FlowGraph(catalog: catalog, observed: [])
        graph.services.append(ServiceNode(name: "spy", isObserved: true))
        graph.edges.append(FlowEdge(kind: .consumes, from: "order.completed", to: "spy", isObserved: true))
        #expect(
            try MermaidLife(of: "done", catalog: catalog, graph: graph).render() == """
                ---
                title: "The life of 주문 완료"
                ---
                stateDiagram-v2
                    accTitle: The life of 주문 완료
                    accDescr: What becomes of done from its publication on

                    state "in order.completed" as t_order_completed
                    state "in billing-orders" as q_billing_orders
                    state "알림<br/>handled by mail" as s_mail
                    state "handled by spy" as s_spy
                    state "lost" as m_lost
                    state "handled by billing" as s_billing
                    state "in dlq" as q_dlq
                    state "expired" as m_expired

                    [*] --> t_order_completed : order publishes, through an outbox
                    t_order_completed --> q_billing_orders : delivered, paid
                    s_mail --> [*] : done
                    t_order_completed --> s_mail : group mailers
                    s_spy --> [*] : done
                    t_order_completed --> s_spy : undocumented
                    m_lost --> [*]
                    t_order_completed --> m_lost : nobody listens at that moment
                    s_billing --> [*] : done
                    q_billing_orders --> s_billing
                    s_billing --> q_billing_orders : failed#58; up to 1 more try
                    q_billing_orders --> q_dlq : after 5 tries
                    m_expired --> [*]
                    q_billing_orders --> m_expired : after 4d

                """)
    }

    @Test func `a channel's messages have a life, too`() throws {
        let graph = FlowGraph(catalog: catalog, observed: [])
        #expect(
            try MermaidLife(of: "dlq", catalog: catalog, graph: graph).render().contains("[*] --> q_dlq : published"))
        #expect(throws: DiagramFailure.unknownName(.message, "dome", similar: "done")) {
            try MermaidLife(of: "dome", catalog: catalog, graph: graph).render()
        }
    }

    @Test func `routes may be as many as there are channels`() throws {
        var graph = FlowGraph()
        for number in 0...20_000 {
            graph.channels.append(ChannelNode(name: "q\(number)", kind: .queue, isDocumented: true))
            if number > 0 {
                graph.edges.append(
                    FlowEdge(kind: .delivers, from: "q\(number - 1)", to: "q\(number)", isDocumented: true))
            }
        }
        let error = #expect(throws: DiagramFailure.self) {
            try MermaidLife(of: "q0", catalog: Catalog(), graph: graph).render()
        }
        #expect(error?.description.contains("characters, and Mermaid draws 40000 at most; draw a part") == true)
    }
}
