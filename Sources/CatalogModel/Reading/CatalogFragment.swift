import SourceDiagnostics

/// What one catalog file says: its definitions, not yet merged with those of the other files.
struct CatalogFragment: Sendable {
    var source: SourceFile
    var diagnostics: [Diagnostic] = []
    var brokenKeys: Set<BrokenKey> = []
    /// `catalog:` and `conventions:` as they stand, and their keys' places.
    var about: [Fields] = []
    var conventions: [Fields] = []
    var lint: [LintEntry] = []
    var brokers: [Broker] = []
    var services: [Service] = []
    var channels: [Channel] = []
    var messages: [Message] = []
    var flows: [Flow] = []
    /// Comments that switch rules off.
    var suppressions: [Suppression] = []
    /// Whether the file describes one application whose channels other files may describe as well.
    var describesApplication = false
    /// The files that the document refers to; they are parts of it and no catalog files.
    var referencedFiles: Set<String> = []
    /// Whether a syntax error hides a part of the file.
    var isBroken = false

    init(source: SourceFile) { self.source = source }

    /// The same file when another document refers to it: only its syntax errors count.
    var asPartOfAnother: CatalogFragment {
        var part = CatalogFragment(source: source)
        part.diagnostics = diagnostics.filter { $0.rule == "syntax-error" }
        part.isBroken = isBroken
        return part
    }

    /// Takes over the top-level maps of one document.
    mutating func add(_ file: Fields, _ reader: inout CatalogReader) {
        for item in file.items {
            switch item.value.content {
            case .fields(let fields) where item.key == .catalog: about.append(fields)
            case .fields(let fields) where item.key == .conventions: conventions.append(fields)
            case .lint(let entries): lint += entries
            case .named(let entries):
                for entry in entries { add(entry, &reader) }
            default: break
            }
        }
    }

    private mutating func add(_ entry: Entry, _ reader: inout CatalogReader) {
        switch entry.fields.kind {
        case .broker:
            let system = entry.fields.text(.system).flatMap(MessagingSystem.init(rawValue:)) ?? .other
            var broker = Broker(name: entry.name.value, span: entry.name.span, system: system)
            broker.url = entry.fields.text(.url)
            broker.description = entry.fields.text(.description)
            brokers.append(broker)
        case .service: services.append(Service(entry, &reader))
        case .topic: channels.append(Channel(entry, kind: .topic))
        case .queue: channels.append(Channel(entry, kind: .queue))
        case .message:
            var message = Message(name: entry.name.value, span: entry.name.span)
            message.documentation = Documentation(entry.fields)
            message.version = entry.fields.text(.version)
            message.schema = entry.fields.located(.schema)
            message.compatibility = entry.fields.text(.compatibility)
            message.example = entry.fields.text(.example)
            messages.append(message)
        case .flow:
            var flow = Flow(name: entry.name.value, span: entry.name.span)
            flow.documentation = Documentation(entry.fields)
            flow.style = entry.fields.located(.style).flatMap { style in
                Flow.Style(rawValue: style.value).map { Located($0, style.span) }
            }
            flow.compensates = entry.fields.flag(.compensates)?.value ?? false
            flow.orchestrator = entry.fields.located(.orchestrator)
            for value in entry.fields.list(.steps) {
                if let step = reader.step(value) { flow.steps.append(step) }
            }
            flows.append(flow)
        default: break
        }
    }
}
