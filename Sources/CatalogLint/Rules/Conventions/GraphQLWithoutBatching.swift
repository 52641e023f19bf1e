import CatalogModel
import SourceDiagnostics

/// GraphQL resolvers that ask once per row.
struct GraphQLWithoutBatching: Rule {
    let name = "graphql-without-batching"
    let group = RuleGroup.conventions
    let severity: Severity? = .warning
    let summary = "a GraphQL call without batching"
    let explanation = """
        A list of a hundred orders whose resolver asks for each member makes a hundred and one requests. A
        data loader collects the keys of one tick and asks once. Say `batching: dataloader` where it is in
        place.
        """
    let bad = [
        """
        services:
          web: { kind: gateway, calls: [{ service: member, protocol: ⟦graphql⟧ }, { service: order, protocol: ⟦graphql⟧, batching: none }] }
          member: {}
          order: {}
        """
    ]
    let good = [
        """
        services:
          web: { kind: gateway, calls: [{ service: member, protocol: graphql, batching: dataloader }] }
          web-shop: { kind: browser, calls: [{ service: web, protocol: graphql }] }
          member: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        context.catalog.services.filter(\.kind.isInside).flatMap { service in
            service.calls.compactMap { call in
                guard let used = call.protocol, used.value == "graphql", call.batching != "dataloader" else {
                    return nil
                }
                return finding(
                    "'\(service.name)' calls '\(call.service.value)' over GraphQL without batching", at: used.span,
                    label: "one request for each row", help: "add a data loader, and batching: dataloader")
            }
        }
    }
}
