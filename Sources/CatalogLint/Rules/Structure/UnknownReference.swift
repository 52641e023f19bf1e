/// A name that nothing defines.
struct UnknownReference: StructuralRule {
    let name = "unknown-reference"
    let summary = "a name that nothing defines"
    let explanation = """
        An edge to a channel or service that is not in the catalog is either a spelling mistake or something
        undocumented. Both make every diagram and every answer to "who subscribes?" wrong.

        Messages are checked once the catalog defines at least one under `messages:`. A service outside your
        system is a service, too: give it `kind: external`.
        """
    let bad = [
        """
        services:
          billing:
            subscribes: [⟦order.payed⟧]
          checkout:
            publishes: [order.paid]
        topics:
          order.paid: { broker: ⟦kafkaa⟧ }
        """
    ]
    let good = [
        """
        services:
          billing:
            subscribes: [order.paid]
          checkout:
            publishes: [order.paid]
        topics:
          order.paid: { broker: kafka }
        """
    ]
}
