/// The whole system in one place: which services there are, and which brokers connect them.
struct BookingSystem: Sendable {
    private let rate: Double
    private let web: CustomerClient
    private let app: CustomerClient
    private let queues: Queues
    private let kafka: Kafka
    private let jobs: RabbitQueue
    private let inventory: InventoryService
    private let notification: NotificationService
    private let settlement: SettlementService
    private let ledger: LedgerService
    private let ticket: TicketService
    private let ticketWorker: TicketWorker
    private let seatBoard: SeatBoard
    private let marketing: MarketingExport

    private struct Queues: Sendable {
        let notificationOrders, notificationRefunds, settlementOrders, settlementRefunds: SQSQueue
        let inventoryOrders, marketingOrders: SQSQueue

        init(rate: Double, pace: Pace, ids: IDSource, activity: Activity) {
            // Busy systems fetch in batches.
            let batch = rate > 40 ? 10 : 1
            func queue(_ name: String, visibility seconds: Double) -> SQSQueue {
                let visibility = pace.duration(milliseconds: seconds * 1_000)
                return SQSQueue(name, visibility: visibility, batch: batch, ids: ids, activity: activity)
            }
            notificationOrders = queue("notification-orders", visibility: 30)
            notificationRefunds = queue("notification-refunds", visibility: 30)
            settlementOrders = queue("settlement-orders", visibility: 3)
            settlementRefunds = queue("settlement-refunds", visibility: 3)
            inventoryOrders = queue("inventory-orders", visibility: 30)
            marketingOrders = queue("marketing-export-orders", visibility: 30)
        }

        var all: [SQSQueue] {
            [
                notificationOrders, notificationRefunds, settlementOrders, settlementRefunds, inventoryOrders,
                marketingOrders,
            ]
        }
    }

    private struct Kafka: Sendable {
        let payments, paymentsDead, deducted, deductedDead: KafkaTopic
        let ledger, ticket: [Mailbox<KafkaTopic.Record>]

        init(rate: Double, activity: Activity) {
            // A record a millisecond at most: the offsets of the next run lie above those of this one.
            let first = Int64(unixNanoseconds() / 1_000_000)
            let partitions = max(6, Int(rate / 160))
            func topic(_ name: String, _ partitions: Int) -> KafkaTopic {
                KafkaTopic(name, partitions: partitions, firstOffset: first, activity: activity)
            }
            payments = topic("payment.completed", partitions)
            paymentsDead = topic("payment.completed.dlq", 1)
            deducted = topic("inventory.deducted", partitions)
            deductedDead = topic("inventory.deducted.dlq", 1)
            ledger = payments.subscribe()
            ticket = deducted.subscribe()
        }
    }

    /// - Parameter tracer: Makes the tracer of a service, and its exporter with it.
    init(
        _ settings: Fleet.Settings, ids: IDSource, activity: Activity, tracer: (ServiceResource) -> Tracer
    ) {
        let pace = Pace(scale: settings.boundedPace)
        rate = settings.boundedRate
        queues = Queues(rate: rate, pace: pace, ids: ids, activity: activity)
        kafka = Kafka(rate: rate, activity: activity)
        jobs = RabbitQueue("ticket.issue", activity: activity)
        let counts = RedisChannel("seat.counts", activity: activity)
        func make(_ name: String, _ language: ServiceResource.Language, _ version: String? = nil) -> Tracer {
            // Half of the services were never told where they run.
            let environment = version == nil ? nil : "demo"
            return tracer(
                ServiceResource(name: name, language: language, version: version, environment: environment))
        }

        seatBoard = SeatBoard(tracer: make("seat-board", .go, "0.9.1"), pace: pace, counts: counts)
        inventory = InventoryService(
            tracer: make("inventory", .python, "5.2.0"), pace: pace, orders: queues.inventoryOrders,
            deducted: kafka.deducted, counts: counts)
        let order = OrderService(
            tracer: make("order", .python, "3.14.0"), pace: pace,
            member: MemberService(tracer: make("member", .python), pace: pace),
            payment: PaymentService(
                tracer: make("payment", .python, "2.8.3"), pace: pace, completed: kafka.payments),
            inventory: inventory,
            completed: SNSTopic(
                name: "order-completed",
                queues: [
                    queues.notificationOrders, queues.settlementOrders, queues.inventoryOrders,
                    queues.marketingOrders,
                ]),
            refunded: SNSTopic(
                name: "order-refunded", queues: [queues.notificationRefunds, queues.settlementRefunds]))
        let gateway = APIGateway(
            tracer: make("api-gateway", .python, "1.7.0"), pace: pace, order: order, seatBoard: seatBoard)
        web = CustomerClient(tracer: make("booking-web", .webjs, "8.1.0"), pace: pace, gateway: gateway, kind: .web)
        app = CustomerClient(tracer: make("booking-app", .java, "4.0.2"), pace: pace, gateway: gateway, kind: .app)
        notification = NotificationService(tracer: make("notification-worker", .python), pace: pace, order: order)
        settlement = SettlementService(tracer: make("settlement", .java, "1.0.11"), pace: pace)
        ledger = LedgerService(
            tracer: make("ledger", .python), pace: pace, payments: kafka.payments, deadLetters: kafka.paymentsDead)
        ticket = TicketService(
            tracer: make("ticket", .python, "2.0.0"), pace: pace, deducted: kafka.deducted,
            deadLetters: kafka.deductedDead, jobs: jobs)
        ticketWorker = TicketWorker(tracer: make("ticket-worker", .python, "2.0.0"), pace: pace, jobs: jobs)
        marketing = MarketingExport(tracer: make("marketing-export", .python), pace: pace)
    }

    /// One customer's visit.
    func visit(_ booking: Booking) async {
        try? await (booking.client == .web ? web : app).visit(booking)
    }

    /// Starts every broker and every consumer, each in a task of its own; they run until the group is cancelled.
    func serve(in group: inout DiscardingTaskGroup) {
        for queue in queues.all { group.addTask { await queue.run() } }
        consume(in: &group, milliseconds: 245) { try await notification.run(queues.notificationOrders) }
        consume(in: &group, milliseconds: 25) { try await notification.run(queues.notificationRefunds) }
        consume(in: &group, milliseconds: 170) { try await settlement.run(queues.settlementOrders) }
        consume(in: &group, milliseconds: 5) { try await settlement.run(queues.settlementRefunds) }
        let start = ContinuousClock.now
        consume(in: &group, milliseconds: 30) { try await inventory.run(since: start) }
        consume(in: &group, milliseconds: 25) { try await marketing.run(queues.marketingOrders) }
        consume(in: &group, milliseconds: 40) { try await ticketWorker.run() }
        for partition in kafka.ledger { group.addTask { try? await ledger.run(partition) } }
        for partition in kafka.ticket { group.addTask { try? await ticket.run(partition) } }
        group.addTask { try? await seatBoard.run() }
    }

    /// Starts as many consumers as keep up with a message for each booking, handled in so many milliseconds.
    private func consume(
        in group: inout DiscardingTaskGroup, milliseconds: Double, _ run: @escaping @Sendable () async throws -> Void
    ) {
        let consumers = max(2, Int((rate * milliseconds / 1_000 / 0.4).rounded(.up)))
        for _ in 0..<min(consumers, 5_000) { group.addTask { try? await run() } }
    }
}
