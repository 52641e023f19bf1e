/// A name that is defined twice.
struct DuplicateName: StructuralRule {
    let name = "duplicate-name"
    let summary = "a name that is defined twice"
    let explanation = """
        Two definitions of one name contradict each other sooner or later, and nobody sees which one counts.
        Topics and queues share one namespace. The finding shows both places; the first one, in path order, is
        the one that is read.
        """
    let bad = [
        """
        services:
          order: {}
          ⟦order⟧: {}
        """,
        """
        topics:
          order.paid: {}
        queues:
          ⟦order.paid⟧: {}
        """,
    ]
    let good = [
        """
        services:
          order: {}
          order-history: {}
        """
    ]
}
