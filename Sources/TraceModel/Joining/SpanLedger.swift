/// Which spans were counted and are forgotten, so that one that is sent again is not counted again.
///
/// Bounded: the newest `2 * half` spans at most, eight bytes and some each; the older half goes at once.
struct SpanLedger: Sendable {
    private var newer = KeyTable(new: ())
    private var older = KeyTable(new: ())
    private let half: Int

    init(half: Int = 500_000) { self.half = half }

    mutating func insert(_ span: UInt64) {
        if newer.count >= half {
            older = newer
            newer = KeyTable(new: ())
        }
        _ = newer.place(of: span)
    }

    func contains(_ span: UInt64) -> Bool { newer.find(span) != nil || older.find(span) != nil }
}
