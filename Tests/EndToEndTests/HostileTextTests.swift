import Foundation
import Testing

/// Text from outside in every place that the dashboard shows: it may not do anything to the terminal.
@Suite struct HostileTextTests {
    /// Sets the title, rings, clears, moves the cursor, asks the terminal, turns the writing direction, uses C1 controls.
    private static let attack =
        "\u{1B}]0;owned\u{7}\u{1B}]52;c;b3duZWQ=\u{7}\u{1B}[2J\u{1B}[31;5m\u{1B}c\u{1B}[6n\u{9B}2J\u{9D}0;x\u{9C}"
        + "\u{202E}cba\u{2066}\u{200F}\r\n\t\u{8}\u{7F}주문\u{0}끝"

    private static func spans() throws -> Data {
        let time = 1_768_467_600_000_000_000
        func text(_ key: String, _ value: String) -> [String: Any] { ["key": key, "value": ["stringValue": value]] }
        func span(_ id: Int, _ parent: Int?, _ kind: Int, _ start: Int, _ attributes: [[String: Any]]) -> [String: Any]
        {
            var span: [String: Any] = [
                "traceId": "0000000000000000000000000000000a", "spanId": String(format: "%016d", id), "kind": kind,
                "name": "send " + attack, "startTimeUnixNano": "\(time + start * 1_000_000)",
                "endTimeUnixNano": "\(time + (start + 5) * 1_000_000)", "attributes": attributes,
                "status": ["code": 2, "message": attack],
                "events": [["name": attack, "timeUnixNano": "\(time)", "attributes": [text(attack, attack)]]],
            ]
            if let parent { span["parentSpanId"] = String(format: "%016d", parent) }
            return span
        }
        let channel = [
            text("messaging.system", "kafka" + attack), text("messaging.destination.name", "주문" + attack),
            text("messaging.operation.type", "send"), text("messaging.message.conversation_id", "예매-1" + attack),
            text(attack, attack),
        ]
        let handled = channel.map {
            $0["key"] as? String == "messaging.operation.type" ? text("messaging.operation.type", "process") : $0
        }
        func resource(_ service: String, _ spans: [[String: Any]]) -> [String: Any] {
            [
                "resource": ["attributes": [text("service.name", service + attack), text(attack, attack)]],
                "scopeSpans": [["scope": ["name": attack, "version": attack], "spans": spans]],
            ]
        }
        return try JSONSerialization.data(withJSONObject: [
            "resourceSpans": [
                resource("order", [span(1, nil, 4, 0, channel)]), resource("billing", [span(2, 1, 5, 9, handled)]),
            ]
        ])
    }

    private static let catalog = #"""
        title: "콘서트\e]0;owned\a\e[2J\u202E끝"
        services:
          order: { title: "주문\e]0;owned\a\x9B2J", owner: "team\e[31m", publishes: [a, "b\e[2J\r\n"] }
        topics:
          a: { title: "가\e]0;owned\a\u2066\t나", broker: kafka, description: "설명\e[5m\a" }
        flows:
          f: { title: "흐름\e]0;owned\a", steps: [ { service: order, publishes: a } ] }
        """#

    @Test(arguments: [(80, 24), (200, 60), (40, 10)])
    func `shows it and obeys none of it`(columns: Int, rows: Int) async throws {
        let scratch = try ScratchFolder()
        try Self.spans().write(to: URL(fileURLWithPath: scratch.path + "/spans.json"))
        try Data(Self.catalog.utf8).write(to: URL(fileURLWithPath: scratch.path + "/catalog.yaml"))
        let app = try PseudoTerminal.spawn(
            try BuiltProduct.path("flowglass"), arguments: ["--from", "spans.json", "--catalog", "catalog.yaml"],
            columns: columns, rows: rows, directory: scratch.path)
        try await app.waitFor("the topics") { $0.text.contains("channel") }
        var seen = ""
        // Every screen with its pane, a walk, the blast radius, a waterfall, spans, the sequence, Mermaid, columns, help.
        let keys = [
            "1", "j", "\u{1B}[C", "\u{1B}[C", "m", "q", "\u{1B}", "c", "q", "?", "q", "2", "j", "i", "q", "\u{1B}", "3",
            "4", "\r", "\r", "G", "\u{1B}", "v", "\r", "\u{1B}", "m", "q", "v", "\u{1B}", "5", "j", "6", "j", "X", "q",
            ":",
            "\u{1B}", "y", "1",
        ]
        for key in keys {
            app.send(key)
            try await app.waitForIdle()
            seen += app.screen.text
            #expect(app.exitStatus == nil)
        }
        // A copy is base64 and the program's own doing; everything else would be the attacker's.
        #expect(app.screen.clipboard.count <= 1)
        #expect(app.screen.titles.isEmpty)
        #expect(app.screen.bells == 0)
        #expect(app.screen.unknown.isEmpty, "\(app.screen.unknown)")
        let sent = String(decoding: app.output, as: UTF8.self).unicodeScalars
        let forbidden: Set<UInt32> = [0x7F, 0x9B, 0x9C, 0x9D, 0x200F, 0x202E, 0x2066, 0x00]
        #expect(!sent.contains { forbidden.contains($0.value) })
        #expect(!seen.isEmpty && seen.contains("␛"))
        for word in columns >= 80 ? ["주문", "끝", "owned"] : ["주문"] { #expect(seen.contains(word)) }
        app.send("q")
        #expect(try await app.waitForExit() == .exited(0))
        #expect(app.isRestored)
    }
}
