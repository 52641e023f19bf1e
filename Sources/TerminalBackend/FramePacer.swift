/// Decides when messages are taken: at once after a quiet time, and at most 30 times a second.
///
/// While a batch waits for its slot, nobody needs to be told about further messages: `isWaiting` says so.
struct FramePacer {
    static let interval = Duration.milliseconds(33)

    private(set) var isWaiting = false
    private var nextSlot: ContinuousClock.Instant?

    mutating func messagesArrived() { isWaiting = true }

    /// Milliseconds until the slot, rounded up, or -1 to wait for ever.
    func timeout(at now: ContinuousClock.Instant) -> CInt {
        guard isWaiting else { return -1 }
        guard let nextSlot, nextSlot > now else { return 0 }
        let left = now.duration(to: nextSlot).components
        return CInt(clamping: left.seconds * 1000 + (left.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    /// Whether the waiting messages are to be taken now; if so, the next ones wait for the next slot.
    mutating func takeSlot(at now: ContinuousClock.Instant) -> Bool {
        guard isWaiting, nextSlot.map({ $0 <= now }) ?? true else { return false }
        isWaiting = false
        nextSlot = now + Self.interval
        return true
    }
}
