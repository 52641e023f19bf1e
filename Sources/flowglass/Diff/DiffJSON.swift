import CatalogDiff
import CatalogModel
import SourceDiagnostics

// Changes for scripts.

extension CatalogComparison {
    var json: JSONValue {
        .object([
            (
                "summary",
                .object(CatalogChange.Impact.allCases.map { ($0.rawValue, .number(count(of: $0))) })
            ),
            ("changes", .array(changes.map(\.json))),
        ])
    }
}

extension CatalogChange {
    fileprivate var json: JSONValue {
        .object([
            ("kind", .string(kind.rawValue)), ("impact", .string(impact.rawValue)),
            (
                "subject",
                .object([("kind", .string(subject.kind.rawValue)), ("name", .string(subject.name))])
            ),
            ("message", .string(message)),
            (
                "affected",
                .array(
                    affected.map {
                        .object([
                            ("service", .string($0.service)), ("role", .string($0.role.rawValue)),
                            ("owner", $0.owner.map { .string($0) } ?? .null),
                        ])
                    })
            ),
            ("before", before.map(Facts.location) ?? .null), ("after", after.map(Facts.location) ?? .null),
        ])
    }
}
