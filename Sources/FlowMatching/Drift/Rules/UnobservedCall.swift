import CatalogModel
import SourceDiagnostics
import TraceModel

/// A documented call that was not seen.
struct UnobservedCall: DriftCheck {
    let name = "unobserved-call"
    let severity = Severity.info

    func findings(in drift: DriftContext) -> [DriftFinding] {
        guard drift.hasSpans else { return [] }
        return drift.edges.filter { $0.ends.kind == .calls && $0.isDocumented && !$0.isObserved }.compactMap { edge in
            let (caller, callee) = (edge.ends.from, edge.ends.to)
            // Who sends nothing is said once; what goes on outside the system is not expected to be seen.
            let ends = [caller, callee]
            guard !ends.contains(where: { drift.isSilent($0) || drift.isOutside($0) }) else { return nil }
            return finding(
                "'\(caller)' was not seen calling '\(callee)'", about: .edge(edge.ends), at: edge.span,
                label: "not seen in the window",
                related: drift.place(ofService: callee), evidence: drift.reservations(about: caller))
        }
    }
}
