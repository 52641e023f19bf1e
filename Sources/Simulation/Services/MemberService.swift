/// 회원: members and their balance.
actor MemberService {
    private let tracer: Tracer
    private let pace: Pace

    init(tracer: Tracer, pace: Pace) {
        self.tracer = tracer
        self.pace = pace
    }

    /// `booking.Member/GetBalance`
    func balance(_ booking: Booking, from caller: TraceContext) async throws -> GRPCFailure? {
        let span = tracer.server(.getBalance, in: caller)
        let query = tracer.statement(
            "SELECT balance FROM members WHERE id = %s", database: "members", in: span.context)
        try await pace.sleep(milliseconds: booking.milliseconds(2...20, for: .balance))
        tracer.end(query)
        tracer.end(span, failure: nil)
        return nil
    }
}
