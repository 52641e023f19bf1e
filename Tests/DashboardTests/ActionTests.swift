@testable import Dashboard
import TerminalUI
import Testing
import TraceModel

@Suite struct ActionTests {
    static let contexts = Context.all

    @Test(arguments: contexts)
    func `no two actions of a context share a key`(context: Context) {
        var owners: [Key: String] = [:]
        for action in ActionTable.actions(in: context) {
            for key in action.keys {
                #expect(owners[key] == nil, "\(key) is \(owners[key] ?? "") and \(action.name)")
                owners[key] = action.name
            }
        }
    }

    @Test(arguments: contexts)
    func `names in a context are unique and actions have keys and help`(context: Context) {
        let actions = ActionTable.actions(in: context)
        #expect(Set(actions.map(\.name)).count == actions.count)
        for action in actions {
            #expect(!action.keys.isEmpty, "\(action.name) has no key")
            #expect(action.help.count > 8 && !action.help.hasSuffix("."), "\(action.name): \(action.help)")
            #expect(action.name.allSatisfy { $0.isLowercase || $0 == "-" })
        }
    }

    @Test(arguments: contexts)
    func `every context can be left, and the program from everywhere`(context: Context) throws {
        let quit = try #require(KeyMap().action(for: Key(.character("c"), control: true), in: context))
        var model = DashboardModel.sample()
        #expect(quit.run(&model) == [.quit])
        #expect(context.isList || KeyMap().action(for: Key(.escape), in: context) != nil)
    }

    @Test func `text is typed, not run, while a filter or a command is typed`() {
        for context in [Context.filter, .palette, .moment] {
            for scalar in "abcdefghijklmnopqrstuvwxyz/:?0123456789".unicodeScalars {
                #expect(KeyMap().action(for: Key(.character(scalar)), in: context) == nil)
            }
        }
    }

    @Test func `the help lists every action of its context with its first key`() {
        let model = DashboardModel.sample(120, 40)
        for context in Self.contexts {
            let lines = HelpPage(context, in: model).lines.map(\.text)
            for action in ActionTable.actions(in: context) {
                let begin = action.help.split(separator: " ").prefix(3).joined(separator: " ")
                #expect(lines.contains { $0.contains(begin) && $0.contains(action.keys[0].name(.unicode)) })
            }
        }
    }

    @Test(arguments: [(40, 10), (60, 15), (80, 24), (200, 60)])
    func `no word of the help is cut off on any screen`(width: Int, height: Int) {
        let model = DashboardModel.sample(width, height)
        for context in Self.contexts {
            let lines = HelpPage(context, in: model).lines
            #expect(lines.allSatisfy { $0.width <= width - 4 })
            let words = lines.map(\.text).joined(separator: " ").split(separator: " ").joined(separator: " ")
            for action in ActionTable.actions(in: context) { #expect(words.contains(action.help)) }
        }
    }

    @Test func `a disabled action does nothing and says why`() {
        var model = DashboardModel(size: Size(width: 80, height: 24))
        #expect(model.press("-") == [])
        #expect(model.text.contains("last-screen: no other screen was open yet"))
        #expect(model.press("<Right>") == [])
        #expect(model.text.contains("walk-right: nothing is selected"))
        let help = HelpPage(.list(.topics), in: model).lines.map(\.text).joined(separator: " ")
        #expect(
            help.split(separator: " ").joined(separator: " ").contains("(not now: no other screen was open yet)"))
    }

    @Test func `the footer shows what can be done now and keeps help and quit when it is narrow`() {
        var model = DashboardModel.sample(120, 24)
        model.press("j")
        let wide = model.text.split(separator: "\n").last ?? ""
        #expect(wide.contains("↑↓ move") && wide.contains("e edit") && wide.contains("? help  q quit"))
        let narrow = DashboardModel.sample(40, 12).text.split(separator: "\n").last ?? ""
        #expect(narrow.contains("? help  q quit") && !narrow.contains("edit"))
    }

    @Test func `a command runs by its name, its beginning, or its letters in order`() {
        var model = DashboardModel.sample()
        #expect(model.press(":quit <Enter>") == [.quit])
        #expect(model.press(":win <Enter>") == [.setRange(.hour, until: nil)])
        #expect(model.press(":rld <Enter>") == [.reloadCatalog])
        #expect(model.press(":serv <Tab>") == [])
        #expect(model.line(with: ":services") != "")
        model.press("<Enter>")
        #expect(model.context == .list(.services))
        #expect(model.press(":nonsense <Enter>") == [])
        #expect(model.text.contains("no action has this name"))
    }

    @Test func `the reference page has a row for every action of every context`() {
        let page = KeyReference.markdown
        for context in Self.contexts {
            for action in ActionTable.actions(in: context) {
                #expect(page.contains("| `\(action.name)` | \(action.help) |"))
            }
        }
        #expect(page.contains("| `j` `↓` | `down` | the next row |"))
    }

    @Test func `texts that send people to a key name the one that stands for the action now`() {
        let glyphs = DashboardModel.sample(80, 24).settings.glyphs
        let remapped = KeyMap(["filter": [Key(.character("f"))], "window": []])
        #expect(KeyMap().name(of: "filter", glyphs) == "/")
        #expect(remapped.name(of: "filter", glyphs) == "f")
        #expect(remapped.name(of: "window", glyphs) == ":window")
    }
}
