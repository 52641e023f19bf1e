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
    let filterWords = ["undocumented", "unobserved", "failing"]

    func reading(_ glyphs: Glyphs) -> [String] {
        [
            "Mark: ? seen in spans but not in the catalog   ! look here: errors, or edges that nobody wrote down",
            "PUBS, SUBS: channels it publishes to, and subscribes to.   CALLS, CALLED BY: services.",
            "RATE/s: messages handled and calls served.   WORK p95: 95 of 100 of them take no longer.",
        ]
    }

    let columns = [
        ListColumn("SERVICE", width: .fit(min: 23, max: 48), priority: 9),
        ListColumn("KIND", width: .fit(min: 7, max: 12), priority: 4),
        ListColumn("PUBS", width: .fixed(5), alignment: .right, priority: 8, sortsDescending: true),
        ListColumn("SUBS", width: .fixed(5), alignment: .right, priority: 8, sortsDescending: true),
        ListColumn("CALLS", width: .fixed(6), alignment: .right, priority: 7, sortsDescending: true),
        ListColumn("CALLED BY", width: .fixed(10), alignment: .right, priority: 3, sortsDescending: true),
        ListColumn("LAST MINUTE", width: .fixed(12), priority: 2, isSortable: false),
        ListColumn("RATE/s", width: .fixed(7), alignment: .right, priority: 6, sortsDescending: true),
        ListColumn("WORK p95", width: .fixed(9), alignment: .right, priority: 5, sortsDescending: true),
        ListColumn("ERR", width: .fixed(6), alignment: .right, priority: 5, sortsDescending: true),
    ]

    func itemCount(in facts: SystemFacts) -> Int { facts.graph.services.count }

    func key(of item: Int, in facts: SystemFacts) -> String { facts.graph.services[item].name }

    func row(of item: Int, in model: DashboardModel) -> TableView.Row {
        let facts = model.facts
        let theme = model.settings.theme
        let service = facts.graph.services[item]
        let view = ServiceView(service, in: facts)
        let series = facts.rates.series(ofService: service.name)
        let words = facts.words(for: service.difference)
        let name =
            StyledText(service.name)
            + (words.map { StyledText(" \($0)", service.isDocumented ? theme.dim : theme.warning) } ?? "")
            + StyledText(service.title.map { "  \($0)" } ?? "", theme.dim)
        return TableView.Row(
            [
                name, StyledText(service.kind.rawValue), count(view.publishes), count(view.subscribes),
                count(view.calls), count(view.calledBy),
                LiveRates.picture(of: series, model.settings),
                StyledText(FigureText.rate(LiveRates.perSecond(series))),
                StyledText(view.summary.workText ?? model.settings.glyphs.dash),
                StyledText(
                    view.summary.errorText ?? model.settings.glyphs.dash, view.summary.isAlarming ? theme.bad : .plain),
            ], marker: view.mark(theme))
    }

    private func count(_ number: Int) -> StyledText { StyledText(String(number)) }

    func sortKey(of item: Int, column: Int, in facts: SystemFacts) -> SortKey {
        let service = facts.graph.services[item]
        if column == 0 { return .text(service.name) }
        if column == 1 { return .text(service.kind.rawValue) }
        let view = ServiceView(service, in: facts)
        switch column {
        case 2: return .number(Double(view.publishes))
        case 3: return .number(Double(view.subscribes))
        case 4: return .number(Double(view.calls))
        case 5: return .number(Double(view.calledBy))
        case 7: return .number(LiveRates.perSecond(facts.rates.series(ofService: service.name)))
        case 8: return view.summary.workP95.map { .number(Double($0)) } ?? .none
        case 9: return view.summary.errorShare.map { .number($0) } ?? .none
        default: return .none
        }
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
                    service.difference == .undocumented ? "undocumented" : nil,
                    service.difference == .unobserved ? "unobserved" : nil,
                    ServiceView(service, in: facts).summary.isAlarming ? "failing" : nil,
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
