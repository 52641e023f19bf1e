import CatalogModel
import Testing

@Suite struct `name pattern` {
    @Test(arguments: [
        ("[a-z]+(\\.[a-z]+)*", "order.completed", true), ("[a-z]+(\\.[a-z]+)*", "order.Completed", false),
        ("^order$", "order", true), ("order", "orders", false), ("a|bc", "bc", true), ("a|bc", "ac", false),
        ("[가-힣.]+", "주문.완료", true), ("[^.]+", "a.b", false), ("\\d{2,3}", "12", true), ("\\d{2,3}", "1234", false),
        ("x{2}", "xx", true), ("x{2,}", "xxxxx", true), ("(?:ab)?c", "c", true), (".*", "", true),
        ("[]a]+", "]a", true),
        ("[a\\-z]+", "-", true), ("\\w+", "a_1", true),
    ])
    func `matches whole names`(pattern: String, name: String, expected: Bool) throws {
        #expect(try NamePattern(pattern).matches(name) == expected)
    }

    @Test(arguments: [
        ("(a", "'(' is never closed"), ("a)", "')' closes nothing"), ("[a", "'[' is never closed"),
        ("*a", "'*' has nothing to repeat"), ("[z-a]", "a range must go from the lower to the higher"),
        ("a{3,1}", "a range must go from the lower to the higher"), ("(?=a)", "'(?' other than '(?:' is not supported"),
        ("\\b", "'\\b' is not supported"), ("((((a{1000}){1000}){1000}){1000})", "it is too large"),
        ("(((){999}){999}){999}", "it is too large"),
    ])
    func `says what is wrong`(pattern: String, sentence: String) {
        let problem = #expect(throws: NamePattern.Problem.self) { try NamePattern(pattern) }
        #expect(problem?.sentence == sentence)
    }

    @Test func `takes linear time where others take for ever`() throws {
        let pattern = try NamePattern("(a*)*(a*)*(a*)*b")
        #expect(!pattern.matches(String(repeating: "a", count: 5000)))
    }
}

@Suite struct `path pattern` {
    @Test(arguments: [
        ("legacy/**", "legacy/a/b.yaml", true), ("legacy/**", "new/legacy/a.yaml", false),
        ("legacy", "new/legacy/a.yaml", true), ("*.draft.yaml", "a/b.draft.yaml", true), ("/a.yaml", "b/a.yaml", false),
        ("/a.yaml", "a.yaml", true), ("vendor/", "vendor/x.yaml", true), ("vendor/", "vendor", false),
        ("a/**/z.yaml", "a/b/c/z.yaml", true), ("a/**/z.yaml", "a/z.yaml", true), ("a?.yaml", "ab.yaml", true),
        ("**", "anything/at.all", true), ("주문/*", "주문/a.yaml", true),
    ])
    func `matches as an ignore file does`(pattern: String, path: String, expected: Bool) {
        #expect(PathPattern(pattern).matches(path) == expected)
    }
}

@Suite struct `durations` {
    @Test(arguments: [
        ("250ms", "250ms"), ("5s", "5s"), ("600s", "10m"), ("2h", "2h"), ("168h", "7d"), ("90m", "90m"), ("0s", "0s"),
    ])
    func `are read and written again`(text: String, again: String) {
        #expect(Duration(catalogText: text)?.catalogText == again)
    }

    @Test(arguments: ["5", "s", "5 s", "1.5s", "-1s", "5S", "5w", "", "٥s"])
    func `are nothing else`(text: String) { #expect(Duration(catalogText: text) == nil) }
}
