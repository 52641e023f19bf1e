import FlowMatching
import OTLPCoding
import SourceDiagnostics
import TraceModel

/// The doctor's reports for programs.
enum DoctorFacts {
    static func checkup(_ checkup: ServiceCheckup) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("service", .string(checkup.name)), ("documented", .bool(checkup.isDocumented)),
            ("observed", .bool(checkup.evidence != nil)),
        ]
        if let seen = checkup.evidence {
            members += [
                ("spans", .number(seen.spans)),
                ("firstSeen", .string(timestampText(seen.firstSeen, milliseconds: true))),
                ("lastSeen", .string(timestampText(seen.lastSeen, milliseconds: true))),
                ("kinds", counts(seen.kinds.map { ("\($0.key)", $0.value) })),
                ("roles", counts(seen.roles.map { ("\($0.key)", $0.value) })),
                ("scopes", counts(seen.scopes.map { ($0.key, $0.value) })),
                ("systems", counts(seen.systems.map { ($0.key, $0.value) })),
                ("conventions", counts(seen.generations.map { ($0.key, $0.value) })),
                ("published", .number(seen.published)), ("publishedAndHandled", .number(seen.publishedAndHandled)),
                ("deadLetters", counts(seen.deadLetters.map { ($0.key, $0.value) })),
                ("consumed", .number(seen.consumed)), ("joined", .number(seen.joined)),
                ("joinedBy", counts(seen.joinedBy.map { ($0.key.rawValue, $0.value) })),
                ("sampled", .bool(seen.isSampled)), ("children", .number(seen.children)),
                ("orphans", .number(seen.orphans)), ("withoutServiceName", .number(seen.unnamed)),
                ("negativeWaits", .number(seen.negativeWaits)),
                ("largestSkew", .decimal(Double(seen.largestSkew) / 1e9)),
            ]
        }
        return .object(members + [("advice", .array(checkup.advice.map { .string($0) }))])
    }

    static func diagnosis(_ diagnosis: PairDiagnosis) -> JSONValue {
        .object([
            ("from", .string(diagnosis.from)), ("to", .string(diagnosis.to)),
            ("connected", .bool(!diagnosis.edges.isEmpty)),
            (
                "edges",
                .array(
                    diagnosis.edges.map {
                        ["kind": .string($0.kind.rawValue), "from": .string($0.from), "to": .string($0.to)]
                    })
            ),
            (
                "checks",
                .array(
                    diagnosis.checks.map {
                        [
                            "outcome": .string($0.outcome.rawValue), "seen": .string($0.seen),
                            "help": $0.remedy.map { .string($0) } ?? .null,
                        ]
                    })
            ),
        ])
    }

    private static func counts(_ counts: [(String, Int)]) -> JSONValue {
        .object(counts.sorted { $0.0 < $1.0 }.map { ($0.0, .number($0.1)) })
    }
}
