/// A change of the sources that mends a finding, for findings with one right answer.
///
/// All edits are applied or none. They speak of the text that the finding was made from: whoever applies them makes
/// sure that it is still the same (``FixedTexts`` does).
public struct Fix: Sendable, Equatable {
    /// What it does, in the imperative: `replace 'order.payed' with 'order.paid'`.
    public var title: String
    /// In any order; no two overlap.
    public var edits: [SourceEdit]

    public init(title: String, edits: [SourceEdit]) {
        self.title = title
        self.edits = edits
    }
}

/// One stretch of a file, and the text that takes its place.
public struct SourceEdit: Sendable, Equatable {
    public var span: SourceSpan
    /// The new text as it stands in the file, quotes and all; never with a line break.
    public var replacement: String

    public init(span: SourceSpan, replacement: String) {
        self.span = span
        self.replacement = replacement
    }
}
