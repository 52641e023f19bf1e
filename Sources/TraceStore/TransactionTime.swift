/// How long one reading transaction may last. A reader holds the write-ahead log from being used again, so that long
/// reads are many short ones.
struct TransactionTime {
    static let limit = Duration.milliseconds(250)

    private let end: ContinuousClock.Instant

    init(_ limit: Duration = Self.limit) { end = .now + limit }

    var isOver: Bool { ContinuousClock.now > end }
}
