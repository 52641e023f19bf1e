/// The subscriber that no catalog mentions: somebody in marketing has hung a queue of their own onto order.completed.
/// It does not know the house's conventions either.
actor MarketingExport {
    private let tracer: Tracer
    private let pace: Pace

    init(tracer: Tracer, pace: Pace) {
        self.tracer = tracer
        self.pace = pace
    }

    /// Handles the queue until the task is cancelled.
    func run(_ queue: SQSQueue) async throws {
        let consumer = SQSPythonConsumer(tracer: tracer, queue: queue, pace: pace, correlates: false)
        while !Task.isCancelled {
            try await consumer.poll { delivery, _ in
                try await self.pace.sleep(milliseconds: delivery.message.booking.milliseconds(5...25, for: .export))
            }
        }
    }
}
