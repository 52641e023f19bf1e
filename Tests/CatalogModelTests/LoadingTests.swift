import CatalogModel
import Foundation
import SourceDiagnostics
import Testing

@Suite struct `loading a catalog` {
    @Test func `reads every file below the folder in path order and merges them`() throws {
        let folder = try ScratchFolder([
            "b.yaml": "services:\n  order: { publishes: [order.paid] }\n",
            "a/topics.yml": "topics:\n  order.paid: { broker: main }\n",
            "brokers.yaml": "brokers:\n  main: { system: kafka }\n",
            "notes.txt": "not a catalog", ".hidden.yaml": "oops: 1", ".git/x.yaml": "oops: 1",
        ])
        let loaded = try loadCatalog(at: folder.path)
        #expect(loaded.diagnostics == [])
        #expect(loaded.filesChecked == 3)
        #expect(
            loaded.sources.map { $0.path.dropFirst(folder.path.count + 1) } == [
                "a/topics.yml", "b.yaml", "brokers.yaml",
            ])
        #expect(loaded.catalog.channel(named: "order.paid")?.system == .kafka)
    }

    @Test func `leaves out what the ignore list names`() throws {
        let folder = try ScratchFolder([
            ".flowglassignore": "# generated\nvendor/\n*.draft.yaml\n!keep.draft.yaml\n",
            "vendor/deep/x.yaml": "oops: 1", "a.draft.yaml": "oops: 1", "keep.draft.yaml": "services: {a: {}}",
        ])
        let loaded = try loadCatalog(at: folder.path)
        #expect(loaded.filesChecked == 1)
        #expect(loaded.diagnostics == [])
        #expect(loaded.catalog.services.map(\.name) == ["a"])
    }

    @Test func `a single file is a catalog too, and one reached twice is read once`() throws {
        let folder = try ScratchFolder(["a.yaml": "services: {a: {}}"])
        let loaded = try loadCatalog(at: [folder.path, folder.path + "/a.yaml"])
        #expect(loaded.filesChecked == 1)
        #expect(loaded.diagnostics == [])
        #expect(try loadCatalog(at: folder.path + "/a.yaml").catalog.services.count == 1)
    }

    @Test func `a path that is not there is an error with its reason`() {
        let error = #expect(throws: CatalogLoadError.self) { try loadCatalog(at: "/nowhere/at/all") }
        #expect(error == .notFound(path: "/nowhere/at/all"))
        #expect(error?.description == "cannot read the catalog '/nowhere/at/all': no such file or folder")
    }

    @Test func `a link that leads back up is followed once`() throws {
        let folder = try ScratchFolder(["a/a.yaml": "services: {a: {}}"])
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/a/up", withDestinationPath: folder.path)
        let loaded = try loadCatalog(at: folder.path)
        #expect(loaded.filesChecked == 1)
    }

    @Test func `the same name in two files shows both places`() {
        let loaded = loadCatalog(texts: [
            (path: "a.yaml", text: "services:\n  order: { title: first }\n"),
            (path: "b.yaml", text: "services:\n  order: { title: second }\n"),
        ])
        #expect(loaded.diagnostics.map(\.message) == ["service 'order' is defined twice"])
        #expect(loaded.diagnostics.first?.span == SourceSpan(file: "b.yaml", line: 2, column: 3, endColumn: 8))
        #expect(loaded.diagnostics.first?.related.map(\.span.file) == ["a.yaml"])
        #expect(loaded.catalog.service(named: "order")?.documentation.title == "first")
    }

    @Test func `one bad file never hides the rest, and what it may hold is not called missing`() {
        let loaded = loadCatalog(texts: [
            (path: "a.yaml", text: "services:\n  a: { publishes: [order.paid, order.sent, order.lost] }\n"),
            (path: "b.yaml", text: "topics:\n  order.paid: {}\n  order.sent: {\n"),
            (path: "c.yaml", text: "services:\n  c: { titel: x }\n"),
        ])
        #expect(loaded.diagnostics.map(\.rule) == ["unknown-reference", "syntax-error", "unknown-key"])
        #expect(loaded.diagnostics.first?.message.contains("order.lost") == true)
    }

    @Test func `what stands before a syntax error is read`() {
        let loaded = loadCatalog(texts: [(path: "a.yaml", text: "services:\n  a: {}\n  b: {}\nbroken: [\n")])
        #expect(loaded.catalog.services.map(\.name) == ["a", "b"])
    }

    @Test func `every document of a stream counts`() {
        let loaded = loadCatalog(texts: [(path: "a.yaml", text: "services: {a: {}}\n---\nservices: {b: {}}\n...\n")])
        #expect(loaded.catalog.services.map(\.name) == ["a", "b"])
        #expect(loaded.diagnostics == [])
    }

    @Test(arguments: ["", "\n", "# only a comment\n", "---\n", "~\n", "services:\n", "services: {}\ntopics:\n"])
    func `an empty file says nothing wrong`(text: String) {
        #expect(loadCatalog(texts: [(path: "a.yaml", text: text)]).diagnostics == [])
    }
}
