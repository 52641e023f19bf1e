/// Every drawing character of the screens, so that a terminal without UTF-8 gets ASCII and not question marks.
///
/// Each glyph is one column wide, unless it says otherwise.
public struct Glyphs: Sendable, Equatable {
    public let box: BoxGlyphs
    /// Ends a text that was cut.
    public let ellipsis: String

    // Triangles: direction of an edge, of a sort order, of a message.
    public let arrowRight: String
    public let arrowLeft: String
    /// Points right at something that does not happen.
    public let arrowHollow: String
    public let arrowUp: String
    public let arrowDown: String
    /// Names of the arrow keys in help texts.
    public let keyUp: String
    public let keyDown: String
    public let keyLeft: String
    public let keyRight: String

    /// Stands before the selected row.
    public let selection: String
    /// Stands behind the selected row.
    public let selectionEnd: String
    /// A topic.
    public let topic: String
    /// A queue.
    public let queue: String
    /// A live connection, an item of a list.
    public let bullet: String
    /// Separates facts on a line.
    public let dot: String
    /// Stands for a value that does not exist.
    public let dash: String
    public let check: String
    public let cross: String

    /// A service works: the full cell, and the left and right halves at the ends of a bar.
    public let barFull: String
    public let barLeftHalf: String
    public let barRightHalf: String
    /// A message waits in a channel.
    public let waiting: String
    /// Eight heights, rising.
    public let levels: [String]

    /// For terminals that show UTF-8.
    public static let unicode = Glyphs(
        box: .light, ellipsis: "…", arrowRight: "▶", arrowLeft: "◀", arrowHollow: "▷", arrowUp: "▲", arrowDown: "▼",
        keyUp: "↑", keyDown: "↓", keyLeft: "←", keyRight: "→", selection: "▸", selectionEnd: "◂", topic: "⊚",
        queue: "⊟", bullet: "●", dot: "·", dash: "—", check: "✓", cross: "✗", barFull: "█", barLeftHalf: "▌",
        barRightHalf: "▐", waiting: "┄",
        levels: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"])

    /// Words in the place of pictures, for lines that are read aloud.
    public static let words = Glyphs(
        box: .ascii, ellipsis: "...", arrowRight: "to", arrowLeft: "from", arrowHollow: "to", arrowUp: "publishes",
        arrowDown: "takes", keyUp: "Up", keyDown: "Down", keyLeft: "Left", keyRight: "Right", selection: ">",
        selectionEnd: "<", topic: "topic", queue: "queue", bullet: "*", dot: ",", dash: "none", check: "yes",
        cross: "no", barFull: "#", barLeftHalf: "#", barRightHalf: "#", waiting: ".",
        levels: [".", ":", "-", "=", "+", "*", "#", "@"])

    /// For all others; arrow keys keep their one column.
    public static let ascii = Glyphs(
        box: .ascii, ellipsis: "~", arrowRight: ">", arrowLeft: "<", arrowHollow: ")", arrowUp: "^", arrowDown: "v",
        keyUp: "^", keyDown: "v", keyLeft: "<", keyRight: ">", selection: ">", selectionEnd: "<", topic: "@",
        queue: "=", bullet: "*", dot: "-", dash: "-", check: "+", cross: "x", barFull: "#", barLeftHalf: "|",
        barRightHalf: "|", waiting: ".",
        levels: [".", ":", "-", "=", "+", "*", "#", "@"])
}

/// The lines and corners of frames and trees.
public struct BoxGlyphs: Sendable, Equatable {
    public let horizontal: String
    public let vertical: String
    public let topLeft: String
    public let topRight: String
    public let bottomLeft: String
    public let bottomRight: String
    /// Branches to the right: `├`.
    public let leftTee: String
    /// Branches to the left: `┤`.
    public let rightTee: String
    /// Branches downwards: `┬`.
    public let topTee: String
    /// Branches upwards: `┴`.
    public let bottomTee: String
    public let crossing: String
    /// Ends a title that was cut.
    public let ellipsis: String

    public static let light = BoxGlyphs(
        horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└", bottomRight: "┘", leftTee: "├",
        rightTee: "┤", topTee: "┬", bottomTee: "┴", crossing: "┼", ellipsis: "…")

    public static let ascii = BoxGlyphs(
        horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+", leftTee: "+",
        rightTee: "+", topTee: "+", bottomTee: "+", crossing: "+", ellipsis: "~")
}
