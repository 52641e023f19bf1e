import SourceDiagnostics

/// What the bindings of a channel or an operation say about order, delivery, retention and dead letters.
///
/// Source: the bindings repository of AsyncAPI: kafka 0.5, sns 1.0, sqs 0.3, amqp 0.3, mqtt 0.2. What is not understood
/// is left out.
struct AsyncAPIBindings {
    private let document: AsyncAPIDocument
    private let bindings: [(key: Located<String>, value: AsyncAPIDocument.Node)]

    init(_ document: AsyncAPIDocument, _ bindings: [(key: Located<String>, value: AsyncAPIDocument.Node)]) {
        self.document = document
        self.bindings = bindings
    }

    /// Takes over what channel bindings say. The result is the channel of the dead letters, where they name one.
    func apply(to channel: inout Channel) -> Channel? {
        var deadLetters: Channel?
        for (key, binding) in bindings {
            switch key.value {
            case "kafka": kafka(binding, &channel)
            case "sns":
                if document.text("type", of: document.value("ordering", of: binding))?.value == "FIFO" {
                    channel.fifo = true
                }
            case "sqs": deadLetters = sqs(document.value("queue", of: binding), &channel)
            default: break
            }
        }
        return deadLetters
    }

    /// Takes over what operation bindings say: MQTT's QoS, and whether AMQP acknowledges.
    func applyOperation(to channel: inout Channel) {
        for (key, binding) in bindings {
            switch key.value {
            case "mqtt", "mqtt5":
                guard let qos = document.text("qos", of: binding) else { continue }
                let words = ["0": "at-most-once", "1": "at-least-once", "2": "exactly-once"]
                channel.delivery = words[qos.value].map { Located($0, qos.span) } ?? channel.delivery
            case "amqp", "amqps":
                guard let ack = document.text("ack", of: binding), ack.value == "false" else { continue }
                channel.delivery = Located("at-most-once", ack.span)
            default: break
            }
        }
    }

    private func kafka(_ binding: AsyncAPIDocument.Node, _ channel: inout Channel) {
        channel.partitions = document.text("partitions", of: binding).flatMap { Int($0.value) }.flatMap {
            $0 > 0 ? $0 : nil
        }
        let settings = document.value("topicConfiguration", of: binding)
        if let retention = document.text("retention.ms", of: settings), let time = Int64(retention.value), time >= 0 {
            channel.retention = Located(.milliseconds(time), retention.span)
        }
    }

    /// A queue's own settings; times are in seconds.
    private func sqs(_ queue: AsyncAPIDocument.Node?, _ channel: inout Channel) -> Channel? {
        channel.fifo = document.text("fifoQueue", of: queue).map { $0.value == "true" }
        if let period = seconds("messageRetentionPeriod", of: queue) { channel.retention = period }
        channel.visibilityTimeout = seconds("visibilityTimeout", of: queue)?.value
        let policy = document.value("redrivePolicy", of: queue)
        channel.maxReceives = document.text("maxReceiveCount", of: policy).flatMap { Int($0.value) }
        guard let name = document.text("name", of: document.value("deadLetterQueue", of: policy)), !name.value.isEmpty
        else { return nil }
        channel.deadLetter = name
        var deadLetters = Channel(name: name.value, span: name.span, kind: .queue)
        deadLetters.broker = channel.broker
        return deadLetters
    }

    private func seconds(_ key: String, of node: AsyncAPIDocument.Node?) -> Located<Duration>? {
        document.text(key, of: node).flatMap { text in
            Int64(text.value).flatMap { (0...1_000_000_000).contains($0) ? Located(.seconds($0), text.span) : nil }
        }
    }
}
