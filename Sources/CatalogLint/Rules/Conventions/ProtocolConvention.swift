import CatalogModel
import SourceDiagnostics

/// An internal call over a protocol that was not agreed.
struct ProtocolConvention: Rule {
    let name = "protocol-convention"
    let group = RuleGroup.conventions
    let severity: Severity? = .warning
    let summary = "an internal call over a protocol that was not agreed"
    let explanation = """
        `conventions.protocols` lists what calls inside the system may use. Calls from browsers and apps, and
        calls to external services, follow the other side's rules and are not meant.
        """
    let bad = [
        """
        conventions:
          protocols: [grpc]
        services:
          order: { calls: [{ service: payment, protocol: ⟦soap⟧ }] }
          payment: {}
        """
    ]
    let good = [
        """
        conventions:
          protocols: [grpc]
        services:
          order: { calls: [{ service: payment, protocol: grpc }, { service: bank, protocol: soap }] }
          payment: {}
          bank: { kind: external }
        """
    ]

    func check(_ context: LintContext) -> [Diagnostic] {
        let agreed = context.catalog.conventions.protocols
        guard let first = agreed.first else { return [] }
        var findings: [Diagnostic] = []
        context.eachInternalCall { caller, call, callee in
            guard let used = call.protocol, !agreed.contains(where: { $0.value == used.value }) else { return }
            findings.append(
                finding(
                    "'\(caller.name)' calls '\(callee.name)' over \(used.value), and internal calls use \(agreed.map(\.value).joined(separator: " or "))",
                    at: used.span, label: "not agreed", related: [RelatedPlace(span: first.span, label: "agreed here")])
            )
        }
        return findings
    }
}
