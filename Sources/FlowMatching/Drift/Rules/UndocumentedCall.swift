import CatalogModel
import SourceDiagnostics
import TraceModel

/// A call that only spans know. A call back to a publisher is a synchronous wait, and said there.
struct UndocumentedCall: DriftCheck {
    let name = "undocumented-call"
    let severity = Severity.warning

    func findings(in drift: DriftContext) -> [DriftFinding] {
        drift.edges.filter { $0.ends.kind == .calls && !$0.isDocumented && !$0.isCallBack }.map { edge in
            let (caller, callee) = (edge.ends.from, edge.ends.to)
            var evidence = drift.sighted(edge, "call")
            if !edge.details.isEmpty {
                evidence.insert("it calls \(edge.details.prefix(5).joined(separator: ", "))", at: 1)
            }
            let system = edge.systems.first.map { ", protocol: \($0)" } ?? ""
            return finding(
                "'\(caller)' calls '\(callee)', and the catalog does not say so",
                about: .edge(edge.ends), seen: drift.sightings(of: edge),
                at: drift.catalog.service(named: caller)?.span ?? drift.catalog.service(named: callee)?.span,
                label: drift.catalog.service(named: caller) == nil
                    ? "an unknown service calls it" : "no such call here",
                related: drift.catalog.service(named: caller) == nil ? [] : drift.place(ofService: callee),
                help: "add calls: [{service: \(callee)\(system)}] to '\(caller)'", evidence: evidence)
        }
    }
}
