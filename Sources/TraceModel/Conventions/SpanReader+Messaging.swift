import OTLPCoding

extension SpanReader {
    func isMessaging(in batch: OTLPBatch) -> Bool {
        has(.system) || has(.destination) || has(.source) || has(.operation) || !azureSystem(in: batch).isEmpty
    }

    func readMessaging(_ span: OTLPBatch.SpanView, in batch: OTLPBatch, into reading: inout SpanReading) {
        reading.system = system(in: batch)
        reading.role = messagingRole(of: span, in: batch)
        guard reading.role != .other else { return }
        let publishes = reading.role == .publish
        let (raw, isCurrent) = destination(of: span, publishes: publishes, in: batch)
        let channel = ChannelName(raw, system: reading.system, publishes: publishes, isCurrent: isCurrent)
        reading.channel = queue(of: span, reading, in: batch) ?? channel.name
        // The Python instrumentations call every destination temporary while they name no operation.
        reading.isTemporary =
            channel.isTemporary || flag(.temporary, in: batch) || has(.operation) && flag(.oldTemporary, in: batch)
        if !publishes {
            reading.group = text(.group, in: batch)
            if reading.group.isEmpty { reading.group = channel.subscription }
        }
        reading.messageID = text(.messageID, in: batch)
        reading.batchCount = max(0, number(.batch, in: batch))
        reading.deliveryAttempt = max(0, number(.deliveryAttempt, in: batch))
        readPosition(in: batch, into: &reading)
    }

    /// Partition and offset, and what they say about whether there is a message at all.
    private func readPosition(in batch: OTLPBatch, into reading: inout SpanReading) {
        let partition = text(.partition, in: batch)
        if reading.messageID.isEmpty, !partition.isEmpty {
            let offset = text(.offset, in: batch)
            if !offset.isEmpty {
                reading.messageID = "\(reading.channel).\(partition).\(offset)"
                reading.isMessageIDOffset = true
            }
        }
        if reading.system == "kafka", reading.role == .process, !partition.isEmpty, reading.messageID.isEmpty {
            // librdkafka hands errors to its reader as messages without an offset: nothing was delivered.
            reading.role = .receive
            return
        }
        reading.carriesMessage =
            !reading.messageID.isEmpty
            || reading.role == .receive && (!partition.isEmpty || carriesConversation)
    }

    /// The message's own correlation ID, not one that an application sets on all its spans.
    private var carriesConversation: Bool {
        rowsOfFact[ConventionFact.conversation.rawValue].contains {
            carried[$0] >= 0
                && ["messaging.message.conversation_id", "messaging.conversation_id"].contains(rows[$0].attribute)
        }
    }

    // MARK: - System

    private func system(in batch: OTLPBatch) -> String {
        let named = text(.system, in: batch)
        if !named.isEmpty { return systemName(named) }
        let azure = azureSystem(in: batch)
        if !azure.isEmpty { return azure }
        for (prefix, system) in [("kafka.", "kafka"), ("rabbit.", "rabbitmq"), ("jms.", "activemq")]
        where rowsOfFact[ConventionFact.destination.rawValue].contains(where: {
            carried[$0] >= 0 && rows[$0].origin == .instrumentation("Brave") && rows[$0].attribute.hasPrefix(prefix)
        }) {
            return system
        }
        let address = text(.destination, in: batch)
        if let scheme = address.firstRange(of: "://"), carries("messaging.masstransit.destination_address") {
            return systemName(String(address[..<scheme.lowerBound]))
        }
        return awsSystem(in: batch)
    }

    /// The Azure SDK's name for its services is on every span of it, also on those that have to do with storage.
    private func azureSystem(in batch: OTLPBatch) -> String {
        guard has(.azureNamespace) else { return "" }
        let namespace = text(.azureNamespace, in: batch)
        let system = systemName(namespace)
        return system == namespace ? "" : system
    }

    private func awsSystem(in batch: OTLPBatch) -> String {
        guard text(.rpcSystem, in: batch) == "aws-api" else { return "" }
        let service = text(.rpcService, in: batch)
        let system = systemName(service)
        return system == service ? "" : system
    }

    private func carries(_ attribute: String) -> Bool {
        guard has(.destination) else { return false }
        return rowsOfFact[ConventionFact.destination.rawValue].contains {
            carried[$0] >= 0 && rows[$0].attribute == attribute
        }
    }

    // MARK: - Role

    /// By operation first: a `receive` is CLIENT in today's conventions and CONSUMER in yesterday's.
    private func messagingRole(of span: OTLPBatch.SpanView, in batch: OTLPBatch) -> SpanRole {
        for row in rowsOfFact[ConventionFact.operation.rawValue] where carried[row] >= 0 {
            let value = batch.text(batch.attributes[carried[row]].value)
            if let role = role(ofOperation: value) ?? role(ofOperation: value.lowercased()) { return role }
        }
        if text(.rpcSystem, in: batch) == "aws-api" { return role(ofMethod: text(.rpcMethod, in: batch)) }
        return role(of: span.kind, name: batch.string(span.name))
    }

    private func role(ofOperation value: String) -> SpanRole? {
        switch value {
        case "publish", "send", "create", "schedule", "produce": .publish
        case "receive", "poll", "peek", "receive_deferred", "fetch", "pull": .receive
        case "process", "deliver", "consume", "handle": .process
        case "settle", "ack", "nack", "modack", "commit", "complete", "abandon", "defer", "deadLetter", "deadletter",
            "renew", "renew_message_lock", "delete", "subscribe", "unsubscribe", "seek":
            .other
        default: nil
        }
    }

    private func role(ofMethod method: String) -> SpanRole {
        switch method {
        case "Publish", "PublishBatch", "SendMessage", "SendMessageBatch", "PutRecord", "PutRecords", "PutEvents":
            .publish
        case "ReceiveMessage", "GetRecords": .receive
        default: .other
        }
    }

    /// `orders send`, `send orders`, `ServiceBus.message`
    private func role(of kind: SpanKind, name: String) -> SpanRole {
        let ends = [name.split { $0 == " " || $0 == "." }.last, name.split(separator: " ").first]
            .compactMap { $0?.lowercased() }
        switch kind {
        case .producer: return .publish
        case .consumer: return ends.contains { ["receive", "recv", "poll"].contains($0) } ? .receive : .process
        case .client:
            if ends.contains(where: { ["send", "publish", "create"].contains($0) }) { return .publish }
            return ends.contains { ["receive", "poll"].contains($0) } ? .receive : .other
        default: return .other
        }
    }

    // MARK: - Destination

    private func destination(
        of span: OTLPBatch.SpanView, publishes: Bool, in batch: OTLPBatch
    ) -> (name: String, isCurrent: Bool) {
        // From 1.17 to 1.20 a consumer named where it took a message from apart from where it had been published to.
        if !publishes {
            let source = text(.source, in: batch)
            if !source.isEmpty { return (source, true) }
        }
        for row in rowsOfFact[ConventionFact.destination.rawValue] where carried[row] >= 0 {
            let attribute = rows[row].attribute
            let value = batch.text(batch.attributes[carried[row]].value)
            guard !value.isEmpty else { continue }
            // An SQS queue has a URL of its own; of other brokers it is the address only.
            if attribute == "messaging.url", value.split(separator: "/").count < 4 || !value.hasPrefix("http") {
                continue
            }
            // MassTransit's message types are no place to publish to.
            if value.hasPrefix("urn:message:") { return (String(value.dropFirst("urn:message:".count)), false) }
            // A colon in MassTransit's names divides namespace and type, not exchange and key.
            let isMassTransit = carries("messaging.masstransit.destination_address")
            return (value, attribute == "messaging.destination.name" && !isMassTransit)
        }
        return (channel(inSpanName: batch.string(span.name)), false)
    }

    /// `send orders`, `orders process`: what is left without the operation.
    private func channel(inSpanName name: String) -> String {
        let words = name.split(separator: " ", maxSplits: 2)
        guard words.count == 2 else { return "" }
        if Self.operations.contains(words[1]) { return String(words[0]) }
        return Self.operations.contains(words[0]) ? String(words[1]) : ""
    }

    private static let operations: Set<Substring> = [
        "send", "publish", "create", "receive", "process", "deliver", "poll", "consume",
    ]

    /// Of RabbitMQ's consumers, amqplib's and the Java agent's name the exchange in an attribute and the queue in the
    /// span name only.
    private func queue(of span: OTLPBatch.SpanView, _ reading: SpanReading, in batch: OTLPBatch) -> String? {
        guard reading.system == "rabbitmq", reading.role == .process, !span.scopeName.isEmpty else { return nil }
        let scope = batch.string(span.scopeName)
        guard scope.contains("amqplib") || scope.hasPrefix("io.opentelemetry.rabbitmq") else { return nil }
        let queue = channel(inSpanName: batch.string(span.name))
        guard !queue.isEmpty, !queue.hasPrefix("<"), !queue.contains(":") else { return nil }
        return ChannelName(queue, system: "rabbitmq", publishes: false, isCurrent: false).name
    }
}
