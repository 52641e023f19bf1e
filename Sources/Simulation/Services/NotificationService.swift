/// 알림: tells customers about bookings and refunds. Its spans say `notification-worker`.
actor NotificationService {
    private let tracer: Tracer
    private let pace: Pace
    private let order: OrderService

    init(tracer: Tracer, pace: Pace, order: OrderService) {
        self.tracer = tracer
        self.pace = pace
        self.order = order
    }

    /// Handles a queue until the task is cancelled.
    func run(_ queue: SQSQueue) async throws {
        let consumer = SQSPythonConsumer(tracer: tracer, queue: queue, pace: pace)
        while !Task.isCancelled {
            try await consumer.poll { delivery, context in
                try await self.notify(delivery.message.booking, isOrder: queue.name.hasSuffix("orders"), in: context)
            }
        }
    }

    private func notify(_ booking: Booking, isOrder: Bool, in context: TraceContext) async throws {
        let push = tracer.client(
            HTTPExchange("POST", "/v1/messages", host: "push.example"), by: .requests, .old, in: context)
        try await pace.sleep(milliseconds: booking.milliseconds(120...600, for: .notify))
        tracer.end(push, status: 200, .old)
        guard isOrder, booking.meets(.waitsForNotification) else { return }
        let callback = tracer.client(
            HTTPExchange(
                "POST", "/orders/{order_id}/notified", path: "/orders/\(booking.orderID)/notified",
                host: OrderService.host), by: .requests, .old, in: context)
        try await order.setNotified(booking, from: callback.context)
        tracer.end(callback, status: 204, .old)
    }
}
