import OTLPCoding
import Testing

@testable import Simulation

/// A span as a collector decodes it.
struct SeenSpan: Sendable {
    var service: String
    var scope: String
    var name: String
    var kind: SpanKind
    var status: SpanStatus
    var key: TraceContext
    /// Nil for a root.
    var parent: TraceContext?
    var links: [TraceContext]
    var start: UInt64
    var end: UInt64
    var attributes: [String: OTLPValue]

    /// The destination under whichever name the span's generation of the conventions has for it, an ARN shortened.
    var destination: String? {
        let names = ["messaging.destination.name", "messaging.destination_publish.name", "messaging.destination"]
        guard case .string(let name)? = names.lazy.compactMap({ attributes[$0] }).first else { return nil }
        return name.split(separator: ":").last.map(String.init)
    }

    static func decode(_ body: [UInt8]) throws -> [SeenSpan] {
        let batch = try OTLPBatch.decode(protobuf: body)
        #expect(batch.rejected.count == 0)
        return batch.spans.map { span in
            let resource = batch.resources[span.resource].attributes
            func context(_ id: SpanID) -> TraceContext { TraceContext(trace: span.trace, span: id) }
            return SeenSpan(
                service: batch.text("service.name", in: resource), scope: batch.string(span.scopeName),
                name: batch.string(span.name), kind: span.kind, status: span.status, key: context(span.span),
                parent: span.parent.isZero ? nil : context(span.parent),
                links: batch.links[span.links].map { TraceContext(trace: $0.trace, span: $0.span) },
                start: span.start, end: span.end,
                attributes: Dictionary(
                    batch.attributes[span.attributes].map { (batch.string($0.key), batch.value($0.value)) },
                    uniquingKeysWith: { first, _ in
                        Issue.record("an attribute twice on one span")
                        return first
                    }))
        }
    }
}

extension OTLPBatch {
    fileprivate func text(_ key: StaticString, in attributes: Range<Int>) -> String {
        guard case .string(let range)? = value(of: key, in: attributes) else { return "" }
        return string(range)
    }
}
