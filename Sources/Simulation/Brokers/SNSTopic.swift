/// An SNS topic with raw message delivery: every subscribed queue gets its own copy.
struct SNSTopic: Sendable {
    let name: String
    let queues: [SQSQueue]

    var arn: String { "arn:aws:sns:ap-northeast-2:123456789012:\(name)" }

    func publish(_ message: Message) {
        for queue in queues { queue.send(message) }
    }
}
