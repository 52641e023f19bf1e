/// Rewrites a request in which an array or a map comes in parts, so that it comes in one.
///
/// In protobuf the parts of a message that is given several times add up. For most messages the walker takes care of
/// that; the value of an attribute stays encoded and can only be viewed in one piece. No known sender writes such
/// requests, so they may cost another pass.
struct MessageJoiner {
    /// The messages through which a value is reached.
    private enum Message {
        case request, resourceSpans, resource, scopeSpans, scope, span, event, link, keyValue, anyValue, array, map

        /// The message that a field of this one holds.
        func child(_ field: UInt32) -> Message? {
            switch (self, field) {
            case (.request, 1): .resourceSpans
            case (.resourceSpans, 1): .resource
            case (.resourceSpans, 2): .scopeSpans
            case (.scopeSpans, 1): .scope
            case (.scopeSpans, 2): .span
            case (.span, 11): .event
            case (.span, 13): .link
            case (.resource, 1), (.scope, 3), (.span, 9), (.event, 3), (.link, 4), (.map, 1): .keyValue
            case (.keyValue, 2), (.array, 1): .anyValue
            case (.anyValue, 5): .array
            case (.anyValue, 6): .map
            default: nil
            }
        }
    }

    private var writer = WireWriter()

    /// - Parameter bytes: A request that was read without a failure.
    static func joined(_ bytes: [UInt8]) -> [UInt8] {
        var joiner = MessageJoiner()
        joiner.rewrite(bytes, .request)
        return joiner.writer.bytes
    }

    private mutating func rewrite(_ content: [UInt8], _ message: Message) {
        content.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            try? rewrite(WireReader(base, base + buffer.count), message)
        }
    }

    private mutating func rewrite(_ content: WireReader, _ message: Message) throws(WireFailure) {
        var reader = content
        /// The parts of a value: a `KeyValue` has one value, an `AnyValue` the last of its members.
        var value: (field: UInt32, content: [UInt8])?
        while !reader.isAtEnd {
            let start = reader.position
            let tag = try reader.tag()
            let field = tag >> 3
            if let child = message.child(field), tag & 7 == 2 {
                let content = try reader.content()
                if message == .keyValue || message == .anyValue {
                    let part = UnsafeBufferPointer(start: content.position, count: content.remaining)
                    value = (field, value?.field == field ? (value?.content ?? []) + part : Array(part))
                } else {
                    let start = writer.open(field)
                    try rewrite(content, child)
                    writer.close(start)
                }
            } else {
                try reader.skip(tag, depth: 0, limit: .max)
                if message == .anyValue, field <= 8 { value = nil }
                writer.bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: reader.position - start))
            }
        }
        guard let value, let child = message.child(value.field) else { return }
        let start = writer.open(value.field)
        rewrite(value.content, child)
        writer.close(start)
    }
}
