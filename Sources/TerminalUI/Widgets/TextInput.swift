import TerminalText

/// One line of text that is being typed, with a cursor between its characters.
///
/// Pure state: `handle` edits it, `render` draws it. A character is what a person sees as one (a syllable, an emoji with
/// its skin tone), and the terminal's cursor stands in the field, so that an input method composes in the right place.
public struct TextInput: Sendable, Equatable {
    /// More is not taken: nobody types it, and a paste may be a whole file.
    public static let maximumLength = 2_000

    public private(set) var beforeCursor: String
    public private(set) var afterCursor = ""

    public init(_ text: String = "") { beforeCursor = String(text.prefix(Self.maximumLength)) }

    public var text: String { beforeCursor + afterCursor }

    /// Edits the text if the event is one of editing; returns whether it was.
    ///
    /// Backspace, Delete, Left, Right, Home, End; Ctrl-A/E (ends), Ctrl-B/F (one step), Ctrl-U/K (delete to an end),
    /// Ctrl-W (delete the word before the cursor), Ctrl-D, Ctrl-H. Line breaks in a paste become blanks.
    public mutating func handle(_ event: TerminalEvent) -> Bool {
        switch event {
        case .paste(let text):
            insert(String(text.map { $0.isNewline ? " " : $0 }))
            return true
        case .key(let key):
            return handle(key)
        case .mouse, .resize, .resumed:
            return false
        }
    }

    public mutating func insert(_ text: String) {
        let room = Self.maximumLength - beforeCursor.count - afterCursor.count
        beforeCursor += text.prefix(max(0, room))
    }

    public mutating func clear() {
        beforeCursor = ""
        afterCursor = ""
    }

    private mutating func handle(_ key: Key) -> Bool {
        switch (key.code, key.isControl, key.isAlt) {
        case (.character(let scalar), false, false): insert(String(Character(scalar)))
        case (.backspace, _, false), (.character("h"), true, false): _ = beforeCursor.popLast()
        case (.delete, _, false), (.character("d"), true, false):
            if !afterCursor.isEmpty { afterCursor.removeFirst() }
        case (.left, false, false), (.character("b"), true, false):
            if let last = beforeCursor.popLast() { afterCursor.insert(last, at: afterCursor.startIndex) }
        case (.right, false, false), (.character("f"), true, false):
            if !afterCursor.isEmpty { beforeCursor.append(afterCursor.removeFirst()) }
        case (.home, _, false), (.character("a"), true, false):
            afterCursor = text
            beforeCursor = ""
        case (.end, _, false), (.character("e"), true, false):
            beforeCursor = text
            afterCursor = ""
        case (.character("u"), true, false): beforeCursor = ""
        case (.character("k"), true, false): afterCursor = ""
        case (.character("w"), true, false), (.backspace, _, true): deleteWord()
        default: return false
        }
        return true
    }

    private mutating func deleteWord() {
        while beforeCursor.last?.isWhitespace == true { beforeCursor.removeLast() }
        while let last = beforeCursor.last, !last.isWhitespace { beforeCursor.removeLast() }
    }

    /// Draws the part of the line around the cursor, and puts the terminal's cursor there.
    public func render(into buffer: inout Buffer, in area: Rect, style: Style = .plain) {
        guard !area.isEmpty else { return }
        buffer.fill(Rect(x: area.x, y: area.y, width: area.width, height: 1), style: style)
        // Scroll to the left so that the cursor has a column of its own in the area.
        let cursorColumn = displayWidth(beforeCursor)
        let start = area.x - max(0, cursorColumn - area.width + 1)
        buffer.write(text, x: start, y: area.y, in: area, style: style)
        buffer.cursor = Position(x: start + cursorColumn, y: area.y)
    }
}
