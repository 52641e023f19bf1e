/// A row of small bars, one column for each value, the newest at the right: `▁▂▅▇▆`.
///
/// Heights are relative to the largest value shown, or to `maximum`. Nothing (zero, negative, not a number) is a blank;
/// any more is at least the lowest bar.
public struct Sparkline: Sendable, Equatable {
    public var values: [Double]
    /// The value of a full bar; nil for the largest one shown.
    public var maximum: Double?
    public var style: Style
    public var glyphs: Glyphs

    public init(_ values: [Double], maximum: Double? = nil, style: Style = .plain, glyphs: Glyphs = .unicode) {
        self.values = values
        self.maximum = maximum
        self.style = style
        self.glyphs = glyphs
    }

    public func render(into buffer: inout Buffer, in area: Rect) {
        buffer.writeLine(StyledText(text(width: area.width), style), in: area)
    }

    /// The newest `width` values as text of exactly that width.
    public func text(width: Int) -> String {
        guard width > 0 else { return "" }
        let shown = values.suffix(width)
        let top = maximum ?? shown.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
        return String(repeating: " ", count: width - shown.count) + shown.map { bar($0, of: top) }.joined()
    }

    private func bar(_ value: Double, of top: Double) -> String {
        guard value > 0, top > 0, let highest = glyphs.levels.last else { return " " }
        let level = (value / top * Double(glyphs.levels.count)).rounded(.up)
        // Not a number, and infinity, do not survive the comparison.
        guard level <= Double(glyphs.levels.count) else { return highest }
        return glyphs.levels[max(0, Int(level) - 1)]
    }
}
