import TerminalUI

extension StyledText {
    /// A title behind the name that it is of; nothing where there is none, where it only says the name again, or
    /// where the terminal cannot show it.
    static func title(_ title: String?, behind name: String, _ settings: DashboardSettings) -> StyledText {
        guard let title, settings.canShow(title) else { return "" }
        return self.title(title, behind: name, settings.theme)
    }

    static func title(_ title: String?, behind name: String, _ theme: Theme) -> StyledText {
        guard let title, title != name else { return "" }
        return StyledText("  " + title, theme.dim)
    }
}
