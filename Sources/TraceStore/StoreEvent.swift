/// What happens to a writing store that whoever runs it wants to know at once.
public enum StoreEvent: Sendable, Equatable {
    /// Spans cannot be kept any more; the reason is a clause without a full stop.
    case troubled(String)
    /// They can be kept again.
    case recovered
    /// The store was damaged; its files are now at this path, and a new one is used.
    case setAside(String)
    /// Retention took these out in one round.
    case evicted(spans: Int, figures: Int)
}
