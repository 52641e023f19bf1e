import CatalogModel

/// Writes one sequence diagram: participants in the order in which they first take part, then what happens.
struct SequenceWriter {
    /// Who takes part: a service, or a channel between services.
    struct Participant: Hashable {
        var isChannel: Bool
        var name: String
    }

    /// Solid or dashed, and how it ends.
    enum Arrow: String {
        case call = "->>"
        case reply = "-->>"
        case failedReply = "--x"
        case message = "-)"
        case failedMessage = "-x"

        var isReply: Bool { self == .reply || self == .failedReply }
    }

    private var ids = MermaidIDs()
    private var idsOfParticipants: [Participant: String] = [:]
    private var participants: [String] = []
    private var statements: [String] = []
    private let catalog: Catalog

    /// - Parameter catalog: Where the titles of participants come from, which stand above their names.
    init(titles catalog: Catalog) { self.catalog = catalog }

    mutating func add(_ from: Participant, _ arrow: Arrow, _ to: Participant, _ text: String) {
        let ends = (id(of: from), id(of: to))
        statements.append("\(ends.0)\(arrow.rawValue)\(ends.1): \(MermaidText.line(text))")
    }

    mutating func addNote(over participant: Participant, _ text: String) {
        statements.append("Note over \(id(of: participant)): \(MermaidText.line(text))")
    }

    mutating func addStatement(_ statement: String) { statements.append(statement) }

    func write(to document: inout MermaidDocument) {
        document.addBlank()
        for participant in participants { document.add(participant) }
        document.addBlank()
        for statement in statements { document.add(statement) }
    }

    private mutating func id(of participant: Participant) -> String {
        if let id = idsOfParticipants[participant] { return id }
        let id = ids.id(participant.isChannel ? .channel : .service, participant.name)
        idsOfParticipants[participant] = id
        participants.append("participant \(id) as \(alias(participant))")
        return id
    }

    private func alias(_ participant: Participant) -> String {
        let title =
            participant.isChannel
            ? catalog.channel(named: participant.name)?.documentation.title
            : catalog.service(named: participant.name)?.documentation.title
        guard let title, !title.isEmpty, title != participant.name else { return MermaidText.line(participant.name) }
        return "\(MermaidText.line(title))<br/>\(MermaidText.line(participant.name))"
    }
}
