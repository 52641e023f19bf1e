/// Source texts with fixes applied: everything outside the edits stays byte for byte.
///
/// A fix is applied wholly or not at all. One that overlaps an earlier one, or speaks of a place that is not in the
/// texts, is left out; after a second look at the new text it may come again.
public struct FixedTexts: Sendable, Equatable {
    /// The files that changed, in their new form, by path.
    public private(set) var changed: [String: SourceFile] = [:]
    /// How many of the fixes were applied. Two that want the very same edits are two.
    public private(set) var applied = 0

    private struct ByteEdit: Equatable {
        var range: Range<Int>
        var replacement: String

        func collides(with other: ByteEdit) -> Bool {
            self != other && range.lowerBound <= other.range.upperBound && other.range.lowerBound <= range.upperBound
        }
    }

    public init(_ sources: [SourceFile], applying fixes: [Fix]) {
        let files = Dictionary(sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        var lines: [String: SourceLines] = [:]
        var edits: [String: [ByteEdit]] = [:]
        for fix in fixes {
            let wanted = fix.edits.compactMap { edit -> (file: String, edit: ByteEdit)? in
                let path = edit.span.file
                if lines[path] == nil { lines[path] = files[path].map(SourceLines.init) }
                return lines[path]?.byteRange(of: edit.span).map {
                    (path, ByteEdit(range: $0, replacement: edit.replacement))
                }
            }
            guard wanted.count == fix.edits.count, !wanted.isEmpty,
                !wanted.contains(where: { new in edits[new.file, default: []].contains { $0.collides(with: new.edit) } }
                )
            else { continue }
            for (file, edit) in wanted where !edits[file, default: []].contains(edit) {
                edits[file, default: []].append(edit)
            }
            applied += 1
        }
        for (path, edits) in edits {
            guard var bytes = files[path]?.bytes else { continue }
            for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
                bytes.replaceSubrange(edit.range, with: edit.replacement.utf8)
            }
            changed[path] = SourceFile(path: path, bytes: bytes)
        }
    }
}
