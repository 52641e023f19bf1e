/// A customer's browser or phone: where every conversation begins.
struct CustomerClient: Sendable {
    let tracer: Tracer
    let pace: Pace
    let gateway: APIGateway
    let kind: Booking.Client

    /// Looks at the free seats (every other time), books, and takes the booking back where that is its fate.
    func visit(_ booking: Booking) async throws {
        if booking.number.isMultiple(of: 2) {
            let seats = HTTPExchange(
                "GET", "/concerts/{concert_id}/seats", path: "/concerts/\(booking.concertID)/seats", host: Self.host)
            _ = try await request(seats) { try await gateway.showSeats(booking, from: $0) }
            try await pace.sleep(milliseconds: booking.milliseconds(80...600, for: .think))
        }
        let status = try await request(HTTPExchange("POST", "/bookings", host: Self.host)) {
            try await gateway.book(booking, from: $0)
        }
        guard status == 201, booking.meets(.refunded) else { return }
        try await pace.sleep(milliseconds: booking.milliseconds(1_500...4_000, for: .changeOfMind))
        let refund = HTTPExchange(
            "POST", "/bookings/{order_id}/refund", path: "/bookings/\(booking.orderID)/refund", host: Self.host)
        _ = try await request(refund) { try await gateway.refund(booking.asRefund(tracer.ids.uuid()), from: $0) }
    }

    private static let host = "api.booking.example"

    private func request(
        _ exchange: HTTPExchange, _ send: (TraceContext) async throws -> Int
    ) async throws -> Int {
        let generation: HTTPExchange.Generation = kind == .web ? .old : .new
        let span = tracer.client(exchange, by: kind == .web ? .fetch : .okHTTP, generation, in: nil)
        try await pace.sleep(milliseconds: 3)
        let status = try await send(span.context)
        tracer.end(span, status: status, generation)
        return status
    }
}
