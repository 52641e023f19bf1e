/// Lines as a document shows them: `…` within a line stands for any characters, `…` alone for any lines, also none.
enum OutputPattern {
    static func matches(_ expected: some Collection<String>, _ actual: some Collection<String>) -> Bool {
        matches(Array(expected)[...], Array(actual)[...]) { pattern, line in
            matches(Array(pattern)[...], Array(line)[...], elision: "…", by: ==)
        }
    }

    private static func matches(
        _ expected: ArraySlice<String>, _ actual: ArraySlice<String>, by isEqual: (String, String) -> Bool
    ) -> Bool {
        matches(expected, actual, elision: "…", by: isEqual)
    }

    /// Greedy matching with one place to go back to: linear in practice, never exponential.
    private static func matches<Element: Equatable>(
        _ pattern: ArraySlice<Element>, _ subject: ArraySlice<Element>, elision: Element,
        by isEqual: (Element, Element) -> Bool
    ) -> Bool {
        var (pattern, subject) = (pattern, subject)
        var resume: (pattern: ArraySlice<Element>, subject: ArraySlice<Element>)?
        while true {
            if pattern.first == elision {
                pattern = pattern.dropFirst()
                resume = (pattern, subject)
            } else if let wanted = pattern.first, let found = subject.first, isEqual(wanted, found) {
                (pattern, subject) = (pattern.dropFirst(), subject.dropFirst())
            } else if pattern.isEmpty && subject.isEmpty {
                return true
            } else if let (after, from) = resume, !from.isEmpty {
                resume = (after, from.dropFirst())
                (pattern, subject) = (after, from.dropFirst())
            } else {
                return false
            }
        }
    }

    /// What a document should show for `actual`: what it left out at the beginning and the end stays left out.
    static func accepting(_ actual: [String], insteadOf expected: [String]) -> [String] {
        func isKept(_ pair: (String, String)) -> Bool { pair.0 != "…" && matches([pair.0], [pair.1]) }
        let head = Array(zip(expected, actual).prefix(while: isKept))
        let room = min(expected.count, actual.count) - head.count
        let tail = Array(zip(expected.reversed(), actual.reversed()).prefix(while: isKept).prefix(room))
        return head.map(\.0) + actual.dropFirst(head.count).dropLast(tail.count) + tail.reversed().map(\.0)
    }
}
