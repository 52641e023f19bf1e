extension Style: CustomStringConvertible {
    /// In words, for the legend of a golden screen: `bold red on blue`, `plain`.
    public var description: String {
        var words: [String] = []
        for (attribute, word) in [
            (Attributes.bold, "bold"), (.dim, "dim"), (.reverse, "reverse"), (.underline, "underlined"),
        ] where attributes.contains(attribute) {
            words.append(word)
        }
        if foreground != .standard { words.append("\(foreground)") }
        if background != .standard { words.append("on \(background)") }
        return words.isEmpty ? "plain" : words.joined(separator: " ")
    }
}

extension Style.Color: CustomStringConvertible {
    public var description: String {
        switch self {
        case .standard: "standard"
        case .black: "black"
        case .red: "red"
        case .green: "green"
        case .yellow: "yellow"
        case .blue: "blue"
        case .magenta: "magenta"
        case .cyan: "cyan"
        case .white: "white"
        case .grey: "grey"
        case .indexed(let index): "colour \(index)"
        }
    }
}
