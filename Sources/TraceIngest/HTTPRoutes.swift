/// The paths of a server, in one list.
struct HTTPRoutes: Sendable {
    var list: [HTTPRoute]
    /// What is said of every other path: a clause without a full stop.
    var hint: String

    /// OTLP/HTTP. The other signals get 404 rather than a success that would hide the loss.
    static let otlp = HTTPRoutes(
        list: [
            HTTPRoute(path: "/v1/traces", action: .take(.otlp)),
            HTTPRoute(
                path: "/v1/metrics",
                action: .refuse("metrics are not kept here (OTEL_METRICS_EXPORTER=none stops them)")),
            HTTPRoute(
                path: "/v1/logs", action: .refuse("logs are not kept here (OTEL_LOGS_EXPORTER=none stops them)")),
        ],
        hint: "spans are taken at /v1/traces only")

    /// Pages by path.
    static func pages(_ pages: [String: @Sendable () -> HTTPPage]) -> HTTPRoutes {
        HTTPRoutes(
            list: pages.map { HTTPRoute(path: $0.key, action: .show($0.value)) },
            hint: "there is only \(pages.keys.sorted().joined(separator: " and "))")
    }

    func action(at path: some StringProtocol) -> HTTPRoute.Action? { list.first { $0.path == path }?.action }
}
