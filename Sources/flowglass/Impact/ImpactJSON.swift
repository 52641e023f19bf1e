import CatalogModel
import SourceDiagnostics

// A blast radius for scripts.

extension BlastRadius {
    var json: JSONValue {
        .object([
            ("origin", Self.json(origin)),
            ("failing", .array(failing.map(json))), ("waiting", .array(waiting.map(json))),
            (
                "backlog",
                .array(
                    backlog.map {
                        .object([
                            ("service", .string($0.service)), ("channel", .string($0.channel)),
                            ("side", .string($0.side.rawValue)), ("kept", .bool($0.loss == nil)),
                            ("loss", Self.optional($0.loss?.rawValue)),
                            ("keptFor", Self.optional($0.keptFor?.catalogText)),
                            ("maxDowntime", Self.optional($0.maxDowntime?.catalogText)),
                            ("takenOverBy", .array($0.takenOverBy.map { .string($0) })),
                            ("location", Facts.location($0.span)),
                        ])
                    })
            ),
            (
                "channels",
                .array(
                    channels.map {
                        .object([("channel", .string($0.channel)), ("effect", .string($0.effect.rawValue))])
                    })
            ),
            (
                "flows",
                .array(
                    flows.map { flow in
                        .object([
                            ("flow", .string(flow.flow)), ("effect", .string(flow.effect.rawValue)),
                            ("stopsAt", flow.stops ? flow.decisive.map { .number($0.number) } ?? .null : .null),
                            ("steps", .array(flow.steps.map(Self.json))),
                        ])
                    })
            ),
            (
                "owners",
                .array(
                    owners.map { owner in
                        .object([
                            ("owner", Self.optional(owner.owner)),
                            ("effect", .string(owner.effect?.rawValue ?? "stops")),
                            (
                                "owns",
                                .array(
                                    owner.owned.map { node in
                                        Self.json(node).adding(
                                            "effect", .string(owner.effects[node]?.rawValue ?? "stops"))
                                    })
                            ),
                        ])
                    })
            ),
        ])
    }

    /// A longer way is shown by its last edges; `cause` leads on to the rest.
    private static let longestPath = 50

    private func json(_ impact: ServiceImpact) -> JSONValue {
        .object([
            ("service", .string(impact.service)), ("effect", .string(impact.effect.rawValue)),
            ("distance", .number(impact.distance)), ("cause", impact.cause.map(Self.json) ?? .null),
            ("stillFrom", .array(impact.stillFrom.map { .string($0) })),
            (
                "path",
                .array(
                    path(to: impact, last: Self.longestPath).map {
                        .object([
                            ("kind", .string($0.kind.rawValue)), ("from", Self.json($0.from)), ("to", Self.json($0.to)),
                            ("sentence", .string($0.sentence)), ("location", Facts.location($0.span)),
                        ])
                    })
            ),
        ])
    }

    private static func json(_ step: StepImpact) -> JSONValue {
        .object([
            ("number", .number(step.number)), ("service", .string(step.step.service.value)),
            ("action", .string(step.step.action.rawValue)), ("target", .string(step.step.target.value)),
            ("effect", .string(step.effect.rawValue)), ("reason", .string(step.reason)),
            ("location", Facts.location(step.step.span)),
        ])
    }

    private static func json(_ node: CatalogNode) -> JSONValue {
        .object([("kind", .string(node.kind.rawValue)), ("name", .string(node.name))])
    }

    private static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}
