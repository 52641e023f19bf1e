import TerminalText

/// Writes down what a person does, for tests and the manual.
///
///     KeyScript.parse("j j <Enter> /pay <Enter> <C-c> <Click:12,3> <Resize:80x24>")
///
/// Blanks separate; every other character is a key. Names in angle brackets are special keys (`<Space>`, `<lt>` for
/// `<`), `C-` and `A-` before one mean Ctrl and Alt, and `<Paste:text>` takes everything to the bracket.
public enum KeyScript {
    /// - Precondition: every name in brackets is known. A script is part of the program, not input from outside.
    public static func parse(_ script: String) -> [TerminalEvent] {
        var events: [TerminalEvent] = []
        var rest = Substring(script)
        while let first = rest.first {
            if first == "<", let end = rest.firstIndex(of: ">") {
                let name = rest[rest.index(after: rest.startIndex)..<end]
                guard let event = event(named: name) else { preconditionFailure("no key is named <\(name)>") }
                events.append(event)
                rest = rest[rest.index(after: end)...]
            } else {
                if !first.isWhitespace {
                    events += first.unicodeScalars.map { .key(Key(.character($0))) }
                }
                rest.removeFirst()
            }
        }
        return events
    }

    /// One key as a person writes it: a character, or a name in angle brackets; nil for anything else.
    public static func key(_ text: String) -> Key? {
        if text.hasPrefix("<"), text.hasSuffix(">"), text.count > 2 { return key(named: text.dropFirst().dropLast()) }
        guard text.unicodeScalars.count == 1, let scalar = text.unicodeScalars.first, scalar.value > 0x20 else {
            return nil
        }
        return Key(.character(scalar))
    }

    private static func event(named name: Substring) -> TerminalEvent? {
        let parts = name.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return key(named: name).map { .key($0) } }
        let numbers = parts[1].split { $0 == "," || $0 == "x" }.compactMap { Int($0) }
        switch (parts[0], numbers.count) {
        case ("Click", 2): return .mouse(Mouse(.press, x: numbers[0], y: numbers[1]))
        case ("WheelUp", 2): return .mouse(Mouse(.wheelUp, x: numbers[0], y: numbers[1]))
        case ("WheelDown", 2): return .mouse(Mouse(.wheelDown, x: numbers[0], y: numbers[1]))
        case ("Resize", 2): return .resize(Size(width: numbers[0], height: numbers[1]))
        case ("Paste", _): return .paste(String(parts[1]))
        default: return nil
        }
    }

    private static func key(named name: Substring) -> Key? {
        if name.hasPrefix("C-"), var key = key(named: name.dropFirst(2)) {
            key.isControl = true
            return key
        }
        if name.hasPrefix("A-"), var key = key(named: name.dropFirst(2)) {
            key.isAlt = true
            return key
        }
        if let code = Key.Code.named[String(name)] { return Key(code) }
        if name.hasPrefix("F"), let number = Int(name.dropFirst()) { return Key(.function(number)) }
        guard name.unicodeScalars.count == 1, let scalar = name.unicodeScalars.first else { return nil }
        return Key(.character(scalar))
    }
}

extension Key: CustomStringConvertible {
    /// As a person reads it in a help text: `j`, `Enter`, `Ctrl-C`, `Alt-x`, `F1`.
    public var description: String {
        let name =
            switch code {
            case .character(" "): "Space"
            case .character(let scalar) where isControl: String(scalar).uppercased()
            case .character(let scalar): displaySafe(String(scalar))
            case .function(let number): "F\(number)"
            default: Code.named.first { $0.value == code }?.key ?? "\(code)"
            }
        return (isControl ? "Ctrl-" : "") + (isAlt ? "Alt-" : "") + name
    }
}

extension Key.Code {
    /// The names of the special keys.
    fileprivate static let named: [String: Key.Code] = [
        "Enter": .enter, "Esc": .escape, "Tab": .tab, "BackTab": .backTab, "Backspace": .backspace,
        "Delete": .delete, "Insert": .insert, "Up": .up, "Down": .down, "Left": .left, "Right": .right,
        "Home": .home, "End": .end, "PageUp": .pageUp, "PageDown": .pageDown, "Space": .character(" "),
        "lt": .character("<"), "gt": .character(">"),
    ]
}
