import TerminalUI

extension StyledText {
    /// A title behind the name that it is of; nothing where there is none, or where it only says the name again.
    static func title(_ title: String?, behind name: String, _ theme: Theme) -> StyledText {
        guard let title, title != name else { return "" }
        return StyledText("  " + title, theme.dim)
    }
}
