import CatalogLint
import CatalogModel
import SourceDiagnostics

extension LanguageSession {
    /// The result of a request.
    mutating func answer(_ request: RPC.Incoming) throws(RPC.Failure) -> JSONValue {
        switch (phase, request.method) {
        case (.new, "initialize"): return initialize(request.params)
        case (.new, _):
            throw RPC.Failure(
                code: .serverNotInitialized, message: "'\(request.method)' came before 'initialize'")
        case (.running, "initialize"):
            throw RPC.Failure(code: .invalidRequest, message: "the session is initialized already")
        case (.running, "shutdown"):
            phase = .shutDown
            return .null
        case (.shutDown, _):
            throw RPC.Failure(code: .invalidRequest, message: "'\(request.method)' came after 'shutdown'")
        case (.running, _): return try answerRunning(request)
        }
    }

    private mutating func answerRunning(_ request: RPC.Incoming) throws(RPC.Failure) -> JSONValue {
        let params = request.params
        guard Self.methods.contains(request.method) else {
            throw RPC.Failure(code: .methodNotFound, message: "there is no method '\(request.method)'")
        }
        guard let view = state.view(encoding, folder) else { return .null }
        let navigation = NavigationFeature(view: view, fileExists: settings.lint.fileExists)
        if request.method == "workspace/symbol" {
            return navigation.workspaceSymbols(params["query"].string ?? "")
        }
        guard let file = path(params["textDocument"]) else {
            throw RPC.Failure(
                code: .invalidParams, message: "'textDocument.uri' must be the URI of a local file")
        }
        switch request.method {
        case "textDocument/documentSymbol": return navigation.documentSymbols(file)
        case "textDocument/documentLink": return navigation.documentLinks(file)
        case "textDocument/codeAction":
            guard let range = TextRange(params["range"]) else {
                throw RPC.Failure(code: .invalidParams, message: "'range' must be a range")
            }
            let only = params["context"]["only"].array.compactMap(\.string)
            return FindingsFeature(view: view).actions(
                file, range.range, state.findings(settings.lint), only: only)
        default: break
        }
        guard let position = TextPosition(params["position"]) else {
            throw RPC.Failure(
                code: .invalidParams, message: "'position' must have a line and a character")
        }
        switch request.method {
        case "textDocument/hover": return HoverFeature(view: view, isMarkdown: showsMarkdown).answer(file, position)
        case "textDocument/completion": return CompletionFeature(view: view).answer(file, position)
        case "textDocument/definition": return navigation.definition(file, position)
        case "textDocument/references":
            let withDefinition = params["context"]["includeDeclaration"].flag ?? true
            return navigation.references(file, position, withDefinition: withDefinition)
        case "textDocument/documentHighlight": return navigation.highlights(file, position)
        case "textDocument/prepareRename": return RenameFeature(view: view).prepare(file, position)
        case "textDocument/rename":
            guard let name = params["newName"].string else {
                throw RPC.Failure(code: .invalidParams, message: "'newName' must be a text")
            }
            return try RenameFeature(view: view).rename(file, position, to: name)
        default: return .null
        }
    }

    private static let methods: Set<String> = [
        "textDocument/codeAction", "textDocument/completion",
        "textDocument/definition",
        "textDocument/documentHighlight", "textDocument/documentLink", "textDocument/documentSymbol",
        "textDocument/hover", "textDocument/prepareRename", "textDocument/references",
        "textDocument/rename",
        "workspace/symbol",
    ]

    // MARK: initialize

    private mutating func initialize(_ params: JSONValue) -> JSONValue {
        phase = .running
        let offered = params["capabilities"]["general"]["positionEncodings"].array.compactMap(\.string)
        // The client's order is its preference; UTF-16 is what all understand.
        encoding = offered.lazy.compactMap(PositionEncoding.init).first ?? .utf16
        canWatchFiles =
            params["capabilities"]["workspace"]["didChangeWatchedFiles"]["dynamicRegistration"].flag
            ?? false
        let formats = params["capabilities"]["textDocument"]["hover"]["contentFormat"].array.compactMap(\.string)
        showsMarkdown = formats.isEmpty || formats.contains("markdown")
        candidates = candidates(roots(params), named: params["initializationOptions"]["catalog"].string)
        openCatalog()
        return [
            "capabilities": [
                "positionEncoding": .string(encoding.rawValue),
                // 2: changes come as edits.
                "textDocumentSync": ["openClose": true, "change": 2, "save": true],
                "hoverProvider": true,
                "completionProvider": [
                    "triggerCharacters": [" ", "[", "{", ","], "resolveProvider": false,
                ],
                "definitionProvider": true, "referencesProvider": true, "documentHighlightProvider": true,
                "documentSymbolProvider": true, "workspaceSymbolProvider": true,
                "documentLinkProvider": ["resolveProvider": false],
                "codeActionProvider": ["codeActionKinds": ["quickfix", .string(FindingsFeature.fixAllKind)]],
                "renameProvider": ["prepareProvider": true],
            ],
            "serverInfo": ["name": "flowglass", "version": .string(settings.version)],
        ]
    }

    /// The folders that the client works in.
    private func roots(_ params: JSONValue) -> [String] {
        let folders = params["workspaceFolders"].array.compactMap {
            $0["uri"].string.flatMap(folder.path)
        }
        if !folders.isEmpty { return folders }
        let root =
            params["rootUri"].string.flatMap(folder.path) ?? params["rootPath"].string.map(folder.shown)
        return [root ?? ""]
    }

    /// The catalog that the command line or the client names, else `catalog` in a workspace folder, else the folder
    /// itself where it is one.
    private func candidates(_ roots: [String], named: String?) -> [String] {
        if let name = settings.catalog { return [name] }
        if let named { return roots.map { named.hasPrefix("/") ? folder.shown(named) : joined($0, named) } }
        return roots.map { joined($0, "catalog") } + roots.filter { $0.split(separator: "/").last == "catalog" }
    }

    /// Reads the first catalog that is there.
    mutating func openCatalog() {
        guard let path = candidates.first(where: settings.exists) else {
            let wanted = folder.absolute(candidates.first ?? "catalog")
            state.problem =
                "there is no catalog at \(wanted): name it with --catalog, or in initializationOptions.catalog"
            return
        }
        do throws(CatalogLoadError) {
            state.use(try settings.open(path))
        } catch {
            state.problem = error.description
        }
    }

    private func joined(_ folder: String, _ name: String) -> String {
        folder.isEmpty ? name : "\(folder)/\(name)"
    }
}

extension TextPosition {
    init?(_ json: JSONValue) {
        guard let line = json["line"].int, let column = json["character"].int, line >= 0, column >= 0
        else { return nil }
        self.init(line: line, column: column)
    }
}

/// A range of the client; its ends in order.
struct TextRange: Sendable {
    var range: Range<TextPosition>

    init?(_ json: JSONValue) {
        guard let start = TextPosition(json["start"]), let end = TextPosition(json["end"]) else {
            return nil
        }
        range = min(start, end)..<max(start, end)
    }
}
