import CatalogLint
import CatalogModel
import SourceDiagnostics

/// Findings as the protocol's diagnostics, and their fixes as code actions.
struct FindingsFeature {
    let view: CatalogView

    /// The protocol's `DiagnosticSeverity`.
    private static func severity(_ severity: Severity) -> Int {
        switch severity {
        case .error: 1
        case .warning: 2
        case .info: 3
        }
    }

    func json(_ diagnostic: Diagnostic) -> JSONValue? {
        guard let span = diagnostic.span else { return nil }
        var message = diagnostic.message
        for fact in diagnostic.evidence { message += "\n• \(fact)" }
        if let help = diagnostic.help { message += "\nhelp: \(help)" }
        let related = diagnostic.related.map { place -> JSONValue in
            .object([("location", view.location(place.span)), ("message", .string(place.label))])
        }
        // 2 is "deprecated": struck through.
        let isDeprecated = diagnostic.rule == "deprecated-channel-in-use"
        return .members([
            ("range", CatalogView.json(view.range(Self.visible(span)))),
            ("severity", .number(Self.severity(diagnostic.severity))), ("code", .string(diagnostic.rule)),
            ("source", "flowglass"), ("message", .string(message)),
            ("tags", isDeprecated ? .array([2]) : nil),
            ("relatedInformation", related.isEmpty ? nil : .array(related)),
        ])
    }

    /// A place without width is shown as one character.
    private static func visible(_ span: SourceSpan) -> SourceSpan {
        var span = span
        if span.line == span.endLine, span.column == span.endColumn { span.endColumn += 1 }
        return span
    }

    /// The fixes of the findings that touch a range, and an ignore comment for each rule that allows one.
    func actions(
        _ file: String, _ range: Range<TextPosition>, _ findings: [Diagnostic], only: [String]
    ) -> JSONValue {
        func wants(_ kind: String) -> Bool { only.contains { kind == $0 || kind.hasPrefix($0 + ".") } }
        var actions: [JSONValue] = []
        if wants(Self.fixAllKind), let action = fixAll(file, findings) { actions.append(action) }
        guard only.isEmpty || wants("quickfix") else { return .array(actions) }
        let touched = findings.filter { diagnostic in
            guard let span = diagnostic.span, span.file == file else { return false }
            let place = view.range(span)
            return place.lowerBound <= range.upperBound && range.lowerBound <= place.upperBound
        }
        for diagnostic in touched {
            guard let fix = diagnostic.fix, let edit = workspaceEdit(fix) else { continue }
            actions.append(
                .members([
                    ("title", .string(fix.title)), ("kind", "quickfix"), ("isPreferred", true),
                    ("diagnostics", json(diagnostic).map { .array([$0]) }), ("edit", edit),
                ]))
        }
        for diagnostic in touched
        where lintRule(named: diagnostic.rule).map({ $0.group != .structure }) ?? false {
            guard let action = ignore(diagnostic) else { continue }
            actions.append(action)
        }
        return .array(actions)
    }

    private func workspaceEdit(_ fix: Fix) -> JSONValue? {
        var changes: [String: [JSONValue]] = [:]
        for edit in fix.edits {
            guard view.document(edit.span.file) != nil else { return nil }
            changes[edit.span.file, default: []].append(
                .object([
                    ("range", CatalogView.json(view.range(edit.span))),
                    ("newText", .string(edit.replacement)),
                ]))
        }
        return Self.edit(changes, view)
    }

    private static func edit(_ changes: [String: [JSONValue]], _ view: CatalogView) -> JSONValue {
        .object([
            (
                "changes",
                .object(changes.sorted { $0.key < $1.key }.map { (view.folder.uri($0), .array($1)) })
            )
        ])
    }

    /// A comment above the line; the reason is the author's to write.
    private func ignore(_ diagnostic: Diagnostic) -> JSONValue? {
        guard let span = diagnostic.span, let document = view.document(span.file) else { return nil }
        let start = view.range(span).lowerBound
        let line = document.line(start.line)
        let indent = String(repeating: " ", count: line.prefix { $0 == UInt8(ascii: " ") }.count)
        let place = TextPosition(line: start.line, column: 0)
        let text = "\(indent)# flowglass:ignore \(diagnostic.rule) — reason\n"
        let edit = JSONValue.object([
            ("range", CatalogView.json(place..<place)), ("newText", .string(text)),
        ])
        return .members([
            ("title", .string("ignore \(diagnostic.rule) here")), ("kind", "quickfix"),
            ("diagnostics", json(diagnostic).map { .array([$0]) }),
            ("edit", Self.edit([span.file: [edit]], view)),
        ])
    }
}
