/// A value that its key does not take.
struct InvalidValue: StructuralRule {
    let name = "invalid-value"
    let summary = "a value that its key does not take"
    let explanation = """
        Durations are a whole number and a unit (`250ms`, `5s`, `10m`, `2h`, `7d`), dates are `2026-12-31`,
        and some keys take one of a few words. The finding shows a right example or the nearest word.
        """
    let bad = [
        """
        services:
          order:
            calls:
              - { service: payment, protocol: ⟦grcp⟧, timeout: ⟦5 seconds⟧ }
          payment: {}
        """
    ]
    let good = [
        """
        services:
          order:
            calls:
              - { service: payment, protocol: grpc, timeout: 5s }
          payment: {}
        """
    ]
}
