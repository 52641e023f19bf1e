import OTLPCoding

/// How a service's SDK describes the process: the attributes of its OTLP resource.
struct ServiceResource: Sendable {
    enum Language: String, Sendable { case go, java, python, swift, webjs }

    let name: String
    let language: Language
    /// Nil for a service that nobody gave one.
    var version: String?
    /// Nil for a service that nobody gave one.
    var environment: String?

    func attributes(instance: String) -> Attributes {
        var attributes: Attributes = [
            ("telemetry.sdk.language", .string(language.rawValue)), ("telemetry.sdk.name", "opentelemetry"),
            ("telemetry.sdk.version", .string(language == .python ? "1.45.1" : "1.50.0")),
            ("service.name", .string(name)), ("service.namespace", "concert-booking"),
        ]
        if language == .python || language == .java { attributes.append(("service.instance.id", .string(instance))) }
        if let version { attributes.append(("service.version", .string(version))) }
        if let environment { attributes.append(("deployment.environment.name", .string(environment))) }
        return attributes
    }
}
