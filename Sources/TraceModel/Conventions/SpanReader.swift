public import OTLPCoding

/// Reads spans by the conventions table: what each one is to the event flow.
///
/// A value type with scratch space: make one per thread and keep it.
public struct SpanReader: Sendable {
    private let index: AttributeIndex
    private let rows: [ConventionTable.Row]
    /// For each fact, its rows, newest first.
    private let rowsOfFact: [[Int]]
    /// For each row, the attribute of the current span that carries it, or -1.
    private var carried: [Int]
    private var touched: [Int] = []

    /// - Parameter correlationAttributes: Attributes that carry the correlation ID, strongest first; they come before
    ///   the well-known ones.
    public init(correlationAttributes: [String] = []) {
        let custom = correlationAttributes.map {
            ConventionTable.Row(fact: .conversation, attribute: $0, since: "the catalog")
        }
        let names = Set(correlationAttributes)
        let rows = custom + ConventionTable.rows.filter { $0.fact != .conversation || !names.contains($0.attribute) }
        self.rows = rows
        index = AttributeIndex(rows.map(\.attribute))
        carried = Array(repeating: -1, count: rows.count)
        rowsOfFact = ConventionFact.allCases.map { fact in rows.indices.filter { rows[$0].fact == fact } }
    }

    /// What a store keeps of a batch beside its bytes.
    public struct Digest: Sendable {
        /// The facts of the spans that take part in the event flow, in the order of the batch.
        public var facts: [SpanFact] = []
        /// The correlation IDs that spans of the batch carry.
        public var correlationIDs: Set<String> = []
    }

    /// Reads a whole batch.
    public mutating func digest(_ batch: OTLPBatch) -> Digest {
        let resources = resourceReadings(of: batch)
        var digest = Digest()
        digest.facts.reserveCapacity(batch.spans.count)
        for span in batch.spans {
            let resource = resources[span.resource]
            let reading = read(span, in: batch, resource: resource)
            if !reading.correlationID.isEmpty { digest.correlationIDs.insert(reading.correlationID) }
            guard reading.role != .other else { continue }
            digest.facts.append(
                SpanFact(
                    key: SpanKey(trace: span.trace, span: span.span), parent: span.parent, service: resource.service,
                    scope: batch.string(span.scopeName), reading: reading,
                    links: batch.links[span.links].prefix(SpanFact.maximumLinks).map {
                        SpanKey(trace: $0.trace, span: $0.span)
                    },
                    start: span.start, end: span.end, isError: span.status == .error))
        }
        return digest
    }

    /// All spans of the batch for which `isWanted` holds, with everything about them.
    public mutating func spans(
        in batch: OTLPBatch, where isWanted: (OTLPBatch.SpanView, _ correlationID: String) -> Bool = { _, _ in true }
    ) -> [Span] {
        let resources = resourceReadings(of: batch)
        var spans: [Span] = []
        for view in batch.spans {
            let resource = resources[view.resource]
            let reading = read(view, in: batch, resource: resource)
            guard isWanted(view, reading.correlationID) else { continue }
            spans.append(Span(view, in: batch, service: resource.service, reading: reading))
        }
        return spans
    }

    // MARK: - Resources

    struct ResourceReading {
        var service: String
        var correlationID: String
    }

    private mutating func resourceReadings(of batch: OTLPBatch) -> [ResourceReading] {
        batch.resources.map { resource in
            collect(resource.attributes, in: batch)
            let service = text(.serviceName, in: batch)
            return ResourceReading(
                service: service.isEmpty ? "unknown_service" : service, correlationID: text(.conversation, in: batch))
        }
    }

    // MARK: - Spans

    /// On a link, or the resource. Reads other attributes, so the span's own facts must have been taken before.
    private mutating func inheritedCorrelation(
        of span: OTLPBatch.SpanView, in batch: OTLPBatch, resource: ResourceReading
    ) -> String {
        for link in batch.links[span.links] where !link.attributes.isEmpty {
            collect(link.attributes, in: batch)
            let value = text(.conversation, in: batch)
            if !value.isEmpty { return value }
        }
        return resource.correlationID
    }

    private mutating func read(
        _ span: OTLPBatch.SpanView, in batch: OTLPBatch, resource: ResourceReading
    ) -> SpanReading {
        collect(span.attributes, in: batch)
        var reading = SpanReading()
        reading.correlationID = text(.conversation, in: batch)
        if has(.system) || has(.destination) || has(.operation) {
            readMessaging(span, in: batch, into: &reading)
        } else {
            readCall(span, in: batch, into: &reading)
        }
        if reading.correlationID.isEmpty {
            reading.correlationID = inheritedCorrelation(of: span, in: batch, resource: resource)
        }
        return reading
    }

    private func readMessaging(_ span: OTLPBatch.SpanView, in batch: OTLPBatch, into reading: inout SpanReading) {
        reading.system = systemName(text(.system, in: batch))
        reading.role = messagingRole(of: span, in: batch)
        guard reading.role != .other else { return }
        let (raw, isCurrent) = destination(of: span, in: batch)
        let channel = ChannelName(
            raw, system: reading.system, publishes: reading.role == .publish, isCurrent: isCurrent)
        reading.channel = channel.name
        reading.isTemporary = channel.isTemporary || flag(.temporary, in: batch)
        if reading.role != .publish { reading.group = text(.group, in: batch) }
        reading.messageID = text(.messageID, in: batch)
        let partition = text(.partition, in: batch)
        if reading.messageID.isEmpty, !partition.isEmpty {
            let offset = text(.offset, in: batch)
            if !offset.isEmpty {
                reading.messageID = "\(reading.channel).\(partition).\(offset)"
                reading.isMessageIDOffset = true
            }
        }
        reading.carriesMessage = !reading.messageID.isEmpty || (reading.role == .receive && !partition.isEmpty)
    }

    /// By operation first: a `receive` is CLIENT in today's conventions and CONSUMER in yesterday's.
    private func messagingRole(of span: OTLPBatch.SpanView, in batch: OTLPBatch) -> SpanRole {
        switch text(.operation, in: batch) {
        case "publish", "send", "create": return .publish
        case "receive", "poll": return .receive
        case "process", "deliver": return .process
        case "settle", "ack", "nack", "commit": return .other
        default: break
        }
        if text(.rpcSystem, in: batch) == "aws-api" {
            switch text(.rpcMethod, in: batch) {
            case "Publish", "PublishBatch", "SendMessage", "SendMessageBatch", "PutRecord", "PutRecords", "PutEvents":
                return .publish
            case "ReceiveMessage", "GetRecords": return .receive
            default: return .other
            }
        }
        let name = batch.string(span.name)
        switch span.kind {
        case .producer: return .publish
        case .consumer: return name.hasSuffix("receive") || name.hasSuffix("recv") ? .receive : .process
        case .client:
            if name.hasSuffix("send") || name.hasSuffix("publish") { return .publish }
            return name.hasSuffix("receive") || name.hasSuffix("poll") ? .receive : .other
        default: return .other
        }
    }

    private func destination(
        of span: OTLPBatch.SpanView, in batch: OTLPBatch
    ) -> (name: String, isCurrent: Bool) {
        for row in rowsOfFact[ConventionFact.destination.rawValue] where carried[row] >= 0 {
            let value = batch.text(batch.attributes[carried[row]].value)
            if !value.isEmpty { return (value, rows[row].attribute == "messaging.destination.name") }
        }
        return (channel(inSpanName: batch.string(span.name)), false)
    }

    /// `send orders`, `orders process`: what is left without the operation.
    private func channel(inSpanName name: String) -> String {
        let operations: Set<String> = ["send", "publish", "create", "receive", "process", "deliver", "poll"]
        let words = name.split(separator: " ").map(String.init)
        guard words.count == 2 else { return "" }
        if operations.contains(words[1]) { return words[0] }
        return operations.contains(words[0]) ? words[1] : ""
    }

    private func readCall(_ span: OTLPBatch.SpanView, in batch: OTLPBatch, into reading: inout SpanReading) {
        switch span.kind {
        case .server: reading.role = .server
        case .client where !has(.database): reading.role = .client
        default: return
        }
        let rpcSystem = text(.rpcSystem, in: batch)
        let method = text(.rpcMethod, in: batch)
        if !rpcSystem.isEmpty {
            reading.system = rpcSystem
            let service = text(.rpcService, in: batch)
            reading.operation = service.isEmpty || method.contains("/") ? method : "\(service)/\(method)"
        } else if has(.graphqlType) || has(.graphqlName) {
            reading.system = "graphql"
            reading.operation = [text(.graphqlType, in: batch), text(.graphqlName, in: batch)]
                .filter { !$0.isEmpty }.joined(separator: " ")
        } else if has(.httpMethod) {
            reading.system = "rest"
            reading.operation = [text(.httpMethod, in: batch), text(.httpRoute, in: batch)]
                .filter { !$0.isEmpty }.joined(separator: " ")
        }
        reading.peer = text(.peer, in: batch)
    }

    // MARK: - Attributes of the current span

    private mutating func collect(_ attributes: Range<Int>, in batch: OTLPBatch) {
        for row in touched { carried[row] = -1 }
        touched.removeAll(keepingCapacity: true)
        batch.bytes.withUnsafeBytes { bytes in
            for attribute in attributes {
                let key = batch.attributes[attribute].key
                let keyBytes = UnsafeRawBufferPointer(rebasing: bytes[Int(key.offset)..<Int(key.offset + key.count)])
                guard let row = index.row(of: keyBytes) else { continue }
                carried[row] = attribute
                touched.append(row)
            }
        }
    }

    private func has(_ fact: ConventionFact) -> Bool {
        rowsOfFact[fact.rawValue].contains { carried[$0] >= 0 }
    }

    /// The value of the newest attribute that is there and says something; empty otherwise.
    private func text(_ fact: ConventionFact, in batch: OTLPBatch) -> String {
        for row in rowsOfFact[fact.rawValue] where carried[row] >= 0 {
            let value = batch.text(batch.attributes[carried[row]].value)
            if !value.isEmpty { return value }
        }
        return ""
    }

    private func flag(_ fact: ConventionFact, in batch: OTLPBatch) -> Bool {
        rowsOfFact[fact.rawValue].contains { row in
            guard carried[row] >= 0, case .bool(true) = batch.attributes[carried[row]].value else { return false }
            return true
        }
    }
}
