import SourceDiagnostics

extension Facts {
    /// Where something stands: lines and columns from 1, columns in Unicode scalars.
    static func location(_ span: SourceSpan) -> JSONValue {
        .object([("file", .string(span.file)), ("line", .number(span.line)), ("column", .number(span.column))])
    }
}
