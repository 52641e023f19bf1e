@testable import Dashboard
import TerminalUI
import Testing

@Suite struct ThemeTests {
    @Test(arguments: Theme.names, [256, 16, 8, 0])
    func `every theme draws every screen with the colours that the terminal has`(name: String, colors: Int) throws {
        let theme = try #require(Theme.named(name, colors: colors))
        var model = DashboardModel.sample(settings: DashboardSettings(theme: theme, catalogPath: "catalog"))
        for keys in ["1", "2", "3", "4", "5", "6", "4 <Enter>", "v"] {
            model.press(keys)
            for cell in model.drawn().cells {
                for color in [cell.style.foreground, cell.style.background] {
                    switch color {
                    case .standard: break
                    case .indexed(let index): #expect(Int(index) < colors)
                    default: #expect(colors >= 8)
                    }
                }
            }
        }
    }

    @Test func `a theme with colours of its own leaves no cell to the terminal`() throws {
        let theme = try #require(Theme.named("dark", colors: 256))
        let model = DashboardModel.sample(settings: DashboardSettings(theme: theme, catalogPath: "catalog"))
        #expect(model.drawn().cells.allSatisfy { $0.style.foreground != .standard && $0.style.background != .standard })
    }

    @Test(arguments: Theme.names)
    func `what a screen says is the same in every theme`(name: String) throws {
        let theme = try #require(Theme.named(name, colors: 256))
        let model = DashboardModel.sample(settings: DashboardSettings(theme: theme, catalogPath: "catalog"))
        #expect(model.text == DashboardModel.sample().text)
    }

    @Test func `there is no theme by another name`() { #expect(Theme.named("solarized", colors: 256) == nil) }
}
