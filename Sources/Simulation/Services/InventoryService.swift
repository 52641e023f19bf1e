/// 재고: takes seats away and gives them back. Every now and then it falls behind.
actor InventoryService {
    private let tracer: Tracer
    private let pace: Pace
    private let orders: SQSQueue
    private let deducted: KafkaTopic
    private let counts: RedisChannel

    /// Falls behind from the 15th to the 24th second of every 40.
    private static let spell = (period: 40.0, slow: 15.0..<24.0)

    init(tracer: Tracer, pace: Pace, orders: SQSQueue, deducted: KafkaTopic, counts: RedisChannel) {
        self.tracer = tracer
        self.pace = pace
        self.orders = orders
        self.deducted = deducted
        self.counts = counts
    }

    /// Handles orders until the task is cancelled.
    /// - Parameter start: When the fleet began: the slow spells count from there.
    func run(since start: ContinuousClock.Instant) async throws {
        let consumer = SQSPythonConsumer(tracer: tracer, queue: orders, pace: pace)
        while !Task.isCancelled {
            if isSlow(since: start) { try await pace.sleep(milliseconds: 800) }
            try await consumer.poll { delivery, context in
                try await self.deduct(delivery.message.booking, in: context)
            }
        }
    }

    /// `booking.Inventory/ReleaseSeats`
    func release(_ booking: Booking, from caller: TraceContext) async throws -> GRPCFailure? {
        var span = tracer.server(.releaseSeats, in: caller)
        span.correlate(with: booking)
        let update = tracer.statement(
            "UPDATE seats SET order_id = NULL WHERE order_id = %s", database: "seats", in: span.context)
        try await pace.sleep(milliseconds: booking.milliseconds(3...15, for: .release))
        tracer.end(update)
        announceCount(booking, in: span.context)
        tracer.end(span, failure: nil)
        return nil
    }

    private func deduct(_ booking: Booking, in context: TraceContext) async throws {
        let update = tracer.statement(
            "UPDATE seats SET order_id = %s WHERE id = ANY(%s)", database: "seats", in: context)
        try await pace.sleep(milliseconds: booking.milliseconds(5...30, for: .deduct))
        tracer.end(update)
        let send = tracer.confluentSend(to: deducted.name, in: context)
        deducted.send(Message(booking: booking, context: send.context), key: booking.concertID)
        tracer.end(send)
        announceCount(booking, in: context)
    }

    private func announceCount(_ booking: Booking, in context: TraceContext) {
        let id = tracer.ids.uuid()
        let sent = tracer.fastStreamPublish(to: counts.name, booking: booking, in: context)
        counts.publish(Message(booking: booking, context: sent, id: id))
    }

    private func isSlow(since start: ContinuousClock.Instant) -> Bool {
        let seconds = (ContinuousClock.now - start) / .seconds(1) / max(pace.scale, 0.001)
        return Self.spell.slow.contains(seconds.truncatingRemainder(dividingBy: Self.spell.period))
    }
}
