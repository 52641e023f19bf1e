import SourceDiagnostics
import Testing

@testable import LanguageServer

@Suite struct TextDocumentTests {
    @Test(
        arguments: [
            // 가 is 3 bytes, 1 unit of UTF-16, 1 scalar; 🎫 is 4, 2 and 1; the flag is two scalars of 4 bytes.
            (PositionEncoding.utf8, [0, 1, 4, 8, 16, 17]), (.utf16, [0, 1, 2, 4, 8, 9]),
            (.utf32, [0, 1, 2, 3, 5, 6]),
        ])
    func `columns count what the encoding says`(encoding: PositionEncoding, columns: [Int]) {
        let document = TextDocument(Array("a가🎫🇰🇷z".utf8))
        let offsets = [0, 1, 4, 8, 16, 17]
        for (offset, column) in zip(offsets, columns) {
            #expect(document.position(ofByte: offset, encoding) == TextPosition(line: 0, column: column))
            #expect(document.offset(of: TextPosition(line: 0, column: column), encoding) == offset)
        }
    }

    @Test func `a position inside a character is the next one's, one behind the end the end`() {
        let document = TextDocument(Array("🎫a\r\nb".utf8))
        #expect(document.offset(of: TextPosition(line: 0, column: 1), .utf16) == 4)
        #expect(document.offset(of: TextPosition(line: 0, column: 99), .utf16) == 5)
        #expect(document.offset(of: TextPosition(line: 99, column: 0), .utf16) == 8)
        #expect(document.offset(of: TextPosition(line: 1, column: 99), .utf16) == 8)
    }

    @Test(arguments: PositionEncoding.allCases)
    func `edits give the same text as the whole text would`(encoding: PositionEncoding) {
        var text = Array("topics:\n  주문.완료: {}\n  🎫: {}\r\nx: 1".unicodeScalars)
        var document = TextDocument(Array(String(String.UnicodeScalarView(text)).utf8))
        var dice = SplitMix(state: 42)
        let pieces = ["가", "🎫", "\n", "\r\n", "a: b", "", " "]
        for _ in 0..<300 {
            let start = Int(dice.next() % UInt64(text.count + 1))
            let end = min(text.count, start + Int(dice.next() % 5))
            let piece = pieces[Int(dice.next() % UInt64(pieces.count))]
            func position(_ index: Int) -> TextPosition {
                let before = String(String.UnicodeScalarView(text[..<index])).utf8.count
                return document.position(ofByte: before, encoding)
            }
            // Between CR and LF there is no position.
            func isBetween(_ index: Int) -> Bool {
                index > 0 && index < text.count && text[index - 1] == "\r" && text[index] == "\n"
            }
            guard !isBetween(start), !isBetween(end) else { continue }
            document.replace(position(start)..<position(end), with: piece, encoding)
            text.replaceSubrange(start..<end, with: piece.unicodeScalars)
            #expect(document.text == String(String.UnicodeScalarView(text)))
            #expect(document.lineStarts == TextDocument(document.bytes).lineStarts)
        }
    }

    @Test func `spans are found by YAML's lines and scalars`() {
        let document = TextDocument(Array("a: '\u{2028}'\n한글🎫: 값".utf8))
        // LS ends a line for YAML and none for the protocol.
        let span = SourceSpan(file: "", line: 3, column: 6, endColumn: 7)
        let start = TextPosition(line: 1, column: 6)
        #expect(
            SpanLocator(document).range(of: span, .utf16) == start..<TextPosition(line: 1, column: 7))
    }

    @Test(
        arguments: [
            ("file:///a/b.yaml", "/a/b.yaml"), ("file:///a/%ED%95%9C%20%EA%B8%80.yaml", "/a/한 글.yaml"),
            ("FILE://localhost/a", "/a"), ("file:///a%2Fb", "/a/b"), ("untitled:1", nil),
            ("file://host/a", nil),
            ("file:///a%2", nil), ("file:///a%FF", nil), ("file:///a%00b", nil),
        ] as [(String, String?)])
    func `URIs are read as paths`(uri: String, path: String?) {
        #expect(DocumentURI.path(of: uri) == path)
        if let path { #expect(DocumentURI.path(of: DocumentURI.uri(ofPath: path)) == path) }
    }
}

/// A small generator with a fixed seed.
private struct SplitMix {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
