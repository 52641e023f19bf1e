extension Buffer {
    /// Puts colours in the place of the terminal's own ones, and adds the attributes to all text that has none.
    /// - Complexity: O(cells); nothing where the style is plain.
    public mutating func replaceStandardColors(with base: Style) {
        guard base != .plain else { return }
        for index in cells.indices {
            var style = cells[index].style
            if style.foreground == .standard { style.foreground = base.foreground }
            if style.background == .standard { style.background = base.background }
            style.attributes.formUnion(base.attributes)
            cells[index].style = style
        }
    }
}
