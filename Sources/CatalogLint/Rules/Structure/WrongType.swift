/// A value of the wrong shape.
struct WrongType: StructuralRule {
    let name = "wrong-type"
    let summary = "a value of another shape than its key wants"
    let explanation = """
        A text where a list belongs, a list where a map belongs, a word where a number belongs. What is wrong
        is left out, and the rest of the file is read all the same.
        """
    let bad = [
        """
        services:
          order:
            replicas: ⟦two⟧
            publishes: ⟦order.paid⟧
        topics:
          order.paid: {}
        """
    ]
    let good = [
        """
        services:
          order:
            replicas: 2
            publishes: [order.paid]
        topics:
          order.paid: {}
        """
    ]
}
