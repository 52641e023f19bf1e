import CatalogModel
import SourceDiagnostics
import TerminalText

/// A blast radius for people: what fails at once and what only waits as trees, each line with its reason and place.
struct ImpactText {
    let radius: BlastRadius
    let catalog: Catalog
    var usesColor = false
    /// Columns of the terminal; nil for as many as the text takes.
    var width: Int?

    var text: String {
        var blocks = [heading, radius.headline(in: catalog) + "\n"]
        if !radius.failing.isEmpty { blocks.append(section("fails at once", tree(radius.failing))) }
        let losing = radius.waiting.filter { $0.effect == .loses }
        let late = radius.waiting.filter { $0.effect != .loses }
        if !losing.isEmpty { blocks.append(section("loses messages", tree(losing))) }
        if !late.isEmpty { blocks.append(section("only waits", tree(late))) }
        if !radius.backlog.isEmpty { blocks.append(section("messages", radius.backlog.map(row))) }
        if !radius.flows.isEmpty { blocks.append(section("flows", radius.flows.map(row))) }
        let owners = radius.owners.filter { $0.owner != nil }
        if !owners.isEmpty { blocks.append(section("ask", owners.flatMap(rows))) }
        if let unowned = radius.owners.first(where: { $0.owner == nil }) {
            blocks.append("nobody is named for \(unowned.ownedWords)\n")
        }
        return blocks.joined(separator: "\n")
    }

    private var heading: String {
        let documentation = catalog.documentation(of: radius.origin)
        let kind =
            switch radius.origin.kind {
            case .service: catalog.service(named: radius.origin.name)?.kind.rawValue ?? "service"
            case .channel: catalog.channel(named: radius.origin.name)?.kind.rawValue ?? "channel"
            case .flow, .broker, .message: radius.origin.kind.rawValue
            }
        var facts = [kind]
        if let owner = documentation?.owner { facts.append("owner \(owner)") }
        if let place = catalog.places(named: radius.origin.name).first(where: \.isDefinition)?.span {
            facts.append("\(place.file):\(place.line)")
        }
        let title = documentation?.title.map { "  \($0)" } ?? ""
        return paint(displaySafe(radius.origin.name), "1") + displaySafe(title) + "\n  "
            + displaySafe(facts.joined(separator: " · ")) + "\n"
    }

    // MARK: Rows

    /// Cells of text; the second is painted.
    private struct Row {
        var cells: [String]
        var color: String
    }

    /// Deeper than this nothing is set in further.
    private static let deepest = 16

    /// Each impact below what caused it; a cause of another section is a line without an effect.
    private func tree(_ impacts: [BlastRadius.ServiceImpact]) -> [Row] {
        let here = Set(impacts.map(\.service))
        var children: [String: [BlastRadius.ServiceImpact]] = [:]
        var roots: [String] = []
        for impact in impacts {
            let cause = impact.cause?.name ?? radius.origin.name
            if !here.contains(cause) || cause == impact.service, !roots.contains(cause) { roots.append(cause) }
            children[cause, default: []].append(impact)
        }
        var rows: [Row] = []
        var drawn: Set<String> = []
        // An explicit stack: a chain of calls may be as long as the catalog.
        var stack: [(impact: BlastRadius.ServiceImpact, rails: String, isLast: Bool)] = []
        func push(_ name: String, _ rails: String) {
            let list = children[name] ?? []
            for (index, child) in list.enumerated().reversed() {
                stack.append((child, rails, index == list.count - 1))
            }
        }
        func drawAll(below cause: String) {
            push(cause, "")
            while let (impact, rails, isLast) = stack.popLast() {
                guard drawn.insert(impact.service).inserted else { continue }
                rows.append(row(impact, rails + (isLast ? "└─ " : "├─ ")))
                // A chain may be as long as the catalog; a terminal is not as wide.
                let isDeep = rails.count >= 3 * Self.deepest
                push(impact.service, isDeep ? rails : rails + (isLast ? "   " : "│  "))
            }
        }
        for root in roots {
            rows.append(Row(cells: [displaySafe(root)], color: ""))
            drawAll(below: root)
        }
        // Two that cause each other hang below no root.
        for impact in impacts where !drawn.contains(impact.service) {
            let cause = impact.cause?.name ?? ""
            rows.append(Row(cells: [displaySafe(cause)], color: ""))
            drawAll(below: cause)
        }
        return rows
    }

    private func row(_ impact: BlastRadius.ServiceImpact, _ rails: String) -> Row {
        let title = catalog.service(named: impact.service)?.documentation.title.map { "  \($0)" } ?? ""
        let place = impact.links.last.map { "\($0.span.file):\($0.span.line)" } ?? ""
        return Row(
            cells: [rails + impact.service + title, impact.effect.words, impact.reason, place].map { displaySafe($0) },
            color: Self.color(of: impact.effect))
    }

    private func row(_ backlog: BlastRadius.Backlog) -> Row {
        let name =
            backlog.side == .subscriber
            ? "\(backlog.channel) ▶ \(backlog.service)" : "\(backlog.service) ▶ \(backlog.channel)"
        return Row(
            cells: [
                name, backlog.loss == nil ? "kept" : "lost", backlog.reason,
                "\(backlog.span.file):\(backlog.span.line)",
            ]
            .map { displaySafe($0) },
            color: backlog.loss == nil ? Self.color(of: .waits) : Self.color(of: .loses))
    }

    private func row(_ flow: BlastRadius.FlowImpact) -> Row {
        let title = catalog.flow(named: flow.flow)?.documentation.title.map { "  \($0)" } ?? ""
        let place = flow.decisive.map { "\($0.step.span.file):\($0.step.span.line)" } ?? ""
        return Row(
            cells: [flow.flow + title, flow.words, flow.reason, place].map { displaySafe($0) },
            color: Self.color(of: flow.effect))
    }

    /// One for each thing that becomes of what is theirs.
    private func rows(_ owner: BlastRadius.OwnerImpact) -> [Row] {
        owner.groups.map { effect, owned in
            Row(
                cells: [
                    owner.owner ?? "", effect?.words ?? "stops", BlastRadius.OwnerImpact.words(for: owned),
                ].map { displaySafe($0) }, color: Self.color(of: effect ?? .fails))
        }
    }

    /// Rows below a title, columns lined up by display width.
    private func section(_ title: String, _ rows: [Row]) -> String {
        let columns = rows.map(\.cells.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.filter { $0.cells.count > column + 1 }.map { displayWidth($0.cells[column]) }.max() ?? 0
        }
        return paint(title, "1") + "\n"
            + rows.map { row in
                let first = widths.prefix(2).reduce(2) { $0 + $1 + 2 }
                let whole = row.cells.dropFirst(2).map(displayWidth).reduce(first) { $0 + $1 + 2 } - 2
                if let width, whole > width, row.cells.count > 2 { return folded(row, widths, width) }
                var line = ""
                for (column, cell) in row.cells.enumerated() {
                    let isLast = column == row.cells.count - 1
                    let blanks = isLast ? 0 : max(0, widths[column] - displayWidth(cell)) + 2
                    line += paint(cell, column == 1 ? row.color : column == 3 ? "2" : "")
                    line += String(repeating: " ", count: blanks)
                }
                while line.hasSuffix(" ") { line.removeLast() }
                return "  \(line)\n"
            }.joined()
    }

    /// A row that is wider than the terminal: its reason in lines below each other, and the place at their end.
    private func folded(_ row: Row, _ widths: [Int], _ width: Int) -> String {
        let cells = row.cells.prefix(2).enumerated().map { column, cell in
            paint(cell, column == 1 ? row.color : "")
                + String(repeating: " ", count: max(0, widths[column] - displayWidth(cell)) + 2)
        }
        let used = widths.prefix(2).reduce(2) { $0 + $1 + 2 }
        // Where names take nearly all of the line, reasons stand below them.
        let isBelow = width - used < 24
        let indent = isBelow ? 6 : used
        var lines: [[String]] = [[]]
        var column = indent
        for (index, cell) in row.cells.dropFirst(2).enumerated() where !cell.isEmpty {
            // A place is copied as one.
            let words = index == 0 ? cell.split(separator: " ").map(String.init) : [cell]
            for word in words {
                let size = displayWidth(word)
                if column > indent, column + 1 + size > width {
                    lines.append([])
                    column = indent
                }
                column += size + (column > indent ? 1 : 0)
                lines[lines.count - 1].append(index == 0 ? word : paint(word, "2"))
            }
        }
        let margin = String(repeating: " ", count: indent)
        let below = lines.map { $0.joined(separator: " ") }.joined(separator: "\n" + margin)
        let head = "  " + cells.joined()
        guard isBelow else { return head + below + "\n" }
        return head.replacing(#/ +$/#, with: "") + "\n" + margin + below + "\n"
    }

    private func paint(_ text: String, _ parameters: String) -> String {
        painted(text, parameters, if: usesColor)
    }

    private static func color(of effect: BlastRadius.Effect) -> String {
        switch effect {
        case .fails: "1;31"
        case .failsFast: "31"
        case .loses: "35"
        case .waits: "36"
        case .degrades, .defers: "33"
        }
    }
}
