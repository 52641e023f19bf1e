import TerminalText

/// What a terminal shows: the part of an xterm that programs here use. Whatever it does not know is kept in `unknown`.
struct ScreenEmulator {
    /// One cell; a wide character's second half has no text.
    struct Cell: Equatable {
        var text = " "
        var look = Look()
    }

    /// Attributes as SGR sets them; colours are palette indexes.
    struct Look: Hashable {
        var isBold = false
        var isDim = false
        var isUnderlined = false
        var isReverse = false
        var foreground: Int?
        var background: Int?
    }

    private(set) var columns: Int
    private(set) var rows: Int
    var cells: [[Cell]]
    var x = 0
    var y = 0
    var look = Look()
    var isAlternate = false
    var isCursorVisible = true
    /// Private modes that are on: 1000 for mouse reports, and so on.
    var modes: Set<Int> = []
    /// Sequences that are none of those expected, for a test that there are none.
    var unknown: [String] = []
    /// What the program put on the clipboard, still in base64.
    var clipboard: [String] = []
    var titles: [String] = []
    var bells = 0

    var parser = Parser()
    /// Which of the two character sets are the line-drawing one, and which is in use.
    var lineDrawingSlots = [false, false]
    var slot = 0
    /// The cursor stands behind the last column: the next character goes to the next line.
    var wrapsNext = false
    var scrollTop = 0
    var scrollBottom: Int
    var saved = (x: 0, y: 0, look: Look())
    private var ordinaryScreen: [[Cell]] = []

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        scrollBottom = rows - 1
        cells = Array(repeating: Array(repeating: Cell(), count: columns), count: rows)
    }

    /// The characters of a row, without the blanks at its end.
    func row(_ y: Int) -> String {
        guard cells.indices.contains(y) else { return "" }
        var line = cells[y].map(\.text).joined()
        while line.hasSuffix(" ") { line.removeLast() }
        return line
    }

    /// All rows, joined by line feeds.
    var text: String { (0..<rows).map(row).joined(separator: "\n") }

    func contains(_ text: String) -> Bool { (0..<rows).contains { row($0).contains(text) } }

    /// The place of the first row that contains a text, in columns.
    func find(_ text: String) -> (x: Int, y: Int)? {
        for y in 0..<rows {
            let line = row(y)
            guard let range = line.firstRange(of: text) else { continue }
            return (displayWidth(String(line[..<range.lowerBound])), y)
        }
        return nil
    }

    /// Every look on the screen.
    var looks: Set<Look> { Set(cells.joined().map(\.look)) }

    mutating func resize(columns: Int, rows: Int) {
        func fit(_ screen: [[Cell]]) -> [[Cell]] {
            (0..<rows).map { y in
                (0..<columns).map { y < screen.count && $0 < screen[y].count ? screen[y][$0] : Cell() }
            }
        }
        cells = fit(cells)
        if isAlternate { ordinaryScreen = fit(ordinaryScreen) }
        self.columns = columns
        self.rows = rows
        x = min(x, columns - 1)
        y = min(y, rows - 1)
        (scrollTop, scrollBottom, wrapsNext) = (0, rows - 1, false)
    }

    mutating func setAlternate(_ isOn: Bool) {
        guard isOn != isAlternate else { return }
        isAlternate = isOn
        if isOn {
            ordinaryScreen = cells
            cells = Array(repeating: Array(repeating: Cell(), count: columns), count: rows)
        } else {
            cells = ordinaryScreen
        }
    }
}
