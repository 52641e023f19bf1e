/// The instrumentations that the fleet's services use: scopes of their spans. Generations are mixed on purpose, as
/// they are wherever services are upgraded one at a time.
enum Instrumentation: Int, CaseIterable, Sendable {
    case aioKafka, boto3SQS, botocoreSNS, botocoreSQS, confluentKafka, fastAPI, fastStream, fetch, goHTTP, grpc
    case javaSQS, okHTTP, pika, psycopg, requests

    var name: String {
        switch self {
        case .aioKafka: "opentelemetry.instrumentation.aiokafka"
        case .boto3SQS: "opentelemetry.instrumentation.boto3sqs"
        case .botocoreSNS: "opentelemetry.instrumentation.botocore.sns"
        case .botocoreSQS: "opentelemetry.instrumentation.botocore.sqs"
        case .confluentKafka: "opentelemetry.instrumentation.confluent_kafka"
        case .fastAPI: "opentelemetry.instrumentation.fastapi"
        case .fastStream: "opentelemetry.instrumentation.faststream"
        case .fetch: "@opentelemetry/instrumentation-fetch"
        case .goHTTP: "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
        case .grpc: "opentelemetry.instrumentation.grpc"
        case .javaSQS: "io.opentelemetry.aws-sdk-2.2"
        case .okHTTP: "io.opentelemetry.okhttp-3.0"
        case .pika: "opentelemetry.instrumentation.pika.pika_instrumentor"
        case .psycopg: "opentelemetry.instrumentation.psycopg"
        case .requests: "opentelemetry.instrumentation.requests"
        }
    }

    var version: String {
        switch self {
        case .fastStream: "0.7.8"
        case .fetch: "0.57.2"
        case .goHTTP: "0.60.0"
        case .javaSQS, .okHTTP: "2.16.0-alpha"
        default: "0.66b1"
        }
    }
}
