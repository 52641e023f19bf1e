/// The way in from outside. Its attributes are in both generations: `OTEL_SEMCONV_STABILITY_OPT_IN=http/dup`.
///
/// It holds the hidden synchronous dependency: for customers who want to wait, it answers a booking only after the
/// notification went out, and polls the order until then.
actor APIGateway {
    private let tracer: Tracer
    private let pace: Pace
    private let order: OrderService
    private let seatBoard: SeatBoard

    private static let host = "api-gateway:8080"
    private static let pollInterval = 100.0
    private static let polls = 60

    init(tracer: Tracer, pace: Pace, order: OrderService, seatBoard: SeatBoard) {
        self.tracer = tracer
        self.pace = pace
        self.order = order
        self.seatBoard = seatBoard
    }

    func book(_ booking: Booking, from caller: TraceContext) async throws -> Int {
        try await serve(HTTPExchange("POST", "/bookings", host: Self.host), booking, caller) { context in
            let status = try await self.request(HTTPExchange("POST", "/orders", host: OrderService.host), in: context) {
                try await self.order.create(booking, from: $0)
            }
            guard status == 201, booking.meets(.waitsForNotification) else { return status }
            return try await self.waitForNotification(of: booking, in: context) ? 201 : 504
        }
    }

    func refund(_ booking: Booking, from caller: TraceContext) async throws -> Int {
        let id = booking.orderID
        let incoming = HTTPExchange(
            "POST", "/bookings/{order_id}/refund", path: "/bookings/\(id)/refund", host: Self.host)
        let outgoing = HTTPExchange(
            "POST", "/orders/{order_id}/refund", path: "/orders/\(id)/refund", host: OrderService.host)
        return try await serve(incoming, booking, caller) { context in
            try await self.request(outgoing, in: context) { try await self.order.refund(booking, from: $0) }
        }
    }

    func showSeats(_ booking: Booking, from caller: TraceContext) async throws -> Int {
        let path = "/concerts/\(booking.concertID)/seats"
        let incoming = HTTPExchange("GET", "/concerts/{concert_id}/seats", path: path, host: Self.host)
        let outgoing = HTTPExchange("GET", "/concerts/{concert_id}/seats", path: path, host: SeatBoard.host)
        return try await serve(incoming, nil, caller) { context in
            try await self.request(outgoing, in: context) { try await self.seatBoard.show(booking, from: $0) }
        }
    }

    private func waitForNotification(of booking: Booking, in context: TraceContext) async throws -> Bool {
        let status = HTTPExchange(
            "GET", "/orders/{order_id}/status", path: "/orders/\(booking.orderID)/status", host: OrderService.host)
        for _ in 0..<Self.polls {
            try await pace.sleep(milliseconds: Self.pollInterval)
            var isNotified = false
            _ = try await request(status, in: context) {
                isNotified = try await self.order.isNotified(booking, from: $0)
                return 200
            }
            if isNotified { return true }
        }
        return false
    }

    private func serve(
        _ exchange: HTTPExchange, _ booking: Booking?, _ caller: TraceContext,
        _ handle: (TraceContext) async throws -> Int
    ) async throws -> Int {
        var span = tracer.server(exchange, by: .fastAPI, .both, in: caller)
        if let booking { span.correlate(with: booking) }
        try await pace.sleep(milliseconds: booking?.milliseconds(1...6, for: .gateway) ?? 1)
        let status = try await handle(span.context)
        tracer.end(span, status: status, .both)
        return status
    }

    private func request(
        _ exchange: HTTPExchange, in parent: TraceContext, _ send: (TraceContext) async throws -> Int
    ) async throws -> Int {
        let span = tracer.client(exchange, by: .requests, .both, in: parent)
        try await pace.sleep(milliseconds: 1)
        let status = try await send(span.context)
        tracer.end(span, status: status, .both)
        return status
    }
}
