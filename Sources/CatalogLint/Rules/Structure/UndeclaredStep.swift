/// A flow's step that no service declares.
struct UndeclaredStep: StructuralRule {
    let name = "undeclared-step"
    let summary = "a flow's step that no service declares"
    let explanation = """
        A step is a claim about an edge: that a service calls, publishes or handles something. When the
        service's own entry does not say so, either the flow or the service is out of date.

        A service handles a topic's messages also when it subscribes to a queue that the topic delivers to.
        """
    let bad = [
        """
        services:
          order: { publishes: [order.completed] }
          notification: {}
        topics:
          order.completed: {}
        flows:
          booking:
            steps:
              - order publishes order.completed
              - ⟦notification handles order.completed⟧
        """
    ]
    let good = [
        """
        services:
          order: { publishes: [order.completed] }
          notification: { subscribes: [order.completed] }
        topics:
          order.completed: {}
        flows:
          booking:
            steps:
              - order publishes order.completed
              - notification handles order.completed
        """
    ]
}
