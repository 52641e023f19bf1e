public import SourceDiagnostics

/// One thing that can be wrong with a catalog: its explanation, its examples and the check, in one file.
public protocol Rule: Sendable {
    /// Kebab-case; names the problem, and reads after "ignore …".
    var name: String { get }
    var group: RuleGroup { get }
    /// How bad a finding is unless `lint:` says otherwise; nil for a rule that is off until it is asked for.
    var severity: Severity? { get }
    /// What is wrong, in a line.
    var summary: String { get }
    /// Why it matters, in a paragraph or two.
    var explanation: String { get }
    /// When to switch it off; empty where there is no good reason to.
    var switchOff: String { get }
    /// Whether its findings stand in the catalog's files, where a comment can ignore them.
    var isIgnorable: Bool { get }
    /// What `lint:` can set.
    var options: [RuleOption] { get }
    /// Catalogs with findings: `⟦…⟧` encloses what each finding covers.
    var bad: [String] { get }
    /// The same catalogs mended: no finding.
    var good: [String] { get }

    /// Every finding of a catalog, in any order.
    func check(_ context: LintContext) -> [Diagnostic]
}

extension Rule {
    public var switchOff: String { "" }
    public var isIgnorable: Bool { group != .structure }
    public var options: [RuleOption] { [] }

    /// A finding of this rule. Its severity is set by whoever runs the rule.
    func finding(
        _ message: String, at span: SourceSpan, label: String, related: [RelatedPlace] = [], help: String? = nil,
        evidence: [String] = []
    ) -> Diagnostic {
        Diagnostic(
            rule: name, severity: severity ?? .warning, message: message, span: span, label: label, related: related,
            help: help, evidence: evidence)
    }
}

/// What a rule is about, in the order in which they are explained.
public enum RuleGroup: String, Sendable, CaseIterable {
    case structure, documentation, topology, guarantees, synchronous, conventions, flows, drift

    public var title: String {
        switch self {
        case .structure: "Structure"
        case .documentation: "Documentation"
        case .topology: "Who publishes, who subscribes"
        case .guarantees: "Does the broker guarantee what the design needs?"
        case .synchronous: "Synchronous dependencies"
        case .conventions: "Conventions"
        case .flows: "Flows"
        case .drift: "Drift: from observed spans"
        }
    }

    /// What holds for the whole group.
    public var introduction: String {
        switch self {
        case .structure: "Found while the catalog is read. Always errors: they can be neither ignored nor switched off."
        case .documentation: "Whom to ask, and what for."
        case .topology: "The shape of the system: edges that are missing, doubled or go in a circle."
        case .guarantees: "What the design says it needs, against what the messaging system promises."
        case .synchronous: "Where one service waits for another, openly or not."
        case .conventions: "One way, kept everywhere."
        case .flows: "Business flows that nobody can follow or undo."
        case .drift:
            """
            What comparing the catalog with spans finds: `flowglass drift` reports it, and `flowglass verify` after a test
            run. `flowglass lint` reads no spans and reports none of these; `lint:` settings and ignore comments hold for
            both. Each finding names conversations to look at with `flowglass trace`.
            """
        }
    }
}

/// One setting of a rule.
public struct RuleOption: Sendable, Equatable {
    public enum Value: Sendable, Equatable {
        case count(Int)
        case flag(Bool)
        case duration(Duration)
    }

    /// Kebab-case, as it stands under `lint.RULE`.
    public var name: String
    public var standard: Value
    public var summary: String

    public init(_ name: String, _ standard: Value, _ summary: String) {
        self.name = name
        self.standard = standard
        self.summary = summary
    }
}
