/// A key that the language does not have.
struct UnknownKey: StructuralRule {
    let name = "unknown-key"
    let summary = "a key that the language does not have"
    let explanation = """
        A misspelt key says nothing: `publish:` instead of `publishes:` makes a producer vanish without a
        sound. So every key must be one the language knows; the nearest one is suggested.

        Notes of your own belong into `description`, `tags` or a YAML comment.
        """
    let bad = [
        """
        services:
          order:
            ⟦publish⟧: [order.paid]
        topics:
          order.paid: {}
        """
    ]
    let good = [
        """
        services:
          order:
            publishes: [order.paid]
        topics:
          order.paid: {}
        """
    ]
}
