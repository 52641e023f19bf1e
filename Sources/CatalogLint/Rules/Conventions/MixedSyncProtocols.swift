import CatalogModel
import SourceDiagnostics

/// Internal calls over many protocols, and no agreement.
struct MixedSyncProtocols: Rule {
    let name = "mixed-sync-protocols"
    let group = RuleGroup.conventions
    let severity: Severity? = .warning
    let summary = "internal calls over more protocols than agreed"
    let explanation = """
        Every protocol inside the system brings its own clients, retries, errors, tracing and gateways. Agree
        on one, say so in `conventions.protocols`, and the rule `protocol-convention` shows the calls that
        differ.
        """
    let options = [
        RuleOption("max-protocols", .count(1), "how many protocols internal calls may use")
    ]
    let bad = [
        """
        services:
          order: { calls: [{ service: payment, protocol: grpc }, { service: stock, protocol: grpc }] }
          payment: { calls: [{ service: stock, protocol: ⟦rest⟧ }] }
          stock: {}
        """
    ]
    let good = [
        """
        conventions:
          protocols: [grpc, rest]
        services:
          order: { calls: [{ service: payment, protocol: grpc }] }
          payment: { calls: [{ service: stock, protocol: rest }] }
          stock: {}
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        guard context.catalog.conventions.protocols.isEmpty else { return [] }
        let most = context.count("max-protocols", of: self)
        var uses: [String: [Located<String>]] = [:]
        context.eachInternalCall { _, call, _ in
            if let used = call.protocol { uses[used.value, default: []].append(used) }
        }
        guard uses.count > most else { return [] }
        let ranked = uses.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        guard let rarest = ranked.last, let first = rarest.value.first else { return [] }
        let words = ranked.map { "\($0.key) (\($0.value.count))" }.joined(separator: ", ")
        return [
            finding(
                "internal calls use \(uses.count) protocols, over \(most): \(words)", at: first.span,
                label: "the rarest one",
                related: ranked.dropLast().compactMap { entry in
                    entry.value.first.map {
                        RelatedPlace(span: $0.span, label: "\(entry.key), used \(entry.value.count) times")
                    }
                }, help: "each one costs its own clients, retries and tracing: agree on some in conventions.protocols")
        ]
    }
}
