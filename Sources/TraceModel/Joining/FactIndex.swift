/// Facts under keys, several to a key, in little memory: an entry of the dictionary for each key, eight bytes for each
/// fact.
struct FactIndex: Sendable {
    private var newest: [UInt64: Int32] = [:]
    private var facts: [Int32] = []
    /// The next older entry under the same key, or -1.
    private var older: [Int32] = []

    mutating func add(_ fact: Int, under key: JoinKey) {
        let entry = Int32(facts.count)
        facts.append(Int32(fact))
        older.append(newest.updateValue(entry, forKey: key.bits) ?? -1)
    }

    /// Newest first.
    func facts(under key: JoinKey) -> [Int] {
        guard var entry = newest[key.bits] else { return [] }
        var found: [Int] = []
        while entry >= 0 {
            found.append(Int(facts[Int(entry)]))
            entry = older[Int(entry)]
        }
        return found
    }
}
