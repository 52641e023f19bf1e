import TerminalUI

/// The keys of every context, made of the table of actions: the reference page of the manual.
public enum KeyReference {
    /// `Documentation/Keys.md`.
    public static var markdown: String {
        var text = """
            # Keys

            What the keys of the dashboard do, by what is in front. Every action also runs by its name behind `:`, and its
            name is what a [configuration file](Configuration.md) gives other keys. `?` shows the same on the screen.

            """
        for context in Context.all {
            text += "\n## \(context.title)\n\n| key | action | what it does |\n| --- | --- | --- |\n"
            for action in ActionTable.actions(in: context) {
                let keys = action.keys.map { "`\(name($0))`" }.joined(separator: " ")
                text += "| \(keys) | `\(action.name)` | \(action.help) |\n"
            }
        }
        return text
    }

    /// A context's keys as lines of three columns, for `flowglass keys` and the manual page.
    public static func rows(_ settings: DashboardSettings) -> [(
        context: String, keys: String, name: String, help: String
    )] {
        Context.all.flatMap { context in
            ActionTable.actions(in: context).map { action in
                let keys = settings.keys.keys(of: action).map(name).joined(separator: " ")
                return (context.title, keys, action.name, action.help)
            }
        }
    }

    private static func name(_ key: Key) -> String { key.name(.unicode) }
}
