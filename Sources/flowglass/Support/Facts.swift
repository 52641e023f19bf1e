import FlowMatching
import Foundation
import OTLPCoding
import SourceDiagnostics
import TraceModel

/// Facts as JSON: the shapes that scripts rely on.
enum Facts {
    static func edge(_ edge: FlowEdge) -> JSONValue {
        let figures = edge.figures
        var members: [(String, JSONValue)] = [
            ("kind", .string(edge.kindName)),
            ("from", .string(edge.from)), ("to", .string(edge.to)), ("system", .string(edge.system)),
            ("group", .string(edge.group)),
        ]
        if edge.kind == .calls {
            members += [("protocol", .string(edge.system)), ("operation", .string(edge.operation))]
        }
        members += [
            ("documented", .bool(edge.isDocumented)), ("observed", .bool(edge.isObserved)),
            ("temporary", .bool(edge.isTemporary)), ("count", .number(figures.count)),
            ("deliveries", .number(figures.deliveries)), ("errors", .number(figures.errors)),
            ("duplicates", .number(figures.duplicates)), ("firstSeen", time(figures.firstSeen)),
            ("lastSeen", time(figures.lastSeen)), ("wait", distribution(figures.wait)),
            ("work", distribution(figures.work)),
            (
                "joinedBy",
                .object(figures.joinedBy.sorted { $0.key < $1.key }.map { ($0.key.rawValue, .number($0.value)) })
            ),
        ]
        return .object(members)
    }

    /// Services are named as the catalog names them.
    static func conversation(
        _ conversation: Conversation, flow: String?, _ names: NameResolver
    ) -> [(String, JSONValue)] {
        [
            ("id", .string(conversation.id)),
            ("correlationId", conversation.correlationID.map { .string($0) } ?? .null),
            ("traceIds", .array(conversation.traces.map { .string($0.description) })),
            ("services", .array(Set(conversation.services.map(names.service)).sorted().map { .string($0) })),
            ("hops", .number(conversation.hops.count)), ("spans", .number(conversation.spans.count)),
            ("state", .string(conversation.state.rawValue)), ("flow", flow.map { .string($0) } ?? .null),
            ("start", time(conversation.start)), ("duration", seconds(conversation.duration)),
        ]
    }

    /// How far a conversation is in its flow.
    static func steps(_ match: FlowMatch) -> JSONValue {
        func texts(_ events: [FlowEvent]) -> JSONValue { .array(events.map { .string("\($0)") }) }
        return .object([
            ("seen", .number(match.seen)), ("of", .number(match.isSeen.count)), ("missing", texts(match.missing)),
            ("unexpected", texts(match.unexpected)),
        ])
    }

    /// Its ends and channels are named as the catalog names them.
    static func hop(_ hop: Hop, _ names: NameResolver) -> JSONValue {
        func name(_ observed: String?, _ resolve: (String) -> String) -> JSONValue {
            observed.map { .string(resolve($0)) } ?? .null
        }
        let (from, to) =
            switch hop.kind {
            case .calls, .consumes: (names.service, names.service)
            case .publishes: (names.service, names.channel)
            case .delivers: (names.channel, names.channel)
            }
        return .object([
            ("kind", .string(hop.kind.rawValue)), ("from", name(hop.from, from)), ("to", name(hop.to, to)),
            ("channel", name(hop.channel, names.channel)), ("publishedTo", name(hop.publishedTo, names.channel)),
            ("system", .string(hop.system)),
            ("group", .string(hop.group)), ("operation", .string(hop.operation)),
            ("evidence", hop.evidence.map { .string($0.rawValue) } ?? .null), ("attempt", .number(hop.attempt)),
            ("error", .bool(hop.isError)), ("time", time(hop.time)),
            ("wait", hop.wait.map { .decimal(Double($0) / 1e9) } ?? .null),
            ("work", hop.work.map { seconds($0) } ?? .null),
        ])
    }

    /// The service is named as the catalog names it, and as the span does: `service.name`.
    static func span(_ span: Span, _ names: NameResolver) -> JSONValue {
        .object([
            ("traceId", .string(span.trace.description)), ("spanId", .string(span.id.description)),
            ("parentSpanId", span.parent.isZero ? .null : .string(span.parent.description)),
            ("service", .string(names.service(span.service))), ("telemetryName", .string(span.service)),
            ("name", .string(span.name)), ("kind", .string("\(span.kind)")),
            ("start", time(span.start)), ("duration", seconds(span.duration)), ("status", .string("\(span.status)")),
            ("statusMessage", .string(span.statusMessage)),
            ("attributes", .object(span.attributes.map { ($0.key, .string($0.value.description)) })),
            (
                "links",
                .array(
                    span.links.map {
                        .object([("traceId", .string($0.trace.description)), ("spanId", .string($0.span.description))])
                    })
            ),
            (
                "events",
                .array(
                    span.events.map {
                        .object([
                            ("name", .string($0.name)), ("time", time($0.time)),
                            ("attributes", .object($0.attributes.map { ($0.key, .string($0.value.description)) })),
                        ])
                    })
            ),
        ])
    }

    private static func distribution(_ distribution: DurationDistribution) -> JSONValue {
        .object(
            [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)].map { name, share in
                (name, distribution.quantile(share).map { seconds($0) } ?? .null)
            })
    }

    private static func seconds(_ nanoseconds: UInt64) -> JSONValue { .decimal(Double(nanoseconds) / 1e9) }

    /// `2026-01-15T09:00:00.000Z`; null for never.
    private static func time(_ nanoseconds: UInt64) -> JSONValue {
        guard nanoseconds > 0 else { return .null }
        return .string(timestampText(nanoseconds, milliseconds: true))
    }
}
