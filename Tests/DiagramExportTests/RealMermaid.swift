import Foundation

/// The real Mermaid in a headless browser, where the checker and its browser are at hand.
enum RealMermaid {
    /// What Mermaid made of one diagram.
    struct Drawing {
        var name: String
        var error: String?
        /// Text as it is drawn, by what it belongs to: `nodes`, `edges`, `clusters`, `actors`, `messages`, `notes`.
        var labels: [String: [String]]
        /// Nodes by id, with their text.
        var nodes: [String: String]
        /// Arrows as `from`, text, `to`, by the texts of their ends.
        var arrows: [[String]]
        var links: [String]
        /// What a screen reader hears.
        var accessibleTitle: String
    }

    private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let shared = repository.deletingLastPathComponent().appendingPathComponent("shared").path

    private static let checker = shared + "/tools/mermaid/mermaid-check"

    /// Whether diagrams can be drawn here: asked once.
    static let isAvailable: Bool = {
        guard FileManager.default.isExecutableFile(atPath: checker),
            ["/usr/bin/chromium", "/usr/lib/chromium/chromium"].contains(where: FileManager.default.fileExists),
            let versions = try? run(["--list-versions"], input: Data())
        else { return false }
        return !versions.isEmpty
    }()

    /// Draws diagrams in one browser.
    static func draw(_ diagrams: [(name: String, text: String)]) throws -> [Drawing] {
        var input = Data()
        for diagram in diagrams {
            input += try JSONSerialization.data(withJSONObject: ["name": diagram.name, "text": diagram.text])
            input += Data("\n".utf8)
        }
        let output = try run(
            ["--jsonl", "-", "--json", "--labels", "--model", "--timeout", "120"], input: input)
        return try output.split(separator: UInt8(ascii: "\n")).map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] ?? [:]
            return Drawing(object)
        }
    }

    private static func run(_ arguments: [String], input: Data) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: checker)
        process.arguments = arguments
        let (standardInput, output) = (Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // The checker reads all of its input before it writes.
        standardInput.fileHandleForWriting.write(input)
        try standardInput.fileHandleForWriting.close()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return data
    }
}

extension RealMermaid.Drawing {
    fileprivate init(_ object: [String: Any]) {
        name = object["name"] as? String ?? ""
        error = object["ok"] as? Bool == true ? nil : object["error"] as? String ?? "no answer"
        let drawn = object["labels"] as? [String: Any] ?? [:]
        labels = drawn.compactMapValues { ($0 as? [String])?.map(Self.trimmed) }
        links = drawn["links"] as? [String] ?? []
        accessibleTitle = drawn["title"] as? String ?? ""
        let model = object["model"] as? [String: Any] ?? [:]
        let things = ["nodes", "actors", "states", "subgraphs"].flatMap { model[$0] as? [[String: Any]] ?? [] }
        var nodes: [String: String] = [:]
        for thing in things {
            guard let id = thing["id"] as? String, nodes[id] == nil else { continue }
            let text =
                thing["text"] as? String ?? (thing["text"] as? [String])?.first ?? thing["title"] as? String ?? ""
            nodes[id] = Self.plain(text)
        }
        self.nodes = nodes
        let ways = ["edges", "messages"].flatMap { model[$0] as? [[String: Any]] ?? [] }
        arrows = ways.compactMap { way in
            guard let from = way["from"] as? String, let to = way["to"] as? String else { return nil }
            let text = way["text"] as? String ?? (way["text"] as? [String])?.first ?? ""
            return [nodes[from] ?? from, Self.plain(text), nodes[to] ?? to]
        }
    }

    private static func trimmed(_ text: String) -> String {
        text.trimmingCharacters(in: .whitespacesAndNewlines.union(["\u{200B}"]))
    }

    /// The model cannot tell a line break from a name with `<br/>` in it: both are line breaks here.
    static func plain(_ text: String) -> String {
        text.replacing("<br/>", with: "\n").replacing("<br>", with: "\n").split(separator: "\n").joined(separator: "\n")
            .trimmingCharacters(in: .whitespacesAndNewlines.union(["\u{200B}"]))
    }
}
