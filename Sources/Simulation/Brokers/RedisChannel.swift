import Synchronization

/// A Redis Pub/Sub channel: whoever listens at the moment gets the message, nobody gets it later.
final class RedisChannel: Sendable {
    let name: String
    private let activity: Activity
    private let subscribers: Mutex<[Mailbox<Message>]> = Mutex([])

    init(_ name: String, activity: Activity) {
        self.name = name
        self.activity = activity
    }

    func subscribe() -> Mailbox<Message> {
        let mailbox = Mailbox<Message>(capacity: 1_000)
        subscribers.withLock { $0.append(mailbox) }
        return mailbox
    }

    func publish(_ message: Message) {
        for subscriber in subscribers.withLock({ $0 }) {
            activity.begin()
            if !subscriber.put(message) { activity.end() }
        }
    }

    func handled() { activity.end() }
}
