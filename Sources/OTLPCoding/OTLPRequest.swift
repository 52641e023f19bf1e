/// An `ExportTraceServiceRequest` as plain values, to be sent: what an exporter, a load generator or a test writes.
///
/// ```swift
/// let request = OTLPRequest(resources: [
///     OTLPResource(attributes: [("service.name", "checkout")], scopes: [OTLPScope(name: "demo", spans: [span])])
/// ])
/// let body = request.encoded()
/// ```
public struct OTLPRequest: Sendable {
    public var resources: [OTLPResource]

    public init(resources: [OTLPResource] = []) { self.resources = resources }
}

/// Who sent spans, and the spans (`ResourceSpans`).
public struct OTLPResource: Sendable {
    public var attributes: [(String, OTLPValue)]
    public var scopes: [OTLPScope]

    public init(attributes: [(String, OTLPValue)] = [], scopes: [OTLPScope] = []) {
        self.attributes = attributes
        self.scopes = scopes
    }
}

/// The instrumentation that made spans, and the spans (`ScopeSpans`).
public struct OTLPScope: Sendable {
    public var name: String
    public var version: String
    public var spans: [OTLPSpan]

    public init(name: String = "", version: String = "", spans: [OTLPSpan] = []) {
        self.name = name
        self.version = version
        self.spans = spans
    }
}
