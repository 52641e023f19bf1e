import TerminalUI

/// The keys of every context as Markdown, made of the table of actions: the reference page of the manual.
public enum KeyReference {
    public static var markdown: String {
        var text = "# Keys\n"
        for (title, context) in contexts {
            text += "\n## \(title)\n\n| key | action | what it does |\n| --- | --- | --- |\n"
            for action in ActionTable.actions(in: context) {
                let keys = action.keys.map { "`\($0.name(.unicode))`" }.joined(separator: " ")
                text += "| \(keys) | `\(action.name)` | \(action.help) |\n"
            }
        }
        return text
    }

    private static var contexts: [(String, Context)] {
        Screens.all.map { ($0.title, .list($0.id)) } + [
            ("Walking the flow", .walk), ("Waterfall", .waterfall), ("Span", .span), ("Text preview", .preview),
            ("Help", .help), ("While a filter is typed", .filter), ("While a command is typed", .palette),
        ]
    }
}
