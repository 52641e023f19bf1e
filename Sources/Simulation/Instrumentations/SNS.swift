import OTLPCoding

extension Tracer {
    /// `sns.publish`, as `opentelemetry-instrumentation-botocore` describes it: the name is short, the destination is
    /// the topic's ARN, and the context goes out as a message attribute.
    func publish(to topic: SNSTopic, in parent: TraceContext) -> ActiveSpan {
        let arn = OTLPValue.string(topic.arn)
        return start(
            "\(topic.name) send", .producer, by: .botocoreSNS, in: parent,
            attributes: [
                ("rpc.system", "aws-api"), ("rpc.service", "SNS"), ("rpc.method", "Publish"),
                ("cloud.region", "ap-northeast-2"), ("server.address", "sns.ap-northeast-2.amazonaws.com"),
                ("messaging.system", "aws.sns"), ("aws.sns.topic.arn", arn), ("messaging.destination_kind", "topic"),
                ("messaging.destination", arn), ("messaging.destination.name", arn),
                ("aws.request_id", .string(ids.token(52))), ("retry_attempts", 0), ("http.status_code", 200),
            ])
    }
}
