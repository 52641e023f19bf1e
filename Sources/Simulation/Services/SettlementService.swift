/// 정산: works out what the organisers are owed. Now and then it fails, or takes longer than its queue allows.
actor SettlementService {
    private let tracer: Tracer
    private let pace: Pace

    init(tracer: Tracer, pace: Pace) {
        self.tracer = tracer
        self.pace = pace
    }

    /// Handles a queue until the task is cancelled.
    func run(_ queue: SQSQueue) async throws {
        let consumer = SQSJavaConsumer(tracer: tracer, queue: queue, pace: pace)
        let isOrders = queue.name.hasSuffix("orders")
        while !Task.isCancelled {
            try await consumer.poll { delivery, _ in
                let booking = delivery.message.booking
                let isFirstOrder = isOrders && delivery.attempt == 1
                try await self.pace.sleep(
                    milliseconds: booking.milliseconds(4...25, for: .settle, attempt: delivery.attempt))
                if isFirstOrder, booking.meets(.settlementFails) {
                    throw SQSJavaConsumer.Failure(
                        type: "java.sql.SQLTransientException", message: "could not obtain lock on organiser account")
                }
                if isFirstOrder, booking.meets(.settlementTwice) {
                    try await Task.sleep(for: queue.visibility * 1.3)
                }
            }
        }
    }
}
