import TerminalText
import TerminalUI
import Testing

@testable import TerminalBackend

@Suite struct `The style of blanks` {
    /// The styles of the cells as they are painted.
    private func styles(_ runs: [(String, Style)]) -> [Style] {
        let width = runs.reduce(0) { $0 + displayWidth($1.0) }
        var buffer = Buffer(size: Size(width: width, height: 1))
        var x = 0
        for (text, style) in runs { x += buffer.write(text, x: x, y: 0, in: buffer.bounds, style: style) }
        var styles: [Style] = []
        BlankStyle.forEach(in: buffer.row(0)) { styles.append($0.style) }
        return styles
    }

    private static let bold = Style(.cyan, on: .standard, .bold)

    @Test func `a short gap takes the style of what follows, or, where that would show, of what is before`() {
        let dim = Style(.standard, on: .standard, .dim)
        let bar = Style(.standard, on: .standard, .reverse)
        #expect(styles([("주문", Self.bold), ("  ", .plain), ("a", Self.bold)]) == Array(repeating: Self.bold, count: 7))
        #expect(styles([("│", dim), ("  ", dim), ("a", .plain)]) == [dim, .plain, .plain, .plain])
        #expect(styles([("a", Self.bold), (" ", .plain), ("b", bar)]) == [Self.bold, Self.bold, bar])
        #expect(styles([("a", bar), (" ", Self.bold), ("b", bar)]) == [bar, .plain, bar])
    }

    @Test func `a long gap and the end of the row are plain`() {
        let long = styles([("a", Self.bold), (String(repeating: " ", count: 7), Self.bold), ("b", Self.bold)])
        #expect(long == [Self.bold] + Array(repeating: .plain, count: 7) + [Self.bold])
        #expect(styles([("a", Self.bold), ("  ", Self.bold)]) == [Self.bold, .plain, .plain])
    }

    @Test(arguments: [
        Style(.red, on: .standard, .reverse), Style(.standard, on: .standard, .underline),
    ])
    func `what shows on a blank stays, and does not spread`(style: Style) {
        #expect(styles([("a", style), (" ", style), (" ", .plain), ("b", .plain)]) == [style, style, .plain, .plain])
    }

    @Test func `a background stays`() {
        let blue = Style(.standard, on: .blue)
        #expect(styles([("a", .plain), (" ", Style(.red, on: .blue, .bold)), ("b", blue)]) == [.plain, blue, blue])
    }
}
