import CatalogModel
import FlowMatching
import TraceModel

/// A browser orders, order tells notification by way of a queue, and marketing listens without having been asked.
func sampleGraph(isObserved: Bool) -> FlowGraph {
    var graph = FlowGraph()
    graph.services = [
        ServiceNode(name: "marketing", isObserved: true),
        ServiceNode(
            name: "notification", title: "알림", isDocumented: true, isObserved: isObserved),
        ServiceNode(
            name: "order", title: "주문", kind: .orchestrator, isDocumented: true, isObserved: isObserved),
        ServiceNode(name: "web", title: "예매 웹", kind: .browser, isDocumented: true),
    ]
    graph.channels = [
        ChannelNode(
            name: "notification-orders", kind: .queue, system: "aws-sqs", isDocumented: true, isObserved: isObserved),
        ChannelNode(name: "notification-orders-dlq", kind: .queue, system: "aws-sqs", isDocumented: true),
        ChannelNode(
            name: "order.completed", title: "주문 완료", kind: .topic, system: "aws-sns", isDocumented: true,
            isObserved: isObserved),
    ]
    graph.edges = [
        FlowEdge(kind: .calls, from: "web", to: "order", system: "rest", operation: "GET /a", isDocumented: true),
        FlowEdge(kind: .calls, from: "web", to: "order", system: "rest", operation: "GET /b", isDocumented: true),
        FlowEdge(
            kind: .consumes, from: "notification-orders", to: "notification", isDocumented: true,
            isObserved: isObserved),
        FlowEdge(
            kind: .delivers, from: "order.completed", to: "notification-orders", isDocumented: true,
            isObserved: isObserved),
        FlowEdge(
            kind: .publishes, from: "order", to: "order.completed", isDocumented: true, isObserved: isObserved),
    ]
    if isObserved {
        graph.edges.insert(
            FlowEdge(kind: .consumes, from: "order.completed", to: "marketing", group: "export", isObserved: true),
            at: 3)
    } else {
        graph.services.removeFirst()
    }
    return graph
}
