import CatalogLint
import CatalogModel
public import SourceDiagnostics

/// A session of the Language Server Protocol 3.17: messages in, messages out.
///
/// ``take(_:)`` queues what came, ``step()`` works on one message. Only when nothing is queued any more a check begins,
/// one at a time, and elsewhere, so that nobody who types waits for the linter. A request that is cancelled while it
/// waits is not worked on.
///
/// ```
/// for message in framing.take(bytes) { output += session.take(message) }
/// while let more = session.step() { output += more }   // then wait for more bytes, or for a check
/// ```
public struct LanguageSession: Sendable {
    /// What the caller must do.
    public enum Output: Sendable, Equatable {
        case send(JSONValue)
        /// Run it, and give what it found to ``take(_:of:)``.
        case check(FindingsCheck)
        /// The session is over, with this exit code.
        case exit(Int32)
    }

    enum Phase { case new, running, shutDown }

    let settings: LanguageServerSettings
    var phase = Phase.new
    var encoding = PositionEncoding.utf16
    var folder: PathMapping
    var state: CatalogState
    private var inbox: [RPC.Incoming] = []
    /// What of `inbox` is done.
    private var done = 0
    private var isDirty = false
    private var isChecking = false
    var canWatchFiles = false
    var showsMarkdown = true
    /// Where the catalog may be, best first.
    var candidates: [String] = []
    /// The findings that were sent, by file.
    private var sent: [String: [Diagnostic]] = [:]

    public init(settings: LanguageServerSettings) {
        self.settings = settings
        folder = PathMapping(workingFolder: settings.workingFolder)
        state = CatalogState()
    }

    // MARK: Queue

    /// Takes the content of one message. Answers at once only what cannot wait: what is no message, and cancellations.
    public mutating func take(_ content: [UInt8]) -> [Output] {
        guard let value = JSONValue(parsing: content) else {
            return [.send(RPC.error(.parseError, "the message is not JSON", for: .null))]
        }
        guard case .object = value else {
            return [.send(RPC.error(.invalidRequest, "a message must be an object", for: .null))]
        }
        guard let method = value["method"].string else {
            // An answer to a request of ours; nothing waits for one.
            if !value["result"].isNull || !value["error"].isNull || !value["id"].isNull,
                value["method"].isNull
            {
                return []
            }
            return [.send(RPC.error(.invalidRequest, "a message must have a method", for: value["id"]))]
        }
        let id = value["id"]
        if method == "$/cancelRequest" {
            let cancelled = value["params"]["id"]
            guard let index = inbox[done...].firstIndex(where: { $0.id == cancelled }) else { return [] }
            inbox.remove(at: index)
            return [.send(RPC.error(.requestCancelled, "the request was cancelled", for: cancelled))]
        }
        inbox.append(RPC.Incoming(id: id.isNull ? nil : id, method: method, params: value["params"]))
        return []
    }

    /// Takes what a check found. Where the texts have changed meanwhile, another check follows.
    public mutating func take(_ findings: [Diagnostic], of check: FindingsCheck) -> [Output] {
        isChecking = false
        guard phase == .running else { return [] }
        guard state.take(findings, of: check) else {
            isDirty = true
            return []
        }
        return publish()
    }

    /// Works on the next message, or, when none is left, begins a check. Nil when there is nothing to do.
    public mutating func step() -> [Output]? {
        if done < inbox.count {
            let message = inbox[done]
            done += 1
            if done == inbox.count {
                inbox.removeAll()
                done = 0
            }
            return handle(message)
        }
        guard isDirty, !isChecking, phase == .running else { return nil }
        isDirty = false
        guard let check = state.check(settings.lint) else { return publish() }
        isChecking = true
        return [.check(check)]
    }

    private mutating func handle(_ message: RPC.Incoming) -> [Output] {
        if message.method == "exit" { return [.exit(phase == .shutDown ? 0 : 1)] }
        guard let id = message.id else {
            if phase == .running { notice(message) }
            return phase == .running && message.method == "initialized" ? registrations() : []
        }
        do throws(RPC.Failure) {
            return [.send(RPC.result(try answer(message), for: id))]
                + (message.method == "initialize" ? opening() : [])
        } catch {
            return [.send(RPC.error(error.code, error.message, for: id))]
        }
    }

    // MARK: Notifications

    private mutating func notice(_ message: RPC.Incoming) {
        let document = message.params["textDocument"]
        switch message.method {
        case "initialized": isDirty = true
        case "textDocument/didOpen":
            guard let file = path(document), let text = document["text"].string else { return }
            // A catalog may have come since the session began.
            if state.workspace == nil { openCatalog() }
            state.open(file, TextDocument(Array(text.utf8), version: document["version"].int))
            isDirty = true
        case "textDocument/didChange":
            guard let file = path(document) else { return }
            let changes = message.params["contentChanges"].array.compactMap { change -> CatalogState.Edit? in
                guard let text = change["text"].string else { return nil }
                // A range that is none must not replace the whole text.
                let range = TextRange(change["range"])
                guard range != nil || change["range"].isNull else { return nil }
                return CatalogState.Edit(range: range, text: text)
            }
            state.change(file, changes, version: document["version"].int, encoding)
            isDirty = true
        case "textDocument/didClose":
            guard let file = path(document) else { return }
            state.close(file)
            isDirty = true
        case "textDocument/didSave":
            // A client that tells of no changes on disk may have made some, in files that it does not hold open.
            if !canWatchFiles { openCatalog() }
            isDirty = true
        case "workspace/didChangeWatchedFiles":
            let files = message.params["changes"].array.compactMap { $0["uri"].string.flatMap(folder.path) }
            if state.workspace == nil || files.contains(where: { $0.hasSuffix(".flowglassignore") }) { openCatalog() }
            for file in files { state.changedOnDisk(file) }
            isDirty = true
        default: break
        }
    }

    func path(_ document: JSONValue) -> String? { document["uri"].string.flatMap(folder.path) }

    /// Asks the client to tell of files that change outside of it.
    private func registrations() -> [Output] {
        guard canWatchFiles else { return [] }
        let watchers: JSONValue = [
            ["globPattern": "**/*.{yaml,yml,json}"], ["globPattern": "**/.flowglassignore"],
        ]
        let registration: JSONValue = [
            "id": "catalog-files", "method": "workspace/didChangeWatchedFiles",
            "registerOptions": ["watchers": watchers],
        ]
        return [
            .send(
                RPC.request(
                    "client/registerCapability", ["registrations": [registration]], id: "catalog-files"))
        ]
    }

    /// What is said once the session has begun: why there is no catalog.
    private func opening() -> [Output] {
        guard let problem = state.problem else { return [] }
        return [.send(RPC.notification("window/logMessage", ["type": 2, "message": .string(problem)]))]
    }

    // MARK: Findings

    /// Sends the findings of every file whose findings, or whose text, changed.
    private mutating func publish() -> [Output] {
        guard let view = state.view(encoding, folder) else { return [] }
        let byFile = Dictionary(grouping: state.findings(settings.lint).filter { $0.span != nil }) {
            $0.span?.file ?? ""
        }
        let touched = state.takeTouched()
        let feature = FindingsFeature(view: view)
        var output: [Output] = []
        for file in Set(byFile.keys).union(sent.keys).sorted() {
            let findings = byFile[file] ?? []
            guard sent[file] ?? [] != findings || touched.contains(file) && !findings.isEmpty else { continue }
            sent[file] = findings.isEmpty ? nil : findings
            output.append(
                .send(
                    RPC.notification(
                        "textDocument/publishDiagnostics",
                        .members([
                            ("uri", .string(folder.uri(file))),
                            ("version", state.documents[file]?.version.map { .number($0) }),
                            ("diagnostics", .array(findings.compactMap(feature.json))),
                        ]))))
        }
        return output
    }
}
