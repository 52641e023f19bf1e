/// The environment that makes an OpenTelemetry SDK send its spans to a collector of ours
/// (OpenTelemetry's "Environment Variable Specification" and "OTLP Exporter Configuration").
struct OTLPEnvironment {
    static let protocols = ["http/protobuf", "http/json", "grpc"]

    let variables: [String: String]

    /// - Parameters:
    ///   - http, grpc: Where the collector listens, `127.0.0.1:40123`.
    ///   - chosen: The protocol that was asked for; else the one that the environment names, else `http/protobuf`.
    init(http: String, grpc: String, chosen: String?, inherited: [String: String]) {
        let named = ["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"].lazy
            .compactMap { inherited[$0] }.first { Self.protocols.contains($0) }
        let spoken = chosen ?? named ?? Self.protocols[0]
        let endpoint = "http://" + (spoken == "grpc" ? grpc : http)
        var variables = inherited
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = spoken
        // The endpoint of one signal is taken as it is: over HTTP it holds the path.
        variables["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = spoken == "grpc" ? endpoint : endpoint + "/v1/traces"
        variables["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"] = spoken
        variables["OTEL_EXPORTER_OTLP_INSECURE"] = "true"
        variables["OTEL_EXPORTER_OTLP_TRACES_INSECURE"] = "true"
        variables["OTEL_TRACES_EXPORTER"] = "otlp"
        // Nobody takes other signals here; exporters that were not asked for stay quiet.
        for signal in ["METRICS", "LOGS"] where inherited["OTEL_EXPORTER_OTLP_\(signal)_ENDPOINT"] == nil {
            variables["OTEL_\(signal)_EXPORTER"] = "none"
        }
        // Milliseconds: a test run is over before the standard five seconds.
        variables["OTEL_BSP_SCHEDULE_DELAY"] = "200"
        variables["OTEL_SDK_DISABLED"] = "false"
        self.variables = variables
    }
}
