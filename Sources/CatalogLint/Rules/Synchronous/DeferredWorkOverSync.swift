import CatalogModel
import SourceDiagnostics

/// A call whose result nobody needs at once.
struct DeferredWorkOverSync: Rule {
    let name = "deferred-work-over-sync"
    let group = RuleGroup.synchronous
    let severity: Severity? = .warning
    let summary = "a call whose result nobody needs at once"
    let explanation = """
        The caller waits, and fails, for something that could happen later: a mail, a report, an index. A
        message lets it answer first, takes up the load when the other side is down, and retries by itself.
        """
    let bad = [
        """
        services:
          order: { calls: [{ service: mail, needs: ⟦deferred⟧ }] }
          mail: {}
        """
    ]
    let good = [
        """
        services:
          order: { publishes: [mail.jobs] }
          mail: { subscribes: [mail.jobs] }
        queues:
          mail.jobs: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        context.catalog.services.flatMap { service in
            service.calls.compactMap { call in
                guard let needs = call.needs, needs.value == "deferred" else { return nil }
                return finding(
                    "'\(service.name)' calls '\(call.service.value)' and needs the result only later", at: needs.span,
                    label: "not needed at once",
                    related: [RelatedPlace(span: call.service.span, label: "a synchronous call")],
                    help:
                        "publish a message that '\(call.service.value)' handles: it may then be down meanwhile, and must bear "
                        + "a message that comes twice")
            }
        }
    }
}
