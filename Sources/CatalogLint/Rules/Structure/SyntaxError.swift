/// A file that is not YAML.
struct SyntaxError: StructuralRule {
    let name = "syntax-error"
    let summary = "a file that is not YAML"
    let explanation = """
        A file that cannot be parsed is read up to the error; what comes after it is unknown. Names that the
        rest of the file holds are not called missing elsewhere, so mend this first and look at the other
        findings again.

        Catalog files are UTF-8, at most 4 MiB, and indent with blanks. Anchors, aliases and merge keys work;
        aliases that expand to more than a hundred thousand values do not.
        """
    let bad = [
        """
        services:
          order:
            description: every order⟦:⟧ from cart to parcel
        """,
        """
        services:
          order:
            publishes: [order.paid
        topics⟦:⟧
          order.paid: {}
        """,
    ]
    let good = [
        """
        services:
          order:
            description: "every order: from cart to parcel"
        """
    ]
}
