import TerminalText

extension Buffer {
    /// The characters of the screen: rows joined by line feeds, without the blanks at their ends.
    public func plainText() -> String {
        (0..<size.height).map { y in
            var line = ""
            for cell in row(y) { cell.content.append(to: &line) }
            return line.droppingTrailing(" ")
        }.joined(separator: "\n")
    }

    /// The looks of the screen: one letter for each style in the order of appearance, `.` for plain, and a legend.
    ///
    ///     aaaaa.b
    ///
    ///     a = bold
    ///     b = red on blue
    public func styleText() -> String {
        var letters: [Style: Character] = [.plain: "."]
        var legend: [String] = []
        let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        let lines = (0..<size.height).map { y in
            var line = ""
            for cell in row(y) {
                if letters[cell.style] == nil {
                    let letter = legend.count < alphabet.count ? alphabet[legend.count] : "?"
                    letters[cell.style] = letter
                    legend.append("\(letter) = \(cell.style)")
                }
                line.append(letters[cell.style] ?? "?")
            }
            return line.droppingTrailing(".")
        }
        return (legend.isEmpty ? lines : lines + [""] + legend).joined(separator: "\n")
    }
}

extension String {
    fileprivate func droppingTrailing(_ character: Character) -> String {
        var end = endIndex
        while end > startIndex, self[index(before: end)] == character { end = index(before: end) }
        return String(self[..<end])
    }
}
