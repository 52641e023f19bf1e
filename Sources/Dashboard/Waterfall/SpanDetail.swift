import OTLPCoding
import TerminalText
import TerminalUI
import TraceModel

/// Everything that is known about one span, as lines to scroll through.
struct SpanDetail: Sendable, Equatable {
    var key: SpanKey
    var title: String
    var lines: [StyledText]
    var scrollOffset = 0

    init(_ waterfall: Waterfall, row: Int, names: ObservedNames, settings: DashboardSettings) {
        let span = waterfall.span(ofRow: row)
        let hop = waterfall.hop(ofRow: row)
        key = SpanKey(span)
        title = "\(names.service(span.service)) \(settings.glyphs.dot) \(span.name)"
        var page = Page(theme: settings.theme)

        page.fact("status", Self.status(of: span), settings.theme.bad, when: span.status == .error)
        page.fact("kind", String(describing: span.kind))
        page.fact("duration", durationText(span.duration))
        let offset = span.start > waterfall.start ? span.start - waterfall.start : 0
        page.fact(
            "starts",
            "\(FigureText.clock(span.start, secondsFromUTC: settings.secondsFromUTC)), "
                + "\(durationText(offset)) into the conversation")
        if span.end < span.start { page.fact("clock", "the span ends before it starts") }
        if let hop { page.hop(hop, names) }
        page.fact("trace", span.trace.description)
        page.fact("span", span.id.description)
        if !span.parent.isZero {
            let missing = waterfall.tree.rows[row].attachment == .orphan ? " (not received)" : ""
            page.fact("parent", span.parent.description + missing)
        }
        if names.service(span.service) != span.service { page.fact("service.name", span.service) }
        if !span.scope.isEmpty { page.fact("scope", span.scope) }

        page.section("attributes", span.attributes)
        page.events(span.events, from: span.start)
        page.links(span.links)
        page.section("resource", span.resourceAttributes)
        lines = page.lines
    }

    private static func status(of span: Span) -> String {
        switch span.status {
        case .unset: "not set"
        case .ok: "ok"
        case .error: span.statusMessage.isEmpty ? "error" : "error: \(span.statusMessage)"
        }
    }

    /// Lines as they grow.
    private struct Page {
        var theme: Theme
        var lines: [StyledText] = []

        mutating func fact(_ name: String, _ value: String, _ style: Style = .plain, when isStyled: Bool = false) {
            let label = name + String(repeating: " ", count: max(1, 14 - name.utf8.count))
            lines.append(StyledText(label, theme.dim) + StyledText(value, isStyled ? style : .plain))
        }

        mutating func heading(_ text: String) {
            lines.append("")
            lines.append(StyledText(text, theme.heading))
        }

        mutating func hop(_ hop: Hop, _ names: ObservedNames) {
            switch hop.kind {
            case .consumes:
                let from = hop.from.map(names.service) ?? "an unknown publisher"
                let channel = hop.channel.map(names.channel) ?? ""
                let published = hop.publishedTo.map(names.channel)
                let way = published.map { $0 == channel ? channel : "\($0), \(channel)" } ?? channel
                fact("message", "from \(from) through \(way)")
                if !hop.group.isEmpty { fact("group", hop.group) }
                if let wait = hop.wait {
                    fact("waited", FigureText.signedDuration(wait) + (wait < 0 ? " (the clocks disagree)" : ""))
                }
                if hop.attempt > 1 { fact("attempt", "\(hop.attempt): handled again") }
                fact("joined by", hop.evidence?.rawValue ?? "nothing: its publisher is not known")
            case .calls: fact("called by", hop.from.map(names.service) ?? "an unknown caller")
            case .publishes, .delivers: break
            }
        }

        mutating func section(_ title: String, _ attributes: [Attribute]) {
            guard !attributes.isEmpty else { return }
            heading(title)
            add(attributes, indent: "  ")
        }

        /// Keys and values in two columns; a very long key pushes its own value only.
        mutating func add(_ attributes: [Attribute], indent: String) {
            let width = min(36, attributes.reduce(0) { max($0, displayWidth($1.key)) })
            for attribute in attributes {
                let gap = String(repeating: " ", count: max(0, width - displayWidth(attribute.key)) + 2)
                lines.append(
                    StyledText(indent + attribute.key, theme.key) + StyledText(gap + attribute.value.description))
            }
        }

        mutating func events(_ events: [SpanEvent], from start: UInt64) {
            guard !events.isEmpty else { return }
            heading("events")
            for event in events {
                let when = event.time >= start ? "+" + durationText(event.time - start) : "before the span"
                lines.append(StyledText("  \(event.name)") + StyledText("  \(when)", theme.dim))
                add(event.attributes, indent: "    ")
            }
        }

        mutating func links(_ links: [SpanLink]) {
            guard !links.isEmpty else { return }
            heading("links")
            for link in links {
                lines.append(StyledText("  trace \(link.trace) span \(link.span)"))
                add(link.attributes, indent: "    ")
            }
        }
    }
}
