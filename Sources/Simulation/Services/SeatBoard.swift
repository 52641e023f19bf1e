/// 좌석 현황판: keeps the latest count of free seats and shows it. HTTP attributes are those of today's conventions.
actor SeatBoard {
    static let host = "seat-board:8080"

    private let tracer: Tracer
    private let pace: Pace
    private let counts: RedisChannel
    /// Seats sold since the fleet began, by concert.
    private var sold: [String: Int] = [:]

    init(tracer: Tracer, pace: Pace, counts: RedisChannel) {
        self.tracer = tracer
        self.pace = pace
        self.counts = counts
    }

    /// Listens until the task is cancelled.
    func run() async throws {
        let mailbox = counts.subscribe()
        while !Task.isCancelled {
            let messages = await mailbox.take(100, within: .seconds(30))
            guard !messages.isEmpty else { continue }
            try await pace.sleep(milliseconds: 1)
            for message in messages {
                let span = tracer.fastStreamProcess(message, from: counts.name)
                sold[message.booking.concertID, default: 0] += message.booking.seats
                tracer.end(span)
                counts.handled()
            }
        }
    }

    /// `GET /concerts/{concert_id}/seats`
    func show(_ booking: Booking, from caller: TraceContext) async throws -> Int {
        let exchange = HTTPExchange(
            "GET", "/concerts/{concert_id}/seats", path: "/concerts/\(booking.concertID)/seats", host: Self.host)
        var span = tracer.server(exchange, by: .goHTTP, .new, in: caller)
        span.note("concert.seats.sold", sold[booking.concertID] ?? 0)
        try await pace.sleep(milliseconds: booking.milliseconds(1...4, for: .showSeats))
        tracer.end(span, status: 200, .new)
        return 200
    }
}
