import CatalogModel
import FlowMatching
import TerminalUI
import Testing
import TraceModel

@testable import Dashboard

@Suite struct UpdateTests {
    /// A key script, and the effects of all its keys.
    static let scripts: [(keys: String, effects: [Effect])] = [
        ("q", [.quit]),
        ("<C-c>", [.quit]),
        ("/abc <C-c>", [.quit]),
        ("4 <Enter> q", []),
        ("4 <Enter> q q", [.quit]),
        ("<C-z>", [.suspend]),
        ("r", [.reloadCatalog]),
        ("w w", [.setRange(.hour, until: nil), .setRange(.day, until: nil)]),
        ("y", [.copy("audit.mystery")]),
        ("2 y", [.copy("gateway")]),
        ("4 y", [.copy("7f3a90c2-콘서트")]),
        ("4 <Enter> y", [.copy("7f3a90c2-콘서트")]),
        ("4 j <Enter> <Enter> y", [.copy("00000000000000000000000000000003 0000000000000001")]),
        (
            "5 /mystery <Enter> y",
            [.refreshDrift, .copy("'audit.mystery' on kafka is used, and the catalog does not have it")]
        ),
        ("e", []),
        ("j j e", [.openEditor(path: "catalog/channels.yaml", line: 2)]),
        ("2 G k k k e", [.openEditor(path: "catalog/services.yaml", line: 80)]),
        ("3 e", [.openEditor(path: "catalog/flows.yaml", line: 2)]),
        ("6 <Enter>", [.openEditor(path: "catalog/services.yaml", line: 2)]),
        ("6 j e", [.openEditor(path: "catalog/channels.yaml", line: 3)]),
        ("m", [.previewMermaid(.node(.channel("audit.mystery")))]),
        ("2 m", [.previewMermaid(.node(.service("gateway")))]),
        ("3 m", [.previewMermaid(.flow("concert-booking"))]),
        ("4 m", [.previewMermaid(.conversation(id: "7f3a90c2-콘서트"))]),
        ("4 j <Enter> m", [.previewMermaid(.conversation(id: "declined"))]),
        ("6 m", [.previewMermaid(.system)]),
    ]

    @Test(arguments: scripts)
    func `keys have these effects`(script: (keys: String, effects: [Effect])) {
        var model = DashboardModel.sample()
        #expect(model.press(script.keys) == script.effects)
    }

    @Test func `a preview is shown, scrolled, copied, saved and closed`() {
        var model = DashboardModel.sample()
        let text = (1...100).map { "line \($0)" }.joined(separator: "\n")
        _ = model.update(.preview(title: "Mermaid", text: text, fileName: "order.mmd"))
        #expect(model.text.contains("line 1"))
        #expect(model.press("G y S") == [.copy(text), .saveFile(name: "order.mmd", text: text)])
        #expect(model.text.contains("line 100"))
        model.press("<Esc>")
        #expect(model.context == .list(.topics))
    }

    @Test func `a conversation without spans is loaded when it is opened`() {
        var model = DashboardModel.sample()
        var snapshot = Sample.snapshot
        var bare = Sample.booking
        bare.spans = []
        snapshot.conversations = [bare]
        _ = model.update(.data(Sample.graph, snapshot))
        #expect(model.press("4 <Enter>") == [.loadConversation(id: "7f3a90c2-콘서트")])
        #expect(model.text.contains("reading the spans of this conversation"))
        _ = model.update(.conversation(Sample.booking))
        #expect(model.text.contains("lag 38ms"))
        // The next snapshot knows no spans either, and takes none away.
        snapshot.time += 1_000_000_000
        _ = model.update(.data(Sample.graph, snapshot))
        #expect(model.text.contains("lag 38ms"))
    }

    @Test func `a notice stands at the bottom until the next key`() {
        var model = DashboardModel.sample()
        _ = model.update(.notice("saved order.mmd"))
        #expect(model.text.contains("saved order.mmd"))
        model.press("j")
        #expect(!model.text.contains("saved order.mmd"))
    }

    @Test func `trouble with the catalog is said until it can be read again`() {
        var model = DashboardModel.sample()
        _ = model.update(.catalogTrouble("there is no catalog at cat2"))
        #expect(model.text.contains("there is no catalog at cat2"))
        _ = model.update(.catalog(Sample.catalog, Sample.findings))
        #expect(!model.text.contains("there is no catalog"))
        // What else was said stays.
        _ = model.update(.catalogTrouble("there is no catalog at cat2"))
        _ = model.update(.notice("saved as a.txt"))
        _ = model.update(.catalog(Sample.catalog, Sample.findings))
        #expect(model.text.contains("saved as a.txt"))
    }

    @Test func `a paused picture takes the newest data when it runs again`() {
        var model = DashboardModel.sample()
        model.press("p")
        let before = model.text
        var snapshot = Sample.snapshot
        for step in 1...3 {
            snapshot.time = Sample.now + UInt64(step) * 1_000_000_000
            snapshot.health.spans = 50_000_000 * step
            _ = model.update(.data(Sample.graph, snapshot))
        }
        #expect(model.text.contains("‖ paused"))
        #expect(!model.text.contains("150M spans"))
        #expect(before.split(separator: "\n")[5] == model.text.split(separator: "\n")[5])
        model.press("p")
        #expect(model.text.contains("150M spans"))
    }

    @Test func `a snapshot that a newer one overtook changes nothing`() {
        var model = DashboardModel.sample()
        let before = model
        var old = Sample.snapshot
        old.time -= 1
        old.conversations = []
        _ = model.update(.data(FlowGraph(), old))
        #expect(model == before)
    }

    @Test func `catalog and data give the same screen in either order`() {
        var first = DashboardModel(size: Size(width: 80, height: 24))
        _ = first.update(.catalog(Sample.catalog, Sample.findings))
        _ = first.update(.data(Sample.graph, Sample.snapshot))
        var second = DashboardModel(size: Size(width: 80, height: 24))
        _ = second.update(.data(Sample.graph, Sample.snapshot))
        _ = second.update(.catalog(Sample.catalog, Sample.findings))
        for keys in ["", "3", "4", "5", "6"] {
            first.press(keys)
            second.press(keys)
            #expect(first.drawn() == second.drawn())
        }
    }

    @Test func `rates in the names of spans count for the names of the catalog`() {
        let model = DashboardModel.sample()
        #expect(model.line(with: "order.completed  주문 완료").contains("41.0"))
    }

    @Test func `a resize keeps the selected row on the screen`() {
        var model = DashboardModel.sample(80, 40)
        model.press("G <Resize:80x14>")
        #expect(model.text.contains("▸ settlement-dlq"))
        #expect(model.list.selectedItem == 8)
        model.press("<Resize:1x1> <Resize:120x40>")
        #expect(model.drawn().size == Size(width: 120, height: 40))
        #expect(model.list.selectedItem == 8)
    }
}
