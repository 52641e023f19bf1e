/// Lines of services without OpenTelemetry: what each did with which message, as JSON.
///
///     {"ts": "2026-01-15T09:00:00.120Z", "svc": "주문", "req": "예매-1", "did": "publish", "topic": "order.completed"}
///
/// read with `correlation=req,service=svc,action=did,channel=topic,time=ts`.
public struct CorrelationLog: Sendable, Equatable {
    /// What a field of a line can say.
    public enum Field: String, Sendable, CaseIterable {
        case correlation, service, action, channel, time
        /// Optional: the message's own id, the broker, the consumer group, how long it took in milliseconds, a failure.
        case message, system, group, duration, error
    }

    /// The name of each field in the lines; a dot leads into an object inside.
    public var names: [Field: String]

    /// Every field under its own name.
    public init() { names = Dictionary(uniqueKeysWithValues: Field.allCases.map { ($0, $0.rawValue) }) }

    /// Why a mapping cannot be used, as a clause without a full stop.
    public struct MappingFailure: Error, Equatable, CustomStringConvertible {
        public var description: String
    }

    /// - Parameter mapping: `correlation=req,service=svc`; fields that it leaves out keep their own names.
    public init(mapping: String) throws(MappingFailure) {
        self.init()
        for part in mapping.split(separator: ",") {
            let sides = part.split(separator: "=", maxSplits: 1).map { String($0.trimmingPrefix { $0 == " " }) }
            guard sides.count == 2 else { throw MappingFailure(description: "'\(part)' is no FIELD=NAME") }
            guard let field = Field(rawValue: sides[0]) else {
                let known = Field.allCases.map(\.rawValue).joined(separator: ", ")
                throw MappingFailure(description: "'\(sides[0])' is no field of a correlation log: \(known)")
            }
            names[field] = sides[1]
        }
    }

    /// What a line is.
    public enum Line: Sendable {
        case span(OTLPSpan, service: String)
        /// JSON without an action: a line about something else.
        case other
        /// A clause without a full stop.
        case problem(String)
    }

    /// Reads one line. The same line gives the same span, so that a log that is read twice counts once.
    public func read(_ line: [UInt8]) -> Line {
        let tree: JSONTree
        do throws(OTLPDecodeFailure) { tree = try JSONTree(line) } catch { return .problem(error.description) }
        guard case .object = tree else { return .problem("a line of a correlation log is a JSON object") }
        guard let action = value(.action, in: tree) else { return .other }
        guard let role = Role(action) else {
            return .problem("'\(name(.action))' is '\(action)': it wants publish, receive, process or call")
        }
        for field in [Field.correlation, .service, .channel, .time] where value(field, in: tree) == nil {
            return .problem("'\(name(field))' is missing")
        }
        guard let time = value(.time, in: tree).flatMap(nanoseconds(time:)) else {
            return .problem("'\(name(.time))' is neither RFC 3339 nor a number since 1970")
        }
        return .span(span(tree, role, at: time, of: line), service: value(.service, in: tree) ?? "")
    }

    /// Spans of lines as one request.
    public static func request(_ spans: [(span: OTLPSpan, service: String)]) -> OTLPRequest {
        var gathered = SpansByResource()
        for (span, service) in spans { gathered.add(span, service: service, scope: scope) }
        return gathered.request
    }

    /// The instrumentation scope of spans that come from a log.
    public static let scope = "correlation log"

    // MARK: - One span

    private enum Role {
        case publish, receive, process, call

        init?(_ word: String) {
            switch word.lowercased() {
            case "publish", "published", "send", "sent", "produce", "produced": self = .publish
            case "receive", "received", "consume", "consumed": self = .receive
            case "process", "processed", "handle", "handled": self = .process
            case "call", "called", "request", "requested": self = .call
            default: return nil
            }
        }
    }

    private func span(_ tree: JSONTree, _ role: Role, at time: UInt64, of line: [UInt8]) -> OTLPSpan {
        let correlation = value(.correlation, in: tree) ?? ""
        let channel = value(.channel, in: tree) ?? ""
        var attributes: [(String, OTLPValue)] = [("messaging.message.conversation_id", .string(correlation))]
        let operation: String
        let kind: SpanKind
        switch role {
        case .publish: (operation, kind) = ("send", .producer)
        case .receive: (operation, kind) = ("receive", .consumer)
        case .process: (operation, kind) = ("process", .consumer)
        case .call: (operation, kind) = ("call", .client)
        }
        if role == .call {
            attributes.append(("peer.service", .string(channel)))
        } else {
            attributes += [
                ("messaging.destination.name", .string(channel)), ("messaging.operation.type", .string(operation)),
            ]
            for (field, key) in [
                (Field.system, "messaging.system"), (.group, "messaging.consumer.group.name"),
                (.message, "messaging.message.id"),
            ] {
                if let value = value(field, in: tree) { attributes.append((key, .string(value))) }
            }
        }
        let milliseconds = value(.duration, in: tree).flatMap { Double($0) } ?? 0
        let duration = milliseconds > 0 && milliseconds < 1e12 ? UInt64(milliseconds * 1e6) : 0
        let error = value(.error, in: tree).flatMap { ["", "false", "0"].contains($0) ? nil : $0 }
        return OTLPSpan(
            trace: TraceID(high: hash(correlation.utf8, 1), low: hash(correlation.utf8, 2) | 1),
            id: SpanID(bits: hash(line, 3) | 1), kind: kind, name: "\(operation) \(channel)", start: time,
            end: later(time, by: duration), status: error == nil ? .unset : .error, statusMessage: error ?? "",
            attributes: attributes)
    }

    private func name(_ field: Field) -> String { names[field] ?? field.rawValue }

    /// The text of a field; nil where it is not there or empty.
    private func value(_ field: Field, in tree: JSONTree) -> String? {
        let name = name(field)
        if let text = tree[name]?.scalarText { return text.isEmpty ? nil : text }
        var part: JSONTree? = tree
        for step in name.split(separator: ".") { part = part?[String(step)] }
        return part?.scalarText.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// FNV-1a with a seed.
    private func hash(_ bytes: some Sequence<UInt8>, _ seed: UInt64) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ seed &* 0x9E37_79B9_7F4A_7C15
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return (hash ^ hash >> 32) &* 0x94D0_49BB_1331_11EB
    }
}
