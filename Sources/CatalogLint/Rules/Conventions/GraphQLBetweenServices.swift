import CatalogModel
import SourceDiagnostics

/// GraphQL from service to service.
struct GraphQLBetweenServices: Rule {
    let name = "graphql-between-services"
    let group = RuleGroup.conventions
    let severity: Severity? = .warning
    let summary = "GraphQL between services"
    let explanation = """
        GraphQL lets clients choose what they need; between services the caller's needs are known, and a query
        language brings untyped cost, N+1 requests and caching by hand. Federation is an aggregation layer for
        clients: the gateway asks its subgraphs over GraphQL, services ask each other over something with a
        contract.
        """
    let bad = [
        """
        services:
          order: { calls: [{ service: member, protocol: ⟦graphql⟧ }] }
          member: {}
        """
    ]
    let good = [
        """
        services:
          web: { kind: gateway, calls: [{ service: member, protocol: graphql, batching: dataloader }] }
          order: { calls: [{ service: member, protocol: grpc }] }
          member: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        context.eachInternalCall { caller, call, callee in
            guard caller.kind != .gateway, callee.kind != .gateway, let used = call.protocol, used.value == "graphql"
            else { return }
            findings.append(
                finding(
                    "'\(caller.name)' calls '\(callee.name)' over GraphQL, and both are services", at: used.span,
                    label: "between services",
                    help: "use grpc (typed and fast; both sides generate code) or rest (any client; a request for each "
                        + "resource), and keep GraphQL for clients"))
        }
        return findings
    }
}
