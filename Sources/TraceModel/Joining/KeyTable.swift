/// Values under keys that are hashes already (`JoinKey`), in one array: looking one up touches one place in memory, where
/// a dictionary hashes the key again and touches three.
///
/// Open addressing, at most three quarters full. Senders can choose ids whose keys lie as they like, so where a key
/// goes depends on numbers that only this process knows (a folded product, as in Wang Yi's wyhash).
struct KeyTable<Value: Sendable>: Sendable {
    private struct Slot {
        /// Zero where nothing is.
        var key: UInt64
        var value: Value
    }

    private var slots: [Slot] = []
    private(set) var count = 0
    private let new: Value
    private let secret = KeyTableSecret.ofProcess

    /// - Parameter new: The value of a key that is put in.
    init(new: Value) { self.new = new }

    /// The value at a place, which is good until the next key is put in.
    subscript(place: Int) -> Value {
        get { slots[place].value }
        set { slots[place].value = newValue }
    }

    /// Where a key's value is; nil where the key is not known.
    func find(_ key: UInt64) -> Int? {
        guard count > 0 else { return nil }
        let slot = slot(of: key)
        return slots[slot].key == 0 ? nil : slot
    }

    /// Where a key's value is; a key that is not known is put in.
    mutating func place(of key: UInt64) -> Int {
        if 4 * (count + 1) > 3 * slots.count { grow() }
        let slot = slot(of: key)
        if slots[slot].key == 0 {
            slots[slot].key = Self.stored(key)
            count += 1
        }
        return slot
    }

    /// The slot that holds the key, or the empty one where it would go.
    private func slot(of key: UInt64) -> Int {
        let key = Self.stored(key)
        let mask = slots.count - 1
        let product = (key ^ secret.mask).multipliedFullWidth(by: secret.factor)
        var slot = Int(truncatingIfNeeded: product.high ^ product.low) & mask
        while slots[slot].key != key, slots[slot].key != 0 { slot = (slot + 1) & mask }
        return slot
    }

    /// Zero stands for an empty slot, so that the key zero is kept as one.
    private static func stored(_ key: UInt64) -> UInt64 { max(1, key) }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(key: 0, value: new), count: max(16, 2 * old.count))
        for entry in old where entry.key != 0 { slots[slot(of: entry.key)] = entry }
    }
}

private struct KeyTableSecret {
    let mask = UInt64.random(in: .min ... .max)
    let factor = UInt64.random(in: .min ... .max) | 1

    static let ofProcess = KeyTableSecret()
}
