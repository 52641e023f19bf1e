public import CatalogModel
import FlowMatching
import TerminalText
public import TerminalUI
public import TraceModel

/// A conversation's waterfall as lines of text, for a terminal or a pipe: a title, the times, then a line for each span.
public func waterfallText(of conversation: Conversation, catalog: Catalog, width: Int, glyphs: Glyphs) -> String {
    let judge = FlowJudge(catalog, FlowGraph(catalog: catalog, observed: []))
    let facts = ConversationFacts(conversation, names: ObservedNames(catalog), judge: judge, now: conversation.end)
    let waterfall = Waterfall(conversation, facts: facts)
    var model = DashboardModel(
        size: Size(width: max(60, width), height: waterfall.shown.count + 1),
        settings: DashboardSettings(glyphs: glyphs, theme: .monochrome))
    _ = model.update(.catalog(catalog, CatalogFindings()))
    var buffer = Buffer(size: model.size)
    WaterfallView(waterfall, model).renderRows(into: &buffer, in: buffer.bounds)
    let title = [
        conversation.id, facts.stateText, durationText(conversation.duration), facts.flow ?? "",
        FigureText.counted(facts.services.count, "service"), FigureText.counted(conversation.hops.count, "hop"),
    ].filter { !$0.isEmpty }.joined(separator: " \(glyphs.dot) ")
    let warnings = conversation.warnings.map { "note: \(displaySafe($0))\n" }.joined()
    return displaySafe(title) + "\n" + buffer.plainText() + "\n" + warnings
}
