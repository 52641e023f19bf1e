/// 회계 원장: writes payments down in their order, and sends those it cannot write to a dead-letter topic.
actor LedgerService {
    private let tracer: Tracer
    private let pace: Pace
    private let payments: KafkaTopic
    private let deadLetters: KafkaTopic

    private static let attempts = 3

    init(tracer: Tracer, pace: Pace, payments: KafkaTopic, deadLetters: KafkaTopic) {
        self.tracer = tracer
        self.pace = pace
        self.payments = payments
        self.deadLetters = deadLetters
    }

    /// Handles one partition until the task is cancelled.
    func run(_ partition: Mailbox<KafkaTopic.Record>) async throws {
        while !Task.isCancelled {
            let records = await partition.take(100, within: .seconds(30))
            guard let first = records.first else { continue }
            try await pace.sleep(milliseconds: first.message.booking.milliseconds(1...12, for: .fetch))
            for record in records {
                tracer.aioKafkaReceive(record, of: payments.name, group: "ledger")
                try await write(record.message.booking)
                payments.commit()
            }
        }
    }

    /// The receiving span is over by now: what happens here begins traces of its own.
    private func write(_ booking: Booking) async throws {
        for attempt in 1...Self.attempts {
            var insert = tracer.statement("INSERT INTO ledger VALUES (%s, %s)", database: "ledger", in: nil)
            insert.correlate(with: booking)
            try await pace.sleep(milliseconds: booking.milliseconds(0.5...2.5, for: .ledgerRow, attempt: attempt))
            guard booking.meets(.ledgerGivesUp) else { return tracer.end(insert) }
            insert.fail("CheckViolation", "new row violates check constraint \"ledger_amount_check\"")
            tracer.end(insert)
        }
        var send = tracer.aioKafkaSend(to: deadLetters, key: booking.orderID, in: nil)
        send.correlate(with: booking)
        deadLetters.send(Message(booking: booking, context: send.context), key: booking.orderID)
        tracer.end(send)
    }
}
