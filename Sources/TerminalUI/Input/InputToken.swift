/// A piece of what the terminal sends: a byte, or a sequence that its terminfo entry recognises.
public enum InputToken: Sendable, Equatable {
    case byte(UInt8)
    case key(Key)
    /// `ESC [ <`: the numbers of a mouse report follow as bytes.
    case mousePrefix
    case pasteBegin
    case pasteEnd
}
