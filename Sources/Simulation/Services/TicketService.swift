/// 발권: makes one job for the ticket workers of every order whose seats are taken.
actor TicketService {
    private let tracer: Tracer
    private let pace: Pace
    private let deducted: KafkaTopic
    private let deadLetters: KafkaTopic
    private let jobs: RabbitQueue

    init(tracer: Tracer, pace: Pace, deducted: KafkaTopic, deadLetters: KafkaTopic, jobs: RabbitQueue) {
        self.tracer = tracer
        self.pace = pace
        self.deducted = deducted
        self.deadLetters = deadLetters
        self.jobs = jobs
    }

    /// Handles one partition until the task is cancelled.
    func run(_ partition: Mailbox<KafkaTopic.Record>) async throws {
        while !Task.isCancelled {
            let records = await partition.take(100, within: .seconds(30))
            guard let first = records.first else { continue }
            try await pace.sleep(milliseconds: first.message.booking.milliseconds(2...20, for: .fetch))
            for record in records {
                try await plan(record)
                deducted.commit()
            }
        }
    }

    private func plan(_ record: KafkaTopic.Record) async throws {
        let booking = record.message.booking
        let process = tracer.confluentProcess(record, of: deducted.name)
        try await pace.sleep(milliseconds: booking.milliseconds(0.5...3, for: .planTicket))
        if booking.meets(.ticketGivesUp) {
            let send = tracer.confluentSend(to: deadLetters.name, in: process.context)
            deadLetters.send(Message(booking: booking, context: send.context), key: booking.concertID)
            tracer.end(send)
        } else {
            let draft = Message(booking: booking, context: process.context, id: tracer.ids.uuid())
            let sent = tracer.pikaPublish(to: jobs.name, message: draft, in: process.context)
            jobs.send(Message(booking: booking, context: sent, id: draft.id))
        }
        tracer.end(process)
    }
}

/// 발권 작업자: makes the tickets. One of many.
actor TicketWorker {
    private let tracer: Tracer
    private let pace: Pace
    private let jobs: RabbitQueue

    init(tracer: Tracer, pace: Pace, jobs: RabbitQueue) {
        self.tracer = tracer
        self.pace = pace
        self.jobs = jobs
    }

    /// Does jobs until the task is cancelled.
    func run() async throws {
        while !Task.isCancelled {
            guard let job = await jobs.receive(waiting: .seconds(30)) else { continue }
            let booking = job.message.booking
            try await pace.sleep(milliseconds: 1)
            var span = tracer.pikaReceive(job, from: jobs.name)
            try await pace.sleep(
                milliseconds: booking.milliseconds(10...60, for: .issueTicket, attempt: job.attempt))
            if job.attempt == 1, booking.meets(.ticketWorkerFails) {
                span.fail("TimeoutError", "image renderer did not answer within 2 s")
                tracer.end(span)
                jobs.reject(job)
            } else {
                tracer.end(span)
                jobs.acknowledge()
            }
        }
    }
}
