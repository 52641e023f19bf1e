import CatalogModel
import FlowMatching
import TerminalText
import TerminalUI
import TraceModel

extension ScreenID {
    static let services = ScreenID("services")
}

/// Every service, documented or only observed: what it publishes, subscribes to and calls, and who calls it.
struct ServicesScreen: Screen {
    let id = ScreenID.services
    let digit = 2
    let title = "Services"
    let noun = (singular: "service", plural: "services")
    let summary = "every service: what it publishes, subscribes to and calls, and who calls it"
    let filterFields = ["calls", "kind", "owner", "publishes", "subscribes"]
    let filterWords = ["undocumented", "unobserved", "failing", "new"]

    func reading(_ glyphs: Glyphs) -> [String] {
        [
            "Mark: ? not defined in the catalog   ! look here: errors, or edges that nobody wrote down",
            "PUBS, SUBS: channels it publishes to, and subscribes to.   CALLS, CALLED BY: services.",
            "RATE/s: messages handled and calls served; of a service that does neither, what it sends and asks for.",
            "WORK p95: 95 of 100 of them take no longer.   HANDLED: only what it handled and served.",
        ] + LiveRates.reading
    }

    static let table: [Column<ServiceView>] = [
        .text(
            "service", "SERVICE", "its name and title", width: .fit(min: 23, max: 48), priority: 9,
            sortKey: { row, _ in .text(row.service.name) }
        ) { $0.name($1) },
        .text(
            "kind", "KIND", "what kind of service", width: .fit(min: 7, max: 12), priority: 4,
            sortKey: { row, _ in .text(row.service.kind.rawValue) }
        ) { row, _ in StyledText(row.service.kind.rawValue) },
        .text(
            "owner", "OWNER", "the team that answers for it", width: .fit(min: 8, max: 18), priority: 3, isExtra: true,
            sortKey: { row, _ in .words(row.service.owner) }
        ) { row, model in StyledText(row.service.owner ?? model.settings.glyphs.dash) },
        .count("publishes", "PUBS", "channels it publishes to", width: 5, priority: 8) { $0.publishes },
        .count("subscribes", "SUBS", "channels it subscribes to", width: 5, priority: 8) { $0.subscribes },
        .count("calls", "CALLS", "services it calls", width: 6, priority: 7) { $0.calls },
        .count("called-by", "CALLED BY", "services that call it", width: 10, priority: 3) { $0.calledBy },
        .picture(
            "last-minute", "LAST MINUTE", "what it handled in the last minute, a bar for five seconds", width: 12,
            priority: 2
        ) { LiveRates.picture(of: $0.series, $1.settings) },
        .rate("messages handled and calls served a second", priority: 6) { $0.series },
        .count("handled", "HANDLED", "messages handled and calls served in the window", priority: 4, isExtra: true) {
            $0.handled
        },
        .duration("lag-p95", "LAG p95", "95 of 100 messages wait no longer for it", priority: 4, isExtra: true) {
            $0.summary.waitP95
        },
        .duration("work-p50", "WORK p50", "half of what it does takes no longer", priority: 4, isExtra: true) {
            $0.summary.work(0.5)
        },
        .duration("work-p95", "WORK p95", "95 of 100 take no longer", priority: 5) { $0.summary.workP95 },
        .duration("work-p99", "WORK p99", "99 of 100 take no longer", priority: 4, isExtra: true) {
            $0.summary.work(0.99)
        },
        .count("duplicates", "DUPLICATES", "messages that it handled twice", width: 10, priority: 4, isExtra: true) {
            $0.summary.duplicates
        },
        .errors("the share that failed", priority: 5) { $0.summary },
        .lastSeen("when it last did something") { $0.summary },
    ]

    var columns: [ListColumn] { Self.table.map(\.about) }

    func itemCount(in facts: SystemFacts) -> Int { facts.graph.services.count }

    func key(of item: Int, in facts: SystemFacts) -> String { facts.graph.services[item].name }

    func row(of item: Int, columns: [Int], in model: DashboardModel) -> TableView.Row {
        var view = ServiceView(model.facts.graph.services[item], in: model.facts)
        return TableView.Row(
            columns.map { Self.table[$0].cell(&view, model) }, marker: view.mark(model.settings.theme))
    }

    func sortKey(of item: Int, column: Int, in facts: SystemFacts) -> SortKey {
        var view = ServiceView(facts.graph.services[item], in: facts)
        return Self.table[column].sortKey(&view, facts)
    }

    func isFaulty(_ item: Int, in facts: SystemFacts) -> Bool {
        ServiceView(facts.graph.services[item], in: facts).isFaulty
    }

    func texts(of item: Int, in facts: SystemFacts) -> RowTexts {
        let service = facts.graph.services[item]
        return RowTexts(names: [service.name, service.title ?? ""]) {
            [service.kind.rawValue]
        } values: { field in
            switch field {
            case "owner": [service.owner].compactMap(\.self)
            case "kind": [service.kind.rawValue]
            case "publishes": ServiceView(service, in: facts).names(.publishes)
            case "subscribes": ServiceView(service, in: facts).names(.consumes)
            case "calls": ServiceView(service, in: facts).names(.calls)
            case "is":
                [
                    service.difference?.lacksDefinition == true ? "undocumented" : nil,
                    service.difference == .unobserved ? "unobserved" : nil,
                    ServiceView(service, in: facts).summary.isAlarming ? "failing" : nil,
                    ServiceView(service, in: facts).isNew ? "new" : nil,
                ].compactMap(\.self)
            default: nil
            }
        }
    }

    func emptyText(in model: DashboardModel) -> [String] { EmptyTexts.system("service", in: model) }

    func copyText(of item: Int, in facts: SystemFacts) -> String { key(of: item, in: facts) }

    func place(of item: Int, in facts: SystemFacts) -> FilePlace? {
        FilePlace(of: .service(key(of: item, in: facts)), in: facts.catalog)
    }

    func paneHeight(of height: Int) -> Int { usualPaneHeight(of: height) }
    func paneTitle(in model: DashboardModel) -> String { WalkPane.title(in: model) }

    func renderPane(in model: DashboardModel, into buffer: inout Buffer, area: Rect) {
        WalkPane.render(model, into: &buffer, in: area)
    }

    func paneTarget(in model: DashboardModel, area: Rect, x: Int, y: Int) -> Node? {
        WalkPane.target(model, area, x: x, y: y)
    }
}
