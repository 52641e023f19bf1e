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
        // When it was so, and of what stretch of time.
        #expect(preview.text == "Flowglass, 2026-01-15 09:00:00, figures of 5m\n\n" + screen + "\n")
        #expect(model.press("y") == [.copy(preview.text)])
        #expect(model.press("S") == [.saveFile(name: preview.fileName, text: preview.text)])
        model.press("<Esc>")
        #expect(model.overlay == nil)
    }

    @Test func `what was copied is named: one name, several, or a text`() {
        var model = DashboardModel.sample()
        model.press("y")
        #expect(model.notice == "copied 'audit.mystery'")
        model.press("<Space> <Space> y")
        #expect(model.notice == "copied 2 names")
        model.press("X y")
        #expect(model.notice == "copied the text")
    }

    @Test func `an explanation goes on below where a line is too long, a diagram does not`() {
        let text = String(repeating: "왜 이 규칙이 있는가 ", count: 20) + "끝.\n"
        var model = DashboardModel.sample()
        _ = model.update(.preview(title: "rule", text: text, fileName: "rule.txt", isProse: true))
        #expect(model.text.contains("끝."))
        _ = model.update(.preview(title: "rule", text: text, fileName: "rule.mmd"))
        #expect(!model.text.contains("끝."))
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
