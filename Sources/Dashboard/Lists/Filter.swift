/// What a person typed to narrow a list: words, and `field:value` pairs; all of them must hold.
///
///     order owner:team-a broker:kafka is:undocumented -is:temporary
///
/// A word must be found in a row's texts: its letters in order in a name (`ordcom` finds `order.completed`), or as it
/// stands in any other text. A pair needs a field of the row whose value contains the text; `is:` needs the whole
/// word. A minus before a term turns it round. Capitals do not matter.
struct Filter: Sendable, Equatable {
    struct Term: Sendable, Equatable {
        /// `owner`; nil for a word.
        var field: String?
        var text: String
        var isNegated: Bool
    }

    /// As typed.
    var text: String
    private(set) var terms: [Term]

    init(_ text: String = "") {
        self.text = text
        terms = text.split(whereSeparator: \.isWhitespace).compactMap { Term($0) }
    }

    var isEmpty: Bool { terms.isEmpty }

    func matches(_ texts: RowTexts, isMarked: () -> Bool = { false }) -> Bool {
        terms.allSatisfy { term in
            let isMatch = term.asksForMarks ? isMarked() : term.matches(texts)
            return isMatch != term.isNegated
        }
    }

    /// The names of fields that are asked for and that a screen does not have.
    func unknownFields(among known: [String]) -> [String] {
        terms.compactMap(\.field).filter { !known.contains($0) }
    }

    /// The first word behind `is:` that a screen does not know.
    func unknownWord(among known: [String]) -> String? {
        terms.first { $0.field == "is" && !known.contains($0.text) }?.text
    }
}

/// What a filter can find in one row of a list. Only what a filter asks for is worked out.
struct RowTexts {
    /// Searched fuzzily: name and title.
    var names: [String]
    /// Searched as they stand.
    var others: () -> [String]
    /// The values of a field, nil where the screen has no such field; `is` has words such as `undocumented`.
    var values: (_ field: String) -> [String]?
}

extension Filter.Term {
    fileprivate init?(_ typed: Substring) {
        var rest = typed
        isNegated = rest.count > 1 && rest.first == "-"
        if isNegated { rest.removeFirst() }
        if let colon = rest.firstIndex(of: ":"), colon != rest.startIndex {
            let value = rest[rest.index(after: colon)...]
            // While the value is still being typed, nothing is hidden.
            guard !value.isEmpty else { return nil }
            field = rest[..<colon].lowercased()
            text = value.lowercased()
        } else {
            field = nil
            text = rest.lowercased()
        }
    }

    /// `is:marked` is about what a person did, not about the row.
    fileprivate var asksForMarks: Bool { field == "is" && text == "marked" }

    fileprivate func matches(_ texts: RowTexts) -> Bool {
        guard let field else {
            return texts.names.contains { fuzzyMatch(text, in: $0) }
                || texts.others().contains { holds(text, in: $0) }
        }
        // A name with a colon in it, such as an exchange's, is looked for as a word too.
        guard let values = texts.values(field) else {
            return texts.names.contains { holds("\(field):\(text)", in: $0) }
        }
        return values.contains { field == "is" ? $0.lowercased() == text : holds(text, in: $0) }
    }
}

/// A filter that was not typed, and the screen that it came from.
struct FilterOrigin: Sendable, Equatable {
    var screen: ScreenID
    var filter: String
}
