import CatalogModel
import SourceDiagnostics

/// A link to a local file that is not there.
struct BrokenLink: Rule {
    let name = "broken-link"
    let group = RuleGroup.documentation
    let severity: Severity? = .warning
    let summary = "a link or schema that names a local file which is not there"
    let explanation = """
        A runbook that moved is found out at night. Links and schemas without `https://` or another scheme are
        files, from the folder of the catalog file that names them. URLs are never fetched.
        """
    let bad = [
        """
        services:
          order:
            links: [runbook.md, ⟦runbooks/order.md⟧]
        messages:
          OrderCompleted: { schema: ⟦schemas/missing.json⟧ }
        """
    ]
    let good = [
        """
        services:
          order:
            links: [runbook.md, "runbook.md#alerts", "https://wiki.example.com/order"]
        messages:
          OrderCompleted: { schema: schemas/order.json }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        var places: [Located<String>] = []
        let catalog = context.catalog
        func add(_ documentation: Documentation) {
            guard !documentation.links.isEmpty else { return }
            places += zip(documentation.links, documentation.linkSpans).map { Located($0, $1) }
        }
        add(catalog.about)
        for service in catalog.services { add(service.documentation) }
        for channel in catalog.channels { add(channel.documentation) }
        for index in catalog.messages.indices { add(catalog.messages[index].documentation) }
        for flow in catalog.flows { add(flow.documentation) }
        places += catalog.messages.compactMap(\.schema)
        return places.compactMap { link in
            guard let path = link.localPath, !context.settings.fileExists(path) else { return nil }
            return finding("'\(link.value)' is not there", at: link.span, label: "no such file")
        }
    }
}
