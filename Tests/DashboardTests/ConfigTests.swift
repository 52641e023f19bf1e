@testable import Dashboard
import SourceDiagnostics
import TerminalUI
import Testing
import TraceModel

@Suite struct ConfigTests {
    private func read(_ text: String) -> (config: DashboardConfig, problems: [Diagnostic]) {
        DashboardConfig.read(SourceFile(path: "config.yaml", text: text))
    }

    @Test func `what a person writes is what the dashboard does`() {
        let (config, problems) = read(
            """
            theme: dark
            start: traces
            window: 1h
            columns:
              topics: [channel, lag-p99, rate]
            keys:
              quit: [Q, <C-q>]
              faults: f
            """)
        #expect(problems.isEmpty)
        #expect(config.theme == "dark")
        #expect(config.window == .hour)
        var settings = DashboardSettings(catalogPath: "catalog")
        settings.apply(config)
        var model = DashboardModel.sample(settings: settings)
        #expect(model.context == .list(.traces))
        #expect(model.press("q") == [])
        #expect(model.press("Q") == [.quit])
        model.press("1")
        #expect(model.line(with: "CHANNEL").contains("LAG p99"))
        #expect(!model.line(with: "CHANNEL").contains("BROKER"))
        model.press("f")
        #expect(model.text.contains("faults only"))
        model.press("?")
        #expect(model.line(with: "leave Flowglass").isEmpty == false || model.press("G") == [])
        model.press("<Esc>")
        #expect(model.text.contains("f faults") && model.text.contains("Q quit"))
    }

    @Test func `an empty file changes nothing`() {
        for text in ["", "# nothing\n", "{}", "keys:\n", "columns: {}\n"] {
            let (config, problems) = read(text)
            #expect(problems.isEmpty, "\(text)")
            #expect(config == DashboardConfig())
        }
    }

    static let mistakes: [(text: String, place: String, message: String, help: String?)] = [
        ("theme: drak\n", "1:8", "'theme' cannot be 'drak'", "did you mean 'dark'?"),
        ("them: dark\n", "1:1", "'them' is no key", "did you mean 'theme'?"),
        ("start: home\n", "1:8", "'start' cannot be 'home'", nil),
        ("window: 2h\n", "1:9", "'window' cannot be '2h'", "it is one of 1m, 5m, 1h, 24h, all"),
        ("columns:\n  topic: [channel]\n", "2:3", "'topic' is no screen", "did you mean 'topics'?"),
        ("columns:\n  topics: [chanel]\n", "2:12", "'chanel' is no column of 'topics'", "did you mean 'channel'?"),
        ("keys:\n  quitt: x\n", "2:3", "'quitt' is no action", "did you mean 'quit'?"),
        (
            "keys:\n  quit: <Foo>\n", "2:9", "'<Foo>' is no key",
            "a key is one character, or a name in angle brackets: x, <Enter>, <C-x>, <F5>"
        ),
        (
            "keys:\n  quit: j\n", "2:3", "'j' is the key of both 'down' and 'quit' in Topics",
            "give 'down' another key, or 'quit'"
        ),
        // Words that YAML reads as numbers and truths are names where names are wanted.
        ("theme: 7\n", "1:8", "'theme' cannot be '7'", nil),
        ("start: true\n", "1:8", "'start' cannot be 'true'", nil),
        ("keys:\n  quit: [10]\n", "2:10", "'10' is no key", nil),
        ("keys: [a]\n", "1:7", "'keys' wants keys and values", nil),
        ("keys:\n  quit: {a: b}\n", "2:9", "the keys of 'quit' are a list of names", nil),
    ]

    @Test(arguments: mistakes)
    func `a mistake is named where it stands`(
        mistake: (text: String, place: String, message: String, help: String?)
    ) throws {
        let problems = read(mistake.text).problems
        let problem = try #require(problems.first)
        #expect(problem.message == mistake.message)
        let span = try #require(problem.span)
        if mistake.help != nil { #expect(problem.help == mistake.help) }
        #expect("\(span.line):\(span.column)" == mistake.place, "\(mistake.text)")
    }

    @Test func `a digit is a key, and what is wrong with the YAML is said as it is of a catalog`() throws {
        let (config, problems) = read("keys:\n  faults: 0\n")
        #expect(problems.isEmpty, "\(problems.map(\.message))")
        #expect(config != DashboardConfig())
        let problem = try #require(read("theme: dark\n\tstart: traces\n").problems.first)
        #expect(problem.rule == "syntax-error")
        #expect(problem.help == "indent with blanks")
    }

    @Test(arguments: ["\u{0}", "a: [", "a: *b", "- - - -\n", "{{{{", "keys: &a {quit: *a}"])
    func `hostile files end in problems, not in a crash`(text: String) {
        #expect(!read(text).problems.isEmpty)
    }

    @Test func `aliases cannot make millions of values`() {
        var text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
        for level in 1..<9 {
            text +=
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",") + "]\n"
        }
        #expect(!read(text).problems.isEmpty)
    }

    @Test(
        arguments: [
            ("keys: { quit: [] }\n", "the keys of 'quit' are none", 15),
            ("keys: { quit: }\n", "the keys of 'quit' are none", nil),
            ("columns: { topics: [] }\n", "the columns of 'topics' are none", 20),
        ] as [(String, String, Int?)])
    func `a list of nothing is a mistake`(text: String, message: String, column: Int?) {
        let (config, problems) = read(text)
        #expect(problems.map(\.message) == [message])
        if let column { #expect(problems.first?.span?.column == column) }
        #expect(problems.first?.span?.line == 1 && config == DashboardConfig())
    }

    @Test func `the keys of the table have no conflict`() { #expect(KeyMap().conflicts().isEmpty) }
}
