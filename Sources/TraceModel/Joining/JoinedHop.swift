/// A hop as a joiner knows it: numbers for names, and the facts at its ends.
public struct JoinedHop: Sendable, Hashable {
    /// The edge that the hop adds to, in the joiner's numbers for names.
    public struct Edge: Sendable, Hashable {
        public var kind: EdgeKind
        var from: UInt32
        var to: UInt32
        var system: UInt32
        var detail: UInt32
        public var isTemporary: Bool

        /// In three parts instead of six: every hop is looked up by its edge.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(kind)
            hasher.combine(UInt64(from) << 32 | UInt64(to))
            hasher.combine(UInt64(system) << 32 | UInt64(detail))
        }
    }

    public var edge: Edge
    /// The fact that published or called, or -1; `Joiner.span(ofFact:)` says which span it is.
    public var fromFact: Int32 = -1
    /// The fact that handled or served, or -1.
    public var toFact: Int32 = -1
    public var evidence: JoinEvidence?
    /// How many the hop speaks for: more than one where one span sends a batch, and where a message has so many
    /// deliveries that they are counted together.
    public var messages: Int32 = 1
    /// 1 for the first delivery of a message to a group.
    public var attempt = 1
    /// The group had handled the message without an error before.
    public var isDuplicate = false
    public var isError = false
    /// When it happened: the publication, the start of the handling, the start of the call. Nanoseconds since the
    /// Unix epoch.
    public var time: UInt64
    /// The earliest and latest start of all spans that the hop speaks for.
    public var firstSeen: UInt64
    public var lastSeen: UInt64
    /// Nanoseconds; negative where the clocks disagree; nil where one end is unknown.
    public var wait: Int64?
    /// Nanoseconds.
    public var work: UInt64?
    /// Whose trace to look at for an example.
    public var trace: UInt64

    init(edge: Edge, time: UInt64, trace: UInt64) {
        self.edge = edge
        self.time = time
        firstSeen = time
        lastSeen = time
        self.trace = trace
    }
}

/// What an `add` changed: to be true again, figures lose the removed hops and gain the added ones.
public struct JoinChanges: Sendable {
    public var removed: [JoinedHop] = []
    public var added: [JoinedHop] = []
    /// What was forgotten unfinished, which changes no figure.
    public var givenUp = GivenUpMessages()

    public var isEmpty: Bool { removed.isEmpty && added.isEmpty }

    /// Notes the difference between two states of a unit.
    mutating func note(before: [JoinedHop], after: [JoinedHop]) {
        // Most units have a few hops, which are compared sooner than hashed.
        if before.count * after.count <= 64 {
            removed += before.filter { !after.contains($0) }
            added += after.filter { !before.contains($0) }
        } else {
            let old = Set(before)
            let new = Set(after)
            removed += before.filter { !new.contains($0) }
            added += after.filter { !old.contains($0) }
        }
    }
}
