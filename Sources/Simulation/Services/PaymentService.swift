/// 결제: charges and refunds.
actor PaymentService {
    private let tracer: Tracer
    private let pace: Pace
    private let completed: KafkaTopic

    init(tracer: Tracer, pace: Pace, completed: KafkaTopic) {
        self.tracer = tracer
        self.pace = pace
        self.completed = completed
    }

    /// `booking.Payment/Charge`
    func charge(_ booking: Booking, from caller: TraceContext) async throws -> GRPCFailure? {
        var span = tracer.server(.charge, in: caller)
        span.correlate(with: booking)
        span.note("payment.amount", booking.amount)
        try await pace.sleep(milliseconds: booking.milliseconds(25...140, for: .authorise))
        if booking.meets(.paymentDeclined) {
            span.fail("CardDeclined", GRPCFailure.cardDeclined.details)
            tracer.end(span, failure: .cardDeclined)
            return .cardDeclined
        }
        let send = tracer.aioKafkaSend(to: completed, key: booking.orderID, in: span.context)
        completed.send(Message(booking: booking, context: send.context), key: booking.orderID)
        tracer.end(send)
        tracer.end(span, failure: nil)
        return nil
    }

    /// `booking.Payment/Refund`
    func refund(_ booking: Booking, from caller: TraceContext) async throws -> GRPCFailure? {
        var span = tracer.server(.refund, in: caller)
        span.correlate(with: booking)
        try await pace.sleep(milliseconds: booking.milliseconds(20...90, for: .cancel))
        tracer.end(span, failure: nil)
        return nil
    }
}
