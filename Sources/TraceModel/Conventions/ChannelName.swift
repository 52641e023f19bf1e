/// A destination name brought to the form that publishers and subscribers share.
///
///     arn:aws:sns:ap-northeast-2:123456789012:order-completed     order-completed
///     https://sqs.ap-northeast-2.amazonaws.com/123/orders         orders
///     rabbitmq://localhost/vhost/submit-order?bind=true           submit-order
///     projects/shop/topics/orders                                 orders
///     orders/Subscriptions/billing                                orders                for the group `billing`
///     persistent://public/default/orders-partition-3              persistent://public/default/orders
///     order.completed,                                            order.completed       (aio-pika: `exchange,key`)
///     amq.gen-yF1BKUpVEE2K6Nt24K0WKw                              amq.gen-*             temporary
///     reply.7aaf4542-e6ae-fc3c-fa6b-b9c4b5ef5e70                  reply.{uuid}
struct ChannelName: Equatable {
    var name: String
    var isTemporary: Bool
    /// The subscription that an Azure entity path names, or empty.
    var subscription = ""

    /// - Parameters:
    ///   - raw: The name as sent.
    ///   - system: The messaging system in the catalog's spelling.
    ///   - publishes: Whether the span publishes; RabbitMQ's `exchange:key:queue` names another part on each side.
    ///   - isCurrent: Whether the name comes from an attribute of today's conventions.
    init(_ raw: String, system: String, publishes: Bool, isCurrent: Bool) {
        var name = Self.lastPart(of: raw)
        if let range = name.firstRange(of: "/Subscriptions/") ?? name.firstRange(of: "/subscriptions/") {
            subscription = String(name[range.upperBound...].prefix { $0 != "/" })
            name = name[..<range.lowerBound]
        }
        switch system {
        case "rabbitmq", "":
            if let comma = name.firstIndex(of: ",") {
                name = comma == name.startIndex ? name.dropFirst() : name[..<comma]
            }
            if system == "rabbitmq", isCurrent, name.contains(":") {
                let parts = name.split(separator: ":")
                name = (publishes ? parts.first : parts.last) ?? name
            }
        case "pulsar":
            if let range = name.firstRange(of: "-partition-"),
                !name[range.upperBound...].isEmpty, name[range.upperBound...].allSatisfy(\.isNumber)
            {
                name = name[..<range.lowerBound]
            }
        default: break
        }
        if let pattern = Self.temporary.first(where: { name.hasPrefix($0.prefix) }) {
            self.name = pattern.name
            isTemporary = true
            return
        }
        self.name = withoutIDs(String(name))
        isTemporary = false
    }

    /// Names that brokers and libraries make up for a reply queue, and what all of them are called.
    ///
    /// Sources: RabbitMQ's and NATS's documentation, aio-pika's `amq_`, Spring AMQP's naming strategies, ActiveMQ's
    /// temporary destinations, Azure Service Bus's reply node.
    private static let temporary: [(prefix: String, name: String)] = [
        ("amq.gen-", "amq.gen-*"), ("amq_", "amq_*"), ("amq.rabbitmq.reply-to", "amq.rabbitmq.reply-to"),
        ("spring.gen-", "spring.gen-*"), ("_INBOX.", "_INBOX.*"), ("_R_.", "_R_.*"),
        ("temp-queue://", "temp-queue://*"), ("temp-topic://", "temp-topic://*"),
        ("ActiveMQ.Advisory.Temp", "ActiveMQ.Advisory.Temp*"), ("$ReplyTo", "$ReplyTo"),
    ]

    /// An ARN, a URL, or a resource path of Google's is known by its last part.
    private static func lastPart(of raw: String) -> Substring {
        if raw.hasPrefix("arn:") {
            return raw[(raw.lastIndex(of: ":").map(raw.index(after:)) ?? raw.startIndex)...]
        }
        if raw.hasPrefix("projects/") {
            return raw[(raw.lastIndex(of: "/").map(raw.index(after:)) ?? raw.startIndex)...]
        }
        guard let scheme = raw.firstRange(of: "://"),
            !["persistent", "non-persistent", "temp-queue", "temp-topic"].contains(raw[..<scheme.lowerBound])
        else { return raw[...] }
        let path = raw[scheme.upperBound...].prefix { $0 != "?" }
        return path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path
    }
}
