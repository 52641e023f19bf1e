/// How a cell looks, in terms of the terminal's own palette.
public struct Style: Sendable, Hashable {
    public var foreground: Color
    public var background: Color
    public var attributes: Attributes

    public init(_ foreground: Color = .standard, on background: Color = .standard, _ attributes: Attributes = []) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    public static let plain = Style()

    /// A colour of the terminal's palette, or the terminal's default.
    public enum Color: Sendable, Hashable {
        /// The terminal's own foreground or background.
        case standard
        case black, red, green, yellow, blue, magenta, cyan, white
        /// The bright variant of black: grey on nearly every palette.
        case grey
        /// An index into the 256-colour palette; a terminal with fewer colours shows `standard`.
        case indexed(UInt8)
    }

    public struct Attributes: OptionSet, Sendable, Hashable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) { self.rawValue = rawValue }

        public static let bold = Attributes(rawValue: 1)
        public static let dim = Attributes(rawValue: 2)
        public static let reverse = Attributes(rawValue: 4)
        public static let underline = Attributes(rawValue: 8)
    }

    /// The same style with more attributes.
    public func with(_ more: Attributes) -> Style { Style(foreground, on: background, attributes.union(more)) }
}
