import CatalogLint
import CatalogModel
import SourceDiagnostics

@testable import LanguageServer

/// An editor without an editor: sends messages to a session over files in memory, and keeps what comes back.
final class Client {
    var session: LanguageSession
    private(set) var received: [JSONValue] = []
    private(set) var exitCode: Int32?
    private var lastID = 0

    init(_ files: [(path: String, text: String)], existing: Set<String> = []) {
        let paths = Set(files.map { "catalog/" + $0.path }).union(existing).union(["catalog"])
        session = LanguageSession(
            settings: LanguageServerSettings(
                version: "1.2.3", workingFolder: "/work 곳",
                open: { root throws(CatalogLoadError) in
                    CatalogWorkspace(
                        files: files.map { (path: $0.path, bytes: Array($0.text.utf8)) }, root: root)
                },
                exists: { paths.contains($0) },
                lint: LintSettings(today: "2026-01-15", fileExists: { paths.contains($0) })))
    }

    static func uri(_ path: String) -> JSONValue {
        .string("file:///work%20%EA%B3%B3/catalog/" + path)
    }

    /// Sends without working.
    func post(_ method: String, _ params: JSONValue = .null, id: JSONValue? = nil) {
        let message = JSONValue.members([
            ("jsonrpc", "2.0"), ("id", id), ("method", .string(method)), ("params", params),
        ])
        take(message.text())
    }

    func take(_ text: String) { keep(session.take(Array(text.utf8))) }

    func work() { while let output = session.step() { keep(output) } }

    private func keep(_ outputs: [LanguageSession.Output]) {
        for output in outputs {
            switch output {
            case .send(let message): received.append(message)
            case .check(let check): keep(session.take(check.run(), of: check))
            case .exit(let code): exitCode = code
            }
        }
    }

    /// Sends a request, works, and gives the answer.
    @discardableResult
    func ask(_ method: String, _ params: JSONValue = .null) -> JSONValue {
        lastID += 1
        let id = JSONValue.number(lastID)
        post(method, params, id: id)
        work()
        return received.last { $0["id"] == id && $0["method"].isNull } ?? .null
    }

    func tell(_ method: String, _ params: JSONValue = .null) {
        post(method, params)
        work()
    }

    func start(encodings: JSONValue = ["utf-16"]) {
        ask(
            "initialize",
            [
                "capabilities": ["general": ["positionEncodings": encodings]],
                "workspaceFolders": [["uri": "file:///work%20%EA%B3%B3", "name": "w"]],
            ])
        tell("initialized", [:])
    }

    func open(_ path: String, _ text: String) {
        tell(
            "textDocument/didOpen",
            [
                "textDocument": [
                    "uri": Self.uri(path), "languageId": "yaml", "version": 1, "text": .string(text),
                ]
            ])
    }

    /// Opens a text without its cursor `‸`, and asks at the cursor.
    func ask(_ method: String, at marked: String, in path: String, _ more: [(String, JSONValue)] = [])
        -> JSONValue
    {
        let parts = marked.split(separator: "‸", omittingEmptySubsequences: false)
        open(path, parts.joined())
        let position = TextDocument(Array(parts.joined().utf8)).position(
            ofByte: parts[0].utf8.count, .utf16)
        return ask(
            method,
            .object(
                [
                    ("textDocument", ["uri": Self.uri(path)]), ("position", CatalogView.json(position)),
                ] + more))["result"]
    }

    /// `rule@line:column-column`, for the findings of a file as they were sent last.
    func findings(_ path: String) -> [String] {
        let last = received.last {
            $0["method"].string == "textDocument/publishDiagnostics"
                && $0["params"]["uri"] == Self.uri(path)
        }
        return (last ?? .null)["params"]["diagnostics"].array.map {
            "\($0["code"].string ?? "")@\(Self.place($0["range"]))"
        }
    }

    /// `line:column-column`, from 0 as the protocol has it.
    static func place(_ range: JSONValue) -> String {
        let (start, end) = (range["start"], range["end"])
        let to =
            start["line"] == end["line"]
            ? "\(end["character"].int ?? -1)" : "\(end["line"].int ?? -1):\(end["character"].int ?? -1)"
        return "\(start["line"].int ?? -1):\(start["character"].int ?? -1)-\(to)"
    }
}
