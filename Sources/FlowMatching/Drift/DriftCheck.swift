public import SourceDiagnostics

/// One drift rule's logic: what comparing the catalog with spans finds. Its explanation stands in `CatalogLint`, under
/// the same name.
protocol DriftCheck: Sendable {
    var name: String { get }
    /// How bad a finding is unless `lint:` says otherwise.
    var severity: Severity { get }

    /// Every finding, in any order. Messages hold no counts and no times, so that a baseline knows them again.
    func findings(in drift: DriftContext) -> [DriftFinding]
}

extension DriftCheck {
    func finding(
        _ message: String, about subject: DriftSubject, seen sightings: Sightings = Sightings(), at span: SourceSpan?,
        label: String, related: [RelatedPlace] = [], help: String? = nil, evidence: [String] = [],
        severity: Severity? = nil
    ) -> DriftFinding {
        DriftFinding(
            Diagnostic(
                rule: name, severity: severity ?? self.severity, message: message, span: span,
                label: span == nil ? "" : label, related: related, help: help, evidence: evidence),
            about: subject, seen: sightings)
    }
}

/// Every drift rule. A rule is one file and one line here, in alphabetical order.
let driftChecks: [any DriftCheck] = [
    BrokenPropagation(),
    DeadlineMissed(),
    GrowingLag(),
    ObservedDuplicate(),
    ObservedSynchronousWait(),
    UnconsumedMessage(),
    UndocumentedCall(),
    UndocumentedChannel(),
    UndocumentedConsumer(),
    UndocumentedProducer(),
    UndocumentedRoute(),
    UnobservedCall(),
    UnobservedConsumer(),
    UnobservedProducer(),
    UnobservedService(),
]

/// The drift rules by name, with the severity that their findings have by themselves.
public var driftSeverities: [String: Severity] {
    Dictionary(uniqueKeysWithValues: driftChecks.map { ($0.name, $0.severity) })
}

/// Everything that the two halves, laid side by side, have to say, sorted as every report is.
public func driftFindings(in drift: DriftContext) -> [DriftFinding] {
    driftChecks.flatMap { $0.findings(in: drift) }
        .sorted { Diagnostic.comesBefore($0.diagnostic, $1.diagnostic) }
}
