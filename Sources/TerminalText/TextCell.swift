/// What one terminal cell shows: a scalar with at most four combining marks, one or two columns wide.
///
/// A plain value of fixed size, so that a screen of cells is one flat array. Never holds a control character.
public struct TextCell: Sendable, Hashable {
    /// The scalar that is drawn.
    public let base: Unicode.Scalar
    private let columns: Int8
    /// How many of the four marks are present.
    public private(set) var markCount: UInt8 = 0
    private var first: UInt32 = 0
    private var second: UInt32 = 0
    private var third: UInt32 = 0
    private var fourth: UInt32 = 0

    /// The cell of a blank.
    public static let blank = TextCell(base: " ", width: 1)
    /// The second column of a wide cell: it shows nothing of its own.
    public static let continuation = TextCell(base: " ", width: 0)

    init(base: Unicode.Scalar, width: Int) {
        self.base = base
        columns = Int8(width)
    }

    /// Columns: 1 or 2, or 0 in `continuation`.
    public var width: Int { Int(columns) }

    /// The values of the marks; the ones from `markCount` on are 0.
    public var markValues: (UInt32, UInt32, UInt32, UInt32) { (first, second, third, fourth) }

    /// Adds a combining mark; the fifth and later ones are left out, as curses does (CCHARW_MAX).
    mutating func add(mark: Unicode.Scalar) {
        switch markCount {
        case 0: first = mark.value
        case 1: second = mark.value
        case 2: third = mark.value
        case 3: fourth = mark.value
        default: return
        }
        markCount += 1
    }

    /// The scalars as text; empty for `continuation`.
    public var text: String {
        var text = ""
        append(to: &text)
        return text
    }

    /// Appends the scalars of the cell.
    public func append(to text: inout String) {
        guard width > 0 else { return }
        text.unicodeScalars.append(base)
        guard markCount > 0 else { return }
        for value in [first, second, third, fourth].prefix(Int(markCount)) {
            if let mark = Unicode.Scalar(value) { text.unicodeScalars.append(mark) }
        }
    }
}
