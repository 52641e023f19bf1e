/// Facts under keys, several to a key, in little memory: an entry of the dictionary for each key, eight bytes for each
/// fact.
struct FactIndex: Sendable {
    private struct Chain {
        var newest: Int32 = -1
        var count: Int32 = 0

        /// Gives the entry that was the newest.
        mutating func append(_ entry: Int) -> Int32 {
            defer { (newest, count) = (Int32(entry), count + 1) }
            return newest
        }
    }

    private var chains: [UInt64: Chain] = [:]
    private var facts: [Int32] = []
    /// The next older entry under the same key, or -1.
    private var older: [Int32] = []

    mutating func add(_ fact: Int, under key: JoinKey) {
        older.append(chains[key.bits, default: Chain()].append(facts.count))
        facts.append(Int32(fact))
    }

    /// Newest first.
    func facts(under key: JoinKey) -> [Int] {
        guard let chain = chains[key.bits] else { return [] }
        var found: [Int] = []
        found.reserveCapacity(Int(chain.count))
        var entry = chain.newest
        while entry >= 0 {
            found.append(Int(facts[Int(entry)]))
            entry = older[Int(entry)]
        }
        return found
    }

    func count(under key: JoinKey) -> Int { chains[key.bits].map { Int($0.count) } ?? 0 }
}
