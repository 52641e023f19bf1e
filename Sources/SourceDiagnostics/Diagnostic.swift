/// How bad a finding is, worst first.
public enum Severity: String, Sendable, Comparable, CaseIterable, Codable {
    case error, warning, info

    public static func < (left: Severity, right: Severity) -> Bool {
        allCases.firstIndex(of: left)! > allCases.firstIndex(of: right)!
    }
}

/// One finding about the sources: what is wrong, where, and what helps.
public struct Diagnostic: Sendable, Equatable {
    /// The rule's kebab-case name.
    public var rule: String
    public var severity: Severity
    /// The headline: subject, rule broken, one clause, no full stop.
    public var message: String
    /// Where; nil for a finding about something that only spans show.
    public var span: SourceSpan?
    /// What is true at `span`, in about five words.
    public var label: String
    /// The other places that make the finding understandable.
    public var related: [RelatedPlace]
    /// An action, given only when it is likely right.
    public var help: String?
    /// Facts that back the finding, one a line: what was seen, how often, in what order.
    public var evidence: [String]
    /// The change that mends it, where there is one right answer; the same that `help` suggests.
    public var fix: Fix?

    public init(
        rule: String, severity: Severity, message: String, span: SourceSpan?, label: String = "",
        related: [RelatedPlace] = [], help: String? = nil, evidence: [String] = [], fix: Fix? = nil
    ) {
        self.rule = rule
        self.severity = severity
        self.message = message
        self.span = span
        self.label = label
        self.related = related
        self.help = help
        self.evidence = evidence
        self.fix = fix
    }

    /// What stands below the headline where there is room for it: one fact a line, then the help.
    var details: [String] { evidence + (help.map { ["help: \($0)"] } ?? []) }

    /// The order of every report: file, line, column, rule; findings without a place come last.
    public static func comesBefore(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
        switch (left.span, right.span) {
        case (let a?, let b?):
            a.startsWhere(b) ? (left.rule, left.message) < (right.rule, right.message) : a < b
        case (.some, nil): true
        case (nil, .some): false
        case (nil, nil): (left.rule, left.message) < (right.rule, right.message)
        }
    }
}

/// A second place of a diagnostic, and what is true there.
public struct RelatedPlace: Sendable, Equatable {
    public var span: SourceSpan
    public var label: String

    public init(span: SourceSpan, label: String) {
        self.span = span
        self.label = label
    }
}
