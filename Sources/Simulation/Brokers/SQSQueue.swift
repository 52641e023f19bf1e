import Synchronization

/// An SQS queue: a received message is hidden for a while, and comes again unless it is deleted.
final class SQSQueue: Sendable {
    struct Delivery: Sendable {
        /// Given by SQS, the same for every delivery of the message.
        let messageID: String
        let message: Message
        /// Counted from 1.
        let attempt: Int
        let receipt: UInt64
    }

    private struct Hidden {
        let delivery: Delivery
        let until: ContinuousClock.Instant
    }

    private struct State {
        var hidden: [UInt64: Hidden] = [:]
        var receipts: UInt64 = 0
    }

    let name: String
    let url: String
    /// How long a received message is hidden from other receivers.
    let visibility: Duration
    /// `MaxNumberOfMessages` of its receivers: 1 unless told (SQS's own default), 10 at most.
    private let batch: Int
    private let maximumReceives: Int
    private let ids: IDSource
    private let activity: Activity
    private let visible = Mailbox<Delivery>()
    private let state = Mutex(State())

    init(
        _ name: String, visibility: Duration, batch: Int = 1, maximumReceives: Int = 5, ids: IDSource,
        activity: Activity
    ) {
        self.name = name
        self.visibility = visibility
        self.batch = min(max(batch, 1), 10)
        self.maximumReceives = maximumReceives
        self.ids = ids
        self.activity = activity
        url = "https://sqs.ap-northeast-2.amazonaws.com/123456789012/\(name)"
    }

    func send(_ message: Message) { show(messageID: ids.uuid(), message: message, attempt: 1) }

    /// What can be had at once, after waiting for the first message as long polling does.
    func receive(waiting time: Duration) async -> [Delivery] {
        let deliveries = await visible.take(batch, within: time)
        let until = ContinuousClock.now + visibility
        state.withLock { state in
            for delivery in deliveries { state.hidden[delivery.receipt] = Hidden(delivery: delivery, until: until) }
        }
        return deliveries
    }

    /// Nothing happens where the message was shown again meanwhile: the receipt is out of date.
    func delete(_ delivery: Delivery) {
        if state.withLock({ $0.hidden.removeValue(forKey: delivery.receipt) }) != nil { activity.end() }
    }

    /// Shows messages again whose time is up, until the task is cancelled.
    func run() async {
        while (try? await Task.sleep(for: max(.milliseconds(10), visibility / 20))) != nil {
            let now = ContinuousClock.now
            let due = state.withLock { state in
                let due = state.hidden.values.filter { $0.until <= now }
                for hidden in due { state.hidden[hidden.delivery.receipt] = nil }
                return due
            }
            for hidden in due.sorted(by: { $0.delivery.receipt < $1.delivery.receipt }) {
                let delivery = hidden.delivery
                if delivery.attempt < maximumReceives {
                    show(messageID: delivery.messageID, message: delivery.message, attempt: delivery.attempt + 1)
                }
                activity.end()
            }
        }
    }

    private func show(messageID: String, message: Message, attempt: Int) {
        let receipt = state.withLock { state in
            state.receipts += 1
            return state.receipts
        }
        activity.begin()
        if !visible.put(Delivery(messageID: messageID, message: message, attempt: attempt, receipt: receipt)) {
            activity.end()
        }
    }
}
