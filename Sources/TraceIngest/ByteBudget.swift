import Synchronization

/// How many bytes all requests together may hold in memory, counted before they are decoded.
final class ByteBudget: Sendable {
    let limit: Int
    private let used = Atomic<Int>(0)

    init(limit: Int) { self.limit = limit }

    /// Bytes held now.
    var held: Int { used.load(ordering: .relaxed) }

    /// Takes bytes; false, and nothing is taken, when they are not left.
    fileprivate func take(_ count: Int) -> Bool {
        let now = used.add(count, ordering: .relaxed).newValue
        guard now > limit else { return true }
        used.subtract(count, ordering: .relaxed)
        return false
    }

    fileprivate func give(_ count: Int) { used.subtract(count, ordering: .relaxed) }

    /// Begins one request's account.
    func account() -> ByteAccount { ByteAccount(self) }
}

/// What one request holds of a budget. Given back by `close`, or when nothing refers to the account any more.
final class ByteAccount: Sendable {
    private let budget: ByteBudget
    private let held = Atomic<Int>(0)

    fileprivate init(_ budget: ByteBudget) { self.budget = budget }

    deinit { close() }

    /// Takes further bytes; false when they are not left.
    func take(_ count: Int) -> Bool {
        guard count >= 0, count <= budget.limit, budget.take(count) else { return false }
        held.add(count, ordering: .relaxed)
        return true
    }

    /// Gives everything back.
    func close() { budget.give(held.exchange(0, ordering: .relaxed)) }
}
