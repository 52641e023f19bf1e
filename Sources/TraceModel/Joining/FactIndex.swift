/// Facts under keys, several to a key, in little memory: an entry of the dictionary for each key, eight bytes for each
/// fact.
struct FactIndex: Sendable {
    private struct Chain {
        var newest: Int32
        var count: Int32
    }

    private var chains: [UInt64: Chain] = [:]
    private var facts: [Int32] = []
    /// The next older entry under the same key, or -1.
    private var older: [Int32] = []

    mutating func add(_ fact: Int, under key: JoinKey) {
        let chain = chains[key.bits] ?? Chain(newest: -1, count: 0)
        older.append(chain.newest)
        chains[key.bits] = Chain(newest: Int32(facts.count), count: chain.count + 1)
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
