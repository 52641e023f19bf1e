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
        let marks = Marks(raw)
        var name = marks.hasSlash || marks.hasColon ? Self.lastPart(of: raw) : raw[...]
        if marks.hasSlash, let range = name.range(of: "/Subscriptions/") ?? name.range(of: "/subscriptions/") {
            subscription = String(name[range.upperBound...].prefix { $0 != "/" })
            name = name[..<range.lowerBound]
        }
        switch system {
        case "rabbitmq", "":
            if marks.hasComma, let comma = name.firstIndex(of: ",") {
                name = comma == name.startIndex ? name.dropFirst() : name[..<comma]
            }
            if system == "rabbitmq", isCurrent, marks.hasColon, name.contains(":") {
                let parts = name.split(separator: ":")
                name = (publishes ? parts.first : parts.last) ?? name
            }
        case "pulsar":
            if let range = name.range(of: "-partition-"), !name[range.upperBound...].isEmpty,
                name[range.upperBound...].allSatisfy(\.isNumber)
            {
                name = name[..<range.lowerBound]
            }
        default: break
        }
        if let first = name.utf8.first, Self.firstBytes.contains(first),
            let pattern = Self.temporary.first(where: { name.hasPrefix($0.prefix) })
        {
            self.name = pattern.name
            isTemporary = true
            return
        }
        self.name = withoutIDs(name.endIndex == raw.endIndex && name.startIndex == raw.startIndex ? raw : String(name))
        isTemporary = false
    }

    /// The bytes that rules look for, found in one pass: most names have none of them.
    private struct Marks {
        var hasSlash = false
        var hasColon = false
        var hasComma = false

        init(_ name: String) {
            for byte in name.utf8 {
                switch byte {
                case UInt8(ascii: "/"): hasSlash = true
                case UInt8(ascii: ":"): hasColon = true
                case UInt8(ascii: ","): hasComma = true
                default: break
                }
            }
        }
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

    private static let firstBytes = Set(temporary.compactMap(\.prefix.utf8.first))

    /// An ARN, a URL, or a resource path of Google's is known by its last part.
    private static func lastPart(of raw: String) -> Substring {
        if raw.hasPrefix("arn:") {
            return raw[(raw.lastIndex(of: ":").map(raw.index(after:)) ?? raw.startIndex)...]
        }
        if raw.hasPrefix("projects/") {
            return raw[(raw.lastIndex(of: "/").map(raw.index(after:)) ?? raw.startIndex)...]
        }
        guard let scheme = raw[...].range(of: "://"),
            !["persistent", "non-persistent", "temp-queue", "temp-topic"].contains(raw[..<scheme.lowerBound])
        else { return raw[...] }
        let path = raw[scheme.upperBound...].prefix { $0 != "?" }
        return path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path
    }
}

extension Substring {
    /// The first place of an ASCII text. The standard library's own search prepares for long texts, which costs more
    /// than these names take.
    fileprivate func range(of text: StaticString) -> Range<Index>? {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        var position = utf8.startIndex
        while position != utf8.endIndex {
            if utf8[position] == wanted[0], utf8[position...].starts(with: wanted) {
                return position..<utf8.index(position, offsetBy: wanted.count)
            }
            position = utf8.index(after: position)
        }
        return nil
    }
}
