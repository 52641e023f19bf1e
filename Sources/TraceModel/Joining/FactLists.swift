/// Lists of facts, newest first, in one array: eight bytes for each entry. Whoever has a list keeps its newest entry, -1
/// while it is empty.
struct FactLists: Sendable {
    private struct Entry {
        var fact: Int32
        /// The next older entry of the same list, or -1.
        var older: Int32
    }

    private var entries: [Entry] = []

    mutating func add(_ fact: Int, to newest: inout Int32) {
        entries.append(Entry(fact: Int32(fact), older: newest))
        newest = Int32(entries.count - 1)
    }

    /// Newest first.
    func facts(from newest: Int32) -> [Int] {
        var found: [Int] = []
        var entry = newest
        while entry >= 0 {
            found.append(Int(entries[Int(entry)].fact))
            entry = entries[Int(entry)].older
        }
        return found
    }

    /// Whether the list holds a fact for which a condition is true.
    func contains(from newest: Int32, where isWanted: (Int) -> Bool) -> Bool {
        var entry = newest
        while entry >= 0 {
            if isWanted(Int(entries[Int(entry)].fact)) { return true }
            entry = entries[Int(entry)].older
        }
        return false
    }
}
