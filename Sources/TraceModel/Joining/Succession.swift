/// A joiner forgets by growing a successor: the newer half of the facts, and what they are joined to, is inserted into an
/// empty joiner a little at a time, so that no commit waits for it. What a joiner says depends only on the set of its
/// facts, so the successor is in the right state whatever order it was filled in.
struct Succession: Sendable {
    /// One joiner; an array because a struct cannot hold itself.
    var successor: [Joiner]
    /// For each fact of the joiner that is leaving.
    var isKept: [Bool]
    /// Kept facts that the successor does not have yet.
    var waiting: [Int]
    /// Older facts that may still be kept for the sake of newer ones.
    var room: Int
}

extension Joiner {
    /// Facts that one `add` moves at least.
    private static let stride = 2_000

    /// Puts the successor in place once it is complete.
    /// - Returns: The messages that are given up with it.
    mutating func takeSuccession() -> GivenUpMessages {
        var givenUp = GivenUpMessages()
        guard let succession, succession.waiting.isEmpty else { return givenUp }
        for index in facts.indices where !succession.isKept[index] {
            ledger.insert(JoinKey(facts[index].key).bits)
            note(index, isKept: succession.isKept, &givenUp)
        }
        self.succession = nil
        take(succession.successor[0])
        return givenUp
    }

    /// Begins a succession when there are too many facts, and moves some of them.
    mutating func continueSuccession(newSince known: Int) {
        if succession == nil {
            guard facts.count > capacity else { return }
            let middle = facts.count / 2
            succession = Succession(
                successor: [emptyCopy],
                isKept: Array(repeating: false, count: middle) + Array(repeating: true, count: facts.count - middle),
                waiting: Array(middle..<facts.count), room: capacity / 4)
        } else if known < facts.count {
            succession!.isKept += Array(repeating: true, count: facts.count - known)
            succession!.waiting += known..<facts.count
        }
        move(max(Self.stride, 4 * (facts.count - known)))
    }

    private mutating func move(_ count: Int) {
        guard var succession else { return }
        self.succession = nil
        var successor = succession.successor[0]
        succession.successor = []
        // The successor's facts have this joiner's numbers for names.
        swap(&symbols, &successor.symbols)
        successor.routeSources = routeSources
        var left = count
        while left > 0, let index = succession.waiting.popLast() {
            var fact = facts[index]
            fact.unit = -1
            successor.insert(fact, links: links(of: fact))
            keepPartners(of: index, in: &succession)
            left -= 1
        }
        swap(&symbols, &successor.symbols)
        succession.successor = [successor]
        self.succession = succession
    }

    /// A message is kept whole, so that a late delivery of it corrects what was said; within limits, because batches
    /// tie messages to each other without end.
    private func keepPartners(of index: Int, in succession: inout Succession) {
        func keep(_ partner: Int) {
            guard !succession.isKept[partner], succession.room > 0 else { return }
            succession.room -= 1
            succession.isKept[partner] = true
            succession.waiting.append(partner)
        }
        for unit in units(of: index) { units[unit].members.forEach(keep) }
        if facts[index].role == .server, let caller = fact(of: facts[index].parentKey) { keep(caller) }
    }
}
