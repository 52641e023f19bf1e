/// A map without a key it cannot do without.
struct MissingKey: StructuralRule {
    let name = "missing-key"
    let summary = "a map that lacks a key it cannot do without"
    let explanation = """
        A broker without a system, a call without a service, a step without an action: there is nothing to
        check or to draw.
        """
    let bad = [
        """
        brokers:
          ⟦main⟧: { url: "kafka://broker:9092" }
        """
    ]
    let good = [
        """
        brokers:
          main: { system: kafka, url: "kafka://broker:9092" }
        """
    ]
}
