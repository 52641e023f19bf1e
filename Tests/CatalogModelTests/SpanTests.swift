import SourceDiagnostics
import Testing

@testable import CatalogModel

@Suite struct `scalar spans` {
    /// The whole span of the first value, marked.
    @Test(arguments: [
        "a: ⟦plain text⟧   # comment", "a: ⟦한글 값⟧", "a: ⟦\"quoted \\\"x\\\"\"⟧ ", "a: ⟦'it''s'⟧", "a: [⟦x⟧, y]",
        "{a: ⟦x⟧}", "a: &anchor ⟦x⟧", "a: ⟦🎫 x⟧", "? a\n: ⟦b⟧", "a:\n  ⟦one\n  two⟧\nb: c", "\"a\": ⟦b⟧",
    ])
    func `cover exactly the scalar`(marked: String) throws {
        let (text, spans) = unmarked(marked)
        let tree = YAMLTree(parsing: Array(text.utf8))
        #expect(tree.problem == nil)
        let root = try #require(tree.documents.first)
        var value = try #require(tree.pairs(root).first).value
        if let element = tree.elements(value).first { value = element }
        let node = tree.nodes[value]
        var line = Int(node.line)
        var column = Int(node.column)
        // An anchor belongs to the node; the value starts after it.
        if text.contains("&anchor ") { column += 8 }
        #expect([line, column, Int(node.endLine), Int(node.endColumn)] == spans[0])
        line = 0
    }

    private func unmarked(_ marked: String) -> (String, [[Int]]) {
        var text = String.UnicodeScalarView()
        var spans: [[Int]] = []
        var (line, column) = (1, 1)
        for scalar in marked.unicodeScalars {
            switch scalar {
            case "⟦": spans.append([line, column])
            case "⟧": spans[spans.count - 1] += [line, column]
            default:
                text.append(scalar)
                column += 1
                if scalar == "\n" { (line, column) = (line + 1, 1) }
            }
        }
        return (String(text), spans)
    }
}

@Suite struct `ignore comments` {
    private func found(_ text: String) -> [String] {
        loadCatalog(texts: [(path: "a.yaml", text: text)]).suppressions.map { suppression in
            "\(suppression.rules.map(\.value).joined(separator: "+"))@\(suppression.line): \(suppression.reason ?? "-")"
        }
    }

    @Test func `speak of their own line or of the next one with code`() {
        #expect(found("a: b # flowglass:ignore r — why, oh why\n") == ["r@1: why, oh why"])
        #expect(found("# flowglass:ignore r1, r2 - why\n# more\n\nservices:\n") == ["r1+r2@4: why"])
        #expect(found("# flowglass:ignore r1 r2\nservices:\n") == ["r1+r2@2: -"])
    }

    @Test func `are none inside a text`() {
        #expect(found("catalog:\n  description: \"x # flowglass:ignore r — why\"\n") == [])
        #expect(found("catalog:\n  description: |\n    x\n    # flowglass:ignore r — why\n") == [])
        #expect(found("catalog:\n  description: | # flowglass:ignore r — why\n    x\n") == ["r@2: why"])
    }
}
