/// A destination name brought to the form that publishers and subscribers share.
///
///     arn:aws:sns:ap-northeast-2:123456789012:order-completed     order-completed
///     https://sqs.ap-northeast-2.amazonaws.com/123/orders         orders
///     order.completed,                                            order.completed       (aio-pika: `exchange,key`)
///     amq.gen-yF1BKUpVEE2K6Nt24K0WKw                              amq.gen-*             temporary
///     reply.7aaf4542-e6ae-fc3c-fa6b-b9c4b5ef5e70                  reply.{uuid}
struct ChannelName: Equatable {
    var name: String
    var isTemporary: Bool

    /// - Parameters:
    ///   - raw: The name as sent.
    ///   - system: The messaging system in the catalog's spelling.
    ///   - publishes: Whether the span publishes; RabbitMQ's `exchange:key:queue` names another part on each side.
    ///   - isCurrent: Whether the name comes from an attribute of today's conventions.
    init(_ raw: String, system: String, publishes: Bool, isCurrent: Bool) {
        var name = raw[...]
        if name.hasPrefix("arn:") {
            name = name[(name.lastIndex(of: ":").map(name.index(after:)) ?? name.startIndex)...]
        } else if name.hasPrefix("http://") || name.hasPrefix("https://"), let slash = name.lastIndex(of: "/") {
            name = name[name.index(after: slash)...]
        }
        if system == "rabbitmq" || system.isEmpty, let comma = name.firstIndex(of: ",") {
            name = comma == name.startIndex ? name.dropFirst() : name[..<comma]
        }
        if system == "rabbitmq", isCurrent, name.contains(":") {
            let parts = name.split(separator: ":")
            name = (publishes ? parts.first : parts.last) ?? name
        }
        for prefix in ["amq.gen-", "_INBOX.", "amq.rabbitmq.reply-to"] where name.hasPrefix(prefix) {
            self.name = prefix + (prefix.hasSuffix("to") ? "" : "*")
            isTemporary = true
            return
        }
        self.name = Self.withoutUUIDs(String(name))
        isTemporary = false
    }

    /// Every UUID (8-4-4-4-12 hexadecimal digits) becomes `{uuid}`.
    private static func withoutUUIDs(_ name: String) -> String {
        let bytes = Array(name.utf8)
        guard bytes.count >= 36 else { return name }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if isUUID(bytes[index...]) {
                result.append(contentsOf: Array("{uuid}".utf8))
                index += 36
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isUUID(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count >= 36 else { return false }
        for (offset, byte) in bytes.prefix(36).enumerated() {
            switch offset {
            case 8, 13, 18, 23: if byte != UInt8(ascii: "-") { return false }
            default:
                guard
                    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
                else { return false }
            }
        }
        return true
    }
}
