import CatalogModel
import FlowMatching
import Foundation
import OTLPCoding
import SourceDiagnostics
import Testing
import TraceModel
import TraceStore

/// A catalog and the spans of its system, as pictures: who, what, when in milliseconds, below what.
///
///     var system = try TestSystem(catalog)
///     let request = system.serve("order", "POST /orders", 0...80)
///     let sent = system.publish("order", "order.completed", 10, below: request)
///     system.handle("mail", "order.completed", 30...35, from: sent)
struct TestSystem {
    struct Sent {
        var service: String
        var span: OTLPSpan
    }

    let loaded: LoadedCatalog
    private(set) var spans: [Sent] = []
    private var last: UInt64 = 0
    /// Attributes of each service's resource beside its name.
    var resources: [String: [(String, OTLPValue)]] = [:]
    /// 2026-01-15T09:00:00Z, in nanoseconds.
    static let epoch: UInt64 = 1_768_467_600_000_000_000

    init(_ catalog: String) throws {
        loaded = loadCatalog(texts: [("catalog.yaml", catalog)])
        try #require(loaded.diagnostics.isEmpty, "\(loaded.diagnostics.map(\.message))")
    }

    // MARK: - Spans

    /// A span; one that is below nothing begins a trace.
    @discardableResult
    mutating func span(
        _ service: String, _ kind: SpanKind, _ name: String, _ time: ClosedRange<UInt64>,
        _ attributes: [(String, OTLPValue)] = [], below parent: Sent? = nil, links: [Sent] = [], scope: String = "test"
    ) -> Sent {
        last += 1
        let number = last
        let sent = Sent(
            service: service,
            span: OTLPSpan(
                trace: parent?.span.trace ?? TraceID(high: 7, low: number), id: SpanID(bits: number),
                parent: parent?.span.id ?? SpanID(bits: 0), kind: kind, name: name,
                start: Self.epoch + time.lowerBound * 1_000_000, end: Self.epoch + time.upperBound * 1_000_000,
                attributes: attributes, links: links.map { OTLPLink(trace: $0.span.trace, span: $0.span.id) }))
        spans.append(sent)
        return sent
    }

    @discardableResult
    mutating func serve(
        _ service: String, _ operation: String, _ time: ClosedRange<UInt64>, below parent: Sent? = nil
    ) -> Sent {
        span(service, .server, operation, time, Self.http(operation), below: parent)
    }

    /// A call with both its sides: the callee serves a millisecond less at either end.
    @discardableResult
    mutating func call(
        _ caller: String, _ callee: String, _ operation: String, _ time: ClosedRange<UInt64>, below parent: Sent,
        url: String? = nil, failing: Bool = false
    ) -> Sent {
        let attributes = Self.http(operation) + (url.map { [("url.full", .string($0))] } ?? [])
        let client = span(caller, .client, operation, time, attributes, below: parent)
        if failing { spans[spans.count - 1].span.status = .error }
        serve(callee, operation, time.lowerBound + 1...max(time.lowerBound + 1, time.upperBound - 1), below: client)
        return client
    }

    @discardableResult
    mutating func publish(
        _ service: String, _ channel: String, _ time: UInt64, below parent: Sent? = nil, system: String = "kafka",
        temporary: Bool = false
    ) -> Sent {
        span(
            service, .producer, "\(channel) send", time...time + 1,
            Self.messaging(channel, "publish", system, temporary), below: parent)
    }

    /// A message handled; joined to its publisher by a link, unless there is none.
    @discardableResult
    mutating func handle(
        _ service: String, _ channel: String, _ time: ClosedRange<UInt64>, from sent: Sent?, system: String = "kafka",
        temporary: Bool = false, kind: SpanKind = .consumer
    ) -> Sent {
        span(
            service, kind, "\(channel) process", time, Self.messaging(channel, "process", system, temporary),
            links: sent.map { [$0] } ?? [])
    }

    mutating func remove(_ isUnwanted: (Sent) -> Bool) { spans.removeAll(where: isUnwanted) }

    private static func http(_ operation: String) -> [(String, OTLPValue)] {
        let words = operation.split(separator: " ").map(String.init)
        return [("http.request.method", .string(words[0])), ("http.route", .string(words.last ?? ""))]
    }

    private static func messaging(
        _ channel: String, _ operation: String, _ system: String, _ temporary: Bool
    ) -> [(String, OTLPValue)] {
        [
            ("messaging.system", .string(system)), ("messaging.destination.name", .string(channel)),
            ("messaging.operation.type", .string(operation)), ("messaging.destination.temporary", .bool(temporary)),
        ]
    }

    // MARK: - What the two halves say together

    /// The spans, one request each, as a store has them.
    func batches() throws -> [OTLPBatch] {
        try spans.map { sent in
            let resource = OTLPResource(
                attributes: [("service.name", .string(sent.service))] + (resources[sent.service] ?? []),
                scopes: [OTLPScope(name: "test", spans: [sent.span])])
            return try OTLPBatch.decode(protobuf: OTLPRequest(resources: [resource]).encoded())
        }
    }

    /// Lays the catalog beside a store that holds the spans, an hour after the last of them.
    func context(_ order: (([OTLPBatch]) -> [OTLPBatch])? = nil) async throws -> DriftContext {
        let folder = NSTemporaryDirectory() + "flowglass-drift-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var settings = SpanStore.Settings()
        settings.routes = channelRoutes(of: loaded.catalog)
        let store = try SpanStore.open(folder + "/spans.db", settings: settings).store
        for batch in try order?(batches()) ?? batches() {
            try await withCheckedThrowingContinuation { continuation in
                store.submit(ReceivedRequest(batch: batch)) { continuation.resume(with: $0) }
            }
        }
        store.close()
        let reader = try SpanStoreReader(folder + "/spans.db", settings: settings)
        let now = (spans.map(\.span.end).max() ?? Self.epoch) + 3_600_000_000_000
        let graph = FlowGraph(catalog: loaded.catalog, observed: try reader.edges(now: now))
        var collector = EvidenceCollector(catalog: loaded.catalog, graph: graph, now: now)
        try reader.forEachRequest { collector.add($0) }
        return DriftContext(
            catalog: loaded.catalog, graph: graph, evidence: collector.finish(),
            waits: try reader.waits(.all, slots: driftWaitSlots, now: now))
    }

    func findings() async throws -> [Diagnostic] { try await driftFindings(in: context()).map(\.diagnostic) }

    /// `warning undocumented-call 3:5 'order' calls 'member', and the catalog does not say so`
    func lines() async throws -> [String] { try await findings().map(line) }
}

func line(_ finding: Diagnostic) -> String {
    let place = finding.span.map { " \($0.line):\($0.column)" } ?? ""
    return "\(finding.severity.rawValue) \(finding.rule)\(place) \(finding.message)"
}
