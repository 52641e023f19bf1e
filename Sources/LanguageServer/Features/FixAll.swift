import SourceDiagnostics

extension FindingsFeature {
    /// What an editor asks for when it saves with `source.fixAll` on.
    static let fixAllKind = "source.fixAll.flowglass"

    /// One action with every fix of a file that touches no other fix and no other file; nil where there is none.
    func fixAll(_ file: String, _ findings: [Diagnostic]) -> JSONValue? {
        var taken: [Range<TextPosition>] = []
        var edits: [JSONValue] = []
        var count = 0
        for fix in findings.filter({ $0.span?.file == file }).compactMap(\.fix) {
            let places = fix.edits.map { view.range($0.span) }
            let isFree = places.allSatisfy { place in
                taken.allSatisfy { $0.upperBound < place.lowerBound || place.upperBound < $0.lowerBound }
            }
            guard isFree, fix.edits.allSatisfy({ $0.span.file == file }) else { continue }
            taken += places
            count += 1
            edits += zip(places, fix.edits).map { place, edit in
                .object([("range", CatalogView.json(place)), ("newText", .string(edit.replacement))])
            }
        }
        guard count > 0 else { return nil }
        return .members([
            ("title", .string("fix \(count == 1 ? "the finding" : "all \(count) findings") with one right answer")),
            ("kind", .string(Self.fixAllKind)),
            ("edit", .object([("changes", .object([(view.folder.uri(file), .array(edits))]))])),
        ])
    }
}
