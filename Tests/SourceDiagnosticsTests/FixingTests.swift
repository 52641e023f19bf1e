import SourceDiagnostics
import Testing

@Suite struct `misspelling` {
    @Test(
        arguments: [
            ("order.payed", "order.paid"), ("orderPaid", "order.paid"), ("ORDER_PAID", "order-paid"),
            ("notificaton", "notification"), ("주문.완려", "주문.완료"), ("order.comlpeted", "order.completed"),
        ])
    func `a word with a slip is misspelt`(name: String, right: String) { #expect(isMisspelling(name, of: right)) }

    @Test(
        arguments: [
            ("order.v3", "order.v2"), ("payment-eu", "payment-us"), ("order.refunded", "order.funded"),
            ("주문.완성", "주문.완료"), ("order.completed", "order.compensated"), ("order1", "order2"), ("a", "b"),
            ("order.paid.late", "order.paid"), ("billing", "filling"),
        ])
    func `another word is not`(name: String, right: String) { #expect(!isMisspelling(name, of: right)) }

    @Test func `a suggestion knows whether it is the only one`() {
        #expect(
            nameSuggestion(for: "order-b", among: ["order-c", "order-a"]) == .init(name: "order-c", isOnlyOne: false))
        #expect(nameSuggestion(for: "kafkaa", among: ["kafka", "kafka"]) == .init(name: "kafka", isOnlyOne: true))
        #expect(nameSuggestion(for: "orders", among: ["ordersxx", "order"]) == .init(name: "order", isOnlyOne: true))
    }
}

@Suite struct `fixed texts` {
    private let file = SourceFile(path: "a.yaml", text: "주문: x # 그대로\r\n둘: 'y'  \n")

    private func fix(_ line: Int, _ from: Int, _ to: Int, _ text: String, file: String = "a.yaml") -> Fix {
        Fix(
            title: "t",
            edits: [
                SourceEdit(span: SourceSpan(file: file, line: line, column: from, endColumn: to), replacement: text)
            ])
    }

    @Test func `edits change their place and nothing else`() {
        let texts = FixedTexts([file], applying: [fix(2, 5, 6, "길다"), fix(1, 5, 6, "값")])
        #expect(texts.applied == 2)
        #expect(texts.changed["a.yaml"]?.bytes == Array("주문: 값 # 그대로\r\n둘: '길다'  \n".utf8))
    }

    @Test func `what overlaps, stands elsewhere or beyond the end is left out whole`() {
        var two = fix(1, 1, 3, "주")
        two.edits += fix(9, 1, 2, "x").edits
        let texts = FixedTexts(
            [file], applying: [fix(1, 1, 3, "a"), fix(1, 2, 3, "b"), fix(1, 5, 6, "c", file: "b.yaml"), two])
        #expect(texts.applied == 1)
        #expect(texts.changed == ["a.yaml": SourceFile(path: "a.yaml", text: "a: x # 그대로\r\n둘: 'y'  \n")])
    }

    @Test func `the same edit wanted twice is made once and counts twice`() {
        let texts = FixedTexts([file], applying: [fix(1, 5, 6, "z"), fix(1, 5, 6, "z")])
        #expect(texts.applied == 2)
        #expect(texts.changed["a.yaml"]?.bytes.starts(with: Array("주문: z #".utf8)) == true)
    }
}

@Suite struct `unified diff` {
    private func diff(_ old: String, _ new: String, path: String = "a.yaml") -> String {
        unifiedDiff(from: SourceFile(path: path, text: old), to: SourceFile(path: path, text: new))
    }

    @Test func `equal texts have none`() { #expect(diff("a\nb", "a\nb") == "") }

    @Test func `changes far apart are hunks of their own, with three lines around each`() {
        let old = (1...20).map { "줄 \($0)\n" }.joined()
        let new = old.replacing("줄 2\n", with: "둘\n").replacing("줄 19\n", with: "")
        #expect(
            diff(old, new) == """
                --- a/a.yaml
                +++ b/a.yaml
                @@ -1,5 +1,5 @@
                 줄 1
                -줄 2
                +둘
                 줄 3
                 줄 4
                 줄 5
                @@ -16,5 +16,4 @@
                 줄 16
                 줄 17
                 줄 18
                -줄 19
                 줄 20

                """)
    }

    @Test func `changes near each other share a hunk`() {
        let old = (1...9).map { "\($0)\n" }.joined()
        let new = old.replacing("2\n", with: "b\n").replacing("7\n", with: "g\n")
        #expect(diff(old, new).hasPrefix("--- a/a.yaml\n+++ b/a.yaml\n@@ -1,9 +1,9 @@\n 1\n-2\n+b\n"))
    }

    @Test func `a last line without its end is marked, and a path with controls is quoted`() {
        #expect(
            diff("a", "b", path: "x\t\"y\".yaml") == """
                --- "a/x\\t\\"y\\".yaml"
                +++ "b/x\\t\\"y\\".yaml"
                @@ -1 +1 @@
                -a
                \\ No newline at end of file
                +b
                \\ No newline at end of file

                """)
    }
}
