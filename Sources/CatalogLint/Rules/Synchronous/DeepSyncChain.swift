import CatalogModel
import SourceDiagnostics

/// Many calls in a row.
struct DeepSyncChain: Rule {
    let name = "deep-sync-chain"
    let group = RuleGroup.synchronous
    let severity: Severity? = .warning
    let summary = "a chain of synchronous calls that is too deep"
    let explanation = """
        Availability multiplies: five services of 99.9 % in a row are up 99.5 % of the time, and the slowest
        one sets the pace of all. A failure at the end climbs up through every caller, with the retries of
        each. Break the chain where the caller does not need the answer at once.
        """
    let options = [
        RuleOption("max-calls", .count(3), "how many calls may stand in a row")
    ]
    let bad = [
        """
        services:
          shop: { calls: [⟦order⟧] }
          order: { calls: [payment] }
          payment: { calls: [ledger] }
          ledger: { calls: [bank] }
          bank: { kind: external }
        """
    ]
    let good = [
        """
        services:
          shop: { calls: [order] }
          order: { calls: [payment] }
          payment: { publishes: [payment.done] }
          ledger: { calls: [bank], subscribes: [payment.done] }
          bank: { kind: external }
        topics:
          payment.done: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        let most = context.count("max-calls", of: self)
        let services = context.catalog.services
        let edges = services.map { service in
            service.calls.compactMap { context.graph.index(ofService: $0.service.value) }
        }
        let (length, next) = Digraph(edges).longestWays()
        return services.indices.compactMap { index in
            // Only where a chain starts: its later parts are the same cause.
            guard length[index] > most,
                context.graph.callers(of: services[index].name).allSatisfy({ length[$0.service] <= most })
            else { return nil }
            var chain = [index]
            while let last = chain.last, let successor = next[last] { chain.append(successor) }
            let calls = zip(chain, chain.dropFirst()).compactMap { caller, callee in
                services[caller].calls.first { $0.service.value == services[callee].name }.map {
                    (services[caller].name, $0)
                }
            }
            guard let first = calls.first else { return nil }
            let names = chain.map { services[$0].name }
            return finding(
                "\(calls.count) calls in a row, over \(most): \(names.joined(separator: " → "))",
                at: first.1.service.span,
                label: "the chain starts here",
                related: calls.dropFirst().map {
                    RelatedPlace(span: $1.service.span, label: "'\($0)' calls '\($1.service.value)'")
                },
                help:
                    "let one of them publish an event instead: the caller then fails no more with it, and waits no more for the result",
                evidence: calls.map { "'\($0)' calls '\($1.service.value)'" })
        }
    }
}
