/// Finds the name that a misspelt one probably means.
///
/// A name is likely when it is within a third of the length by Damerau-Levenshtein distance (insert, delete, replace,
/// swap neighbours), or differs only in case. `order.payed` finds `order.paid`; `xyz` finds nothing.
public struct NameSuggester: Sendable {
    private let candidates: [Candidate]
    /// How many names may still be looked at; a distance that is computed counts for several. Thousands of misspelt names against a hundred thousand right ones
    /// would take minutes; the findings stay, only their help is left out.
    private var budget: Int

    private struct Candidate: Sendable {
        var name: String
        var scalars: [UInt32]
        /// One bit per scalar value modulo 64: a cheap lower bound of the distance.
        var mask: UInt64
    }

    /// - Complexity: O(characters of all names).
    public init(_ names: some Sequence<String>, budget: Int = 20_000_000) {
        candidates = names.map { name in
            let scalars = folded(name)
            return Candidate(name: name, scalars: scalars, mask: characterMask(scalars))
        }
        self.budget = budget
    }

    /// A likely name, and whether it is the only one so near.
    public struct Suggestion: Sendable, Equatable {
        public var name: String
        public var isOnlyOne: Bool

        public init(name: String, isOnlyOne: Bool) {
            self.name = name
            self.isOnlyOne = isOnlyOne
        }
    }

    /// The nearest name; of equally near ones the first. Nil where none is near enough.
    public mutating func nearest(to name: String) -> String? { suggestion(for: name)?.name }

    /// The nearest name; of equally near ones the first. Nil where none is near enough.
    public mutating func suggestion(for name: String) -> Suggestion? {
        let scalars = folded(name)
        let mask = characterMask(scalars)
        var limit = scalars.count / 3
        guard limit > 0 || !scalars.isEmpty else { return nil }
        var best: Suggestion?
        guard budget > 0 else { return nil }
        budget -= candidates.count
        for candidate in candidates where candidate.name != name {
            guard abs(candidate.scalars.count - scalars.count) <= limit else { continue }
            guard (candidate.mask & ~mask).nonzeroBitCount <= limit else { continue }
            budget -= scalars.count * candidate.scalars.count / 8
            guard let distance = distance(scalars, candidate.scalars, limit: limit) else { continue }
            if best == nil || distance < limit {
                best = Suggestion(name: candidate.name, isOnlyOne: true)
                limit = distance
            } else if candidate.name != best?.name {
                best?.isOnlyOne = false
                // Nothing is nearer than the same name in other case, and it is known not to be the only one.
                if distance == 0 { break }
            }
        }
        return best
    }
}

/// The nearest of a few names; see ``NameSuggester``.
public func nearestName(to name: String, among names: some Sequence<String>) -> String? {
    var suggester = NameSuggester(names)
    return suggester.nearest(to: name)
}

/// The nearest of a few names; see ``NameSuggester``.
public func nameSuggestion(for name: String, among names: some Sequence<String>) -> NameSuggester.Suggestion? {
    var suggester = NameSuggester(names)
    return suggester.suggestion(for: name)
}

/// Lower-case scalars: a name that differs only in case is at distance 0.
private func folded(_ name: String) -> [UInt32] {
    name.unicodeScalars.map { $0.isASCII ? UInt32($0.value | (("A"..."Z").contains($0) ? 0x20 : 0)) : $0.value }
}

private func characterMask(_ scalars: [UInt32]) -> UInt64 { scalars.reduce(0) { $0 | 1 << UInt64($1 % 64) } }

/// The optimal string alignment distance, or nil where it is above the limit.
/// - Complexity: O(left × right).
func distance(_ left: [UInt32], _ right: [UInt32], limit: Int) -> Int? {
    guard !left.isEmpty, !right.isEmpty else {
        return max(left.count, right.count) <= limit ? max(left.count, right.count) : nil
    }
    var twoBack = [Int](repeating: 0, count: right.count + 1)
    var oneBack = Array(0...right.count)
    var row = twoBack
    for i in 1...left.count {
        row[0] = i
        var smallest = i
        for j in 1...right.count {
            let cost = left[i - 1] == right[j - 1] ? 0 : 1
            var value = min(oneBack[j] + 1, row[j - 1] + 1, oneBack[j - 1] + cost)
            if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                value = min(value, twoBack[j - 2] + 1)
            }
            row[j] = value
            smallest = min(smallest, value)
        }
        guard smallest <= limit else { return nil }
        (twoBack, oneBack, row) = (oneBack, row, twoBack)
    }
    return oneBack[right.count] <= limit ? oneBack[right.count] : nil
}
