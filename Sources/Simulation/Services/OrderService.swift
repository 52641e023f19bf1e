/// 주문: makes orders and directs refunds.
actor OrderService {
    static let host = "order:8080"

    private let tracer: Tracer
    private let pace: Pace
    private let member: MemberService
    private let payment: PaymentService
    private let inventory: InventoryService
    private let completed: SNSTopic
    private let refunded: SNSTopic
    /// Orders whose notification went out and whose customer waits for that.
    private var notified: Set<String> = []

    init(
        tracer: Tracer, pace: Pace, member: MemberService, payment: PaymentService, inventory: InventoryService,
        completed: SNSTopic, refunded: SNSTopic
    ) {
        self.tracer = tracer
        self.pace = pace
        self.member = member
        self.payment = payment
        self.inventory = inventory
        self.completed = completed
        self.refunded = refunded
    }

    /// `POST /orders`: balance, payment, the order itself, and the news of it.
    func create(_ booking: Booking, from caller: TraceContext) async throws -> Int {
        var span = tracer.server(HTTPExchange("POST", "/orders", host: Self.host), by: .fastAPI, .old, in: caller)
        span.correlate(with: booking)
        let status = try await make(booking, in: span.context)
        tracer.end(span, status: status, .old)
        return status
    }

    /// `POST /orders/{order_id}/refund`: undoes the payment, then the seats, and tells.
    func refund(_ booking: Booking, from caller: TraceContext) async throws -> Int {
        let exchange = HTTPExchange(
            "POST", "/orders/{order_id}/refund", path: "/orders/\(booking.orderID)/refund", host: Self.host)
        var span = tracer.server(exchange, by: .fastAPI, .old, in: caller)
        span.correlate(with: booking)
        _ = try await call(.refund, in: span.context) { try await self.payment.refund(booking, from: $0) }
        _ = try await call(.releaseSeats, in: span.context) { try await self.inventory.release(booking, from: $0) }
        try await publish(booking, to: refunded, in: span.context)
        tracer.end(span, status: 200, .old)
        return 200
    }

    /// `POST /orders/{order_id}/notified`: the notification service calls back, which no catalog mentions.
    func setNotified(_ booking: Booking, from caller: TraceContext) async throws {
        let exchange = HTTPExchange(
            "POST", "/orders/{order_id}/notified", path: "/orders/\(booking.orderID)/notified", host: Self.host)
        let span = tracer.server(exchange, by: .fastAPI, .old, in: caller)
        if notified.count < 10_000 { notified.insert(booking.orderID) }
        tracer.end(span, status: 204, .old)
    }

    /// `GET /orders/{order_id}/status`
    func isNotified(_ booking: Booking, from caller: TraceContext) async throws -> Bool {
        let exchange = HTTPExchange(
            "GET", "/orders/{order_id}/status", path: "/orders/\(booking.orderID)/status", host: Self.host)
        let span = tracer.server(exchange, by: .fastAPI, .old, in: caller)
        let isNotified = notified.remove(booking.orderID) != nil
        tracer.end(span, status: 200, .old)
        return isNotified
    }

    private func make(_ booking: Booking, in context: TraceContext) async throws -> Int {
        _ = try await call(.getBalance, in: context) { try await self.member.balance(booking, from: $0) }
        let failure = try await call(.charge, in: context) { try await self.payment.charge(booking, from: $0) }
        guard failure == nil else { return 402 }
        let insert = tracer.statement("INSERT INTO orders VALUES (%s, %s, %s)", database: "orders", in: context)
        try await pace.sleep(milliseconds: booking.milliseconds(1...5, for: .orderRow))
        tracer.end(insert)
        try await publish(booking, to: completed, in: context)
        return 201
    }

    private func publish(_ booking: Booking, to topic: SNSTopic, in parent: TraceContext) async throws {
        let span = tracer.publish(to: topic, in: parent)
        try await pace.sleep(milliseconds: booking.milliseconds(6...30, for: .announce))
        topic.publish(Message(booking: booking, context: span.context))
        tracer.end(span)
    }

    private func call(
        _ method: GRPCMethod, in parent: TraceContext, _ send: (TraceContext) async throws -> GRPCFailure?
    ) async throws -> GRPCFailure? {
        let span = tracer.client(method, in: parent)
        try await pace.sleep(milliseconds: 1)
        let failure = try await send(span.context)
        tracer.end(span, failure: failure)
        return failure
    }
}
