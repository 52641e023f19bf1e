import CatalogModel
import FlowMatching
import Testing
import TraceModel

@testable import DiagramExport

@Suite struct MermaidFlowchartTests {
    @Test func `a documented system, whole`() throws {
        #expect(
            try MermaidFlowchart(graph: sampleGraph(isObserved: false)).render() == """
                ---
                title: "Who publishes, who subscribes"
                ---
                flowchart LR
                    accTitle: Who publishes, who subscribes
                    accDescr: 3 services, 2 channels, 4 arrows

                    s_web(["예매 웹<br/>web"])
                    s_order[["주문<br/>order"]]
                    s_notification["알림<br/>notification"]

                    subgraph g_aws_sns["aws-sns"]
                        t_order_completed{{"주문 완료<br/>order.completed"}}
                    end

                    subgraph g_aws_sqs["aws-sqs"]
                        q_notification_orders[("notification-orders")]
                    end

                    s_web ==>|"REST"| s_order
                    q_notification_orders --> s_notification
                    t_order_completed --> q_notification_orders
                    s_order --> t_order_completed

                    l_legend("thick arrow: call<br/>thin arrow: message<br/>round: outside the system<br/>double: orchestrator<br/>hexagon: topic<br/>cylinder: queue<br/>not drawn: 1 channel without arrows")

                    classDef k_service fill:#dbe8ff,stroke:#3b66a8,color:#12233f
                    class s_order,s_notification k_service
                    classDef k_outside fill:#eeeeee,stroke:#777777,color:#222222
                    class s_web k_outside
                    classDef k_topic fill:#ffe9c7,stroke:#a86d12,color:#3a2604
                    class t_order_completed k_topic
                    classDef k_queue fill:#d9f2e3,stroke:#2c7a4f,color:#0d2c1b
                    class q_notification_orders k_queue
                    classDef k_broker fill:none,stroke:#999999,color:#666666
                    class g_aws_sns,g_aws_sqs k_broker
                    classDef k_legend fill:#ffffff,stroke:#dddddd,color:#666666
                    class l_legend k_legend

                """)
    }

    @Test func `what was observed is told apart from what is documented`() throws {
        let options = MermaidFlowchart.Options(title: "콘서트 \"예매\"", hasLegend: false)
        #expect(
            try MermaidFlowchart(graph: sampleGraph(isObserved: true), options: options).render() == """
                ---
                title: "콘서트 \\"예매\\""
                ---
                flowchart LR
                    accTitle: 콘서트 예매
                    accDescr: 4 services, 2 channels, 5 arrows

                    s_web(["예매 웹<br/>web"])
                    s_order[["주문<br/>order"]]
                    s_marketing["marketing"]
                    s_notification["알림<br/>notification"]

                    subgraph g_aws_sns["aws-sns"]
                        t_order_completed{{"주문 완료<br/>order.completed"}}
                    end

                    subgraph g_aws_sqs["aws-sqs"]
                        q_notification_orders[("notification-orders")]
                    end

                    s_web ==>|"REST, not observed"| s_order
                    q_notification_orders --> s_notification
                    t_order_completed -.->|"group export, undocumented"| s_marketing
                    t_order_completed --> q_notification_orders
                    s_order --> t_order_completed

                    classDef k_service fill:#dbe8ff,stroke:#3b66a8,color:#12233f
                    class s_order,s_notification k_service
                    classDef k_topic fill:#ffe9c7,stroke:#a86d12,color:#3a2604
                    class t_order_completed k_topic
                    classDef k_queue fill:#d9f2e3,stroke:#2c7a4f,color:#0d2c1b
                    class q_notification_orders k_queue
                    classDef k_undocumented fill:#ffffff,stroke:#c0392b,color:#7b1c12,stroke-dasharray:5 4
                    class s_marketing k_undocumented
                    classDef k_quiet fill:#f4f4f4,stroke:#b5b5b5,color:#7d7d7d
                    class s_web k_quiet
                    classDef k_broker fill:none,stroke:#999999,color:#666666
                    class g_aws_sns,g_aws_sqs k_broker
                    linkStyle 0 stroke:#b5b5b5,color:#7d7d7d
                    linkStyle 2 stroke:#c0392b,stroke-width:2px,color:#c0392b

                """)
    }

    @Test func `an empty graph is a diagram still`() throws {
        #expect(try MermaidFlowchart(graph: FlowGraph()).render().contains("flowchart LR"))
    }

    @Test func `a topic's surroundings hold those who publish and subscribe, through queues too`() throws {
        let text = try around("order.completed", depth: 1)
        #expect(
            nodes(of: text) == [
                "s_order", "s_marketing", "s_notification", "t_order_completed", "q_notification_orders",
            ])
    }

    @Test func `a service's surroundings hold its channels and who is at their other ends`() throws {
        #expect(
            nodes(of: try around("notification", depth: 1))
                == ["s_order", "s_notification", "t_order_completed", "q_notification_orders"])
        #expect(nodes(of: try around("notification", depth: 2)).contains("s_web"))
    }

    @Test func `depth 0 shows a service alone`() throws {
        #expect(nodes(of: try around("notification", depth: 0)) == ["s_notification"])
    }

    @Test func `a focus that names nothing says what it may have meant`() {
        #expect(throws: DiagramFailure.unknownName(.node, "order.complete", similar: "order.completed")) {
            try around("order.complete", depth: 1)
        }
        #expect(
            DiagramFailure.unknownName(.node, "order.complete", similar: "order.completed").description
                == "'order.complete' is neither a service nor a channel; did you mean 'order.completed'?")
    }

    @Test func `more edges than Mermaid draws are refused, with a way out`() {
        var graph = FlowGraph()
        for number in 0...DiagramFailure.maximumEdges {
            graph.services.append(ServiceNode(name: "s\(number)"))
            graph.edges.append(FlowEdge(kind: .calls, from: "s0", to: "s\(number)"))
        }
        let failure = #expect(throws: DiagramFailure.self) { try MermaidFlowchart(graph: graph).render() }
        #expect(
            failure?.description
                == "the diagram has 401 edges, and Mermaid draws 400 at most; draw a part of it with --focus NAME")
    }

    @Test func `more characters than Mermaid reads are refused`() {
        var graph = FlowGraph()
        graph.services = (0..<100).map { ServiceNode(name: String(repeating: "가", count: 500) + "\($0)") }
        let failure = #expect(throws: DiagramFailure.self) { try MermaidFlowchart(graph: graph).render() }
        guard case .tooLong(let characters) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect((50_000...60_000).contains(characters))
    }

    @Test func `services stand in reading order, whatever their names`() throws {
        var graph = FlowGraph()
        graph.services = ["a", "b", "c"].map { ServiceNode(name: $0, isDocumented: true) }
        graph.edges = [
            FlowEdge(kind: .calls, from: "b", to: "a", isDocumented: true),
            FlowEdge(kind: .calls, from: "c", to: "b", isDocumented: true),
        ]
        #expect(nodes(of: try MermaidFlowchart(graph: graph).render()) == ["s_c", "s_b", "s_a"])
    }

    @Test func `a circle has a reading order too`() throws {
        var graph = FlowGraph()
        graph.services = ["a", "b"].map { ServiceNode(name: $0, isDocumented: true) }
        graph.edges = [("a", "b"), ("b", "a"), ("a", "a")].map { FlowEdge(kind: .calls, from: $0.0, to: $0.1) }
        #expect(nodes(of: try MermaidFlowchart(graph: graph).render()) == ["s_a", "s_b"])
    }

    // MARK: - Helpers

    private func around(_ name: String, depth: Int) throws -> String {
        try MermaidFlowchart(graph: sampleGraph(isObserved: true), options: .init(focus: name, depth: depth)).render()
    }

    /// The ids of the nodes, in the order of their declarations.
    private func nodes(of text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            line.firstMatch(of: #/^ +([stqc]_\w+)[\[({]/#).map { String($0.1) }
        }
    }
}
