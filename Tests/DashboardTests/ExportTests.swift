@testable import Dashboard
import TerminalUI
import Testing

@Suite struct ExportTests {
    @Test(arguments: ["", "2", "3", "4", "5", "6", "4 <Enter>", "4 <Enter> v", "<Right>"])
    func `a screen is exported as it stands, to copy and to save`(keys: String) throws {
        var model = DashboardModel.sample(100, 30)
        model.press(keys)
        let screen = model.text
        model.press("X")
        guard case .preview(let preview) = model.overlay else { return #expect(Bool(false)) }
        #expect(preview.text == screen + "\n")
        #expect(model.press("y") == [.copy(preview.text)])
        #expect(model.press("S") == [.saveFile(name: preview.fileName, text: preview.text)])
        model.press("<Esc>")
        #expect(model.overlay == nil)
    }

    @Test func `a blast radius names who fails, who waits and whom to ask`() {
        var model = DashboardModel.sample()
        model.press("2")
        #expect(model.press("i") == [])
        guard case .preview(let preview) = model.overlay else { return #expect(Bool(false)) }
        #expect(preview.text.contains("When 'gateway' stops"))
        #expect(preview.text.contains("whom to ask\n  team-gateway: gateway"))
        model.press("<Esc> 1 g i")
        #expect(model.text.contains("the catalog does not know audit.mystery") || model.context == .preview)
    }
}
