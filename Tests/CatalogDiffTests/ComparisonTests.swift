import CatalogDiff
import CatalogModel
import SourceDiagnostics
import Testing

/// Small catalogs before and after, and what is said of the difference.
struct Case: Sendable, CustomTestStringConvertible {
    var title: String
    var before: String
    var after: String
    /// `impact kind subscriber a, publisher b`, in order.
    var expected: [String]

    init(_ title: String, _ before: String, _ after: String, _ expected: [String]) {
        (self.title, self.before, self.after, self.expected) = (title, before, after, expected)
    }

    var testDescription: String { title }
}

func compare(_ before: String, _ after: String) -> CatalogComparison {
    let sides = [("old.yaml", before), ("new.yaml", after)].map { path, text in
        CatalogSide(catalog: loadCatalog(texts: [(path: path, text: text)]).catalog)
    }
    return CatalogComparison(from: sides[0], to: sides[1])
}

func described(_ comparison: CatalogComparison) -> [String] {
    comparison.changes.map { change in
        let parties = change.affected.map { "\($0.role.rawValue) \($0.service)" }.joined(separator: ", ")
        return "\(change.impact.rawValue) \(change.kind.rawValue)" + (parties.isEmpty ? "" : " \(parties)")
    }
}

@Suite struct ComparisonTests {
    static let cases: [Case] = [
        Case("the same", "services: { a: {} }", "services:\n\n  a: {}", []),
        Case(
            "a service comes", "services: { a: {} }", "services: { a: {}, b: { calls: [a] } }",
            ["safe call-added", "safe service-added"]),
        Case(
            "a service goes that is called", "services: { a: { calls: [b] }, b: {} }",
            "services: { a: { calls: [b] } }",
            ["breaking service-removed caller a"]),
        Case(
            "the only publisher goes",
            "services: { a: { publishes: [t] }, b: { subscribes: [t] } }\ntopics: { t: {} }",
            "services: { a: {}, b: { subscribes: [t] } }\ntopics: { t: {} }",
            ["breaking publisher-removed subscriber b"]),
        Case(
            "one of two publishers goes",
            "services: { a: { publishes: [t] }, c: { publishes: [t] }, b: { subscribes: [t] } }\ntopics: { t: {} }",
            "services: { a: {}, c: { publishes: [t] }, b: { subscribes: [t] } }\ntopics: { t: {} }",
            ["risky publisher-removed subscriber b"]),
        Case(
            "a publisher goes that nobody heard",
            "services: { a: { publishes: [t] } }\ntopics: { t: {} }", "services: { a: {} }\ntopics: { t: {} }",
            ["safe publisher-removed"]),
        Case(
            "a publisher goes behind a route",
            "services: { a: { publishes: [t] }, b: { subscribes: [q] } }\ntopics: { t: { delivers-to: [q] } }\nqueues: { q: {} }",
            "services: { a: {}, b: { subscribes: [q] } }\ntopics: { t: { delivers-to: [q] } }\nqueues: { q: {} }",
            ["breaking publisher-removed subscriber b"]),
        Case(
            "a route goes",
            "services: { a: { publishes: [t] }, b: { subscribes: [q] } }\ntopics: { t: { delivers-to: [q] } }\nqueues: { q: {} }",
            "services: { a: { publishes: [t] }, b: { subscribes: [q] } }\ntopics: { t: {} }\nqueues: { q: {} }",
            ["breaking route-removed subscriber b"]),
        Case(
            "the last subscriber of a queue goes",
            "services: { a: { publishes: [q] }, b: { subscribes: [q] } }\nqueues: { q: {} }",
            "services: { a: { publishes: [q] }, b: {} }\nqueues: { q: {} }",
            ["breaking subscriber-removed publisher a"]),
        Case(
            "the last subscriber of a topic goes",
            "services: { a: { publishes: [t] }, b: { subscribes: [t] } }\ntopics: { t: {} }",
            "services: { a: { publishes: [t] }, b: {} }\ntopics: { t: {} }",
            ["safe subscriber-removed"]),
        Case(
            "a queue is shared",
            "services: { b: { subscribes: [q] }, c: {} }\nqueues: { q: {} }",
            "services: { b: { subscribes: [q] }, c: { subscribes: [q] } }\nqueues: { q: {} }",
            ["breaking queue-shared subscriber b", "safe subscriber-added"]),
        Case(
            "a topic is shared", "services: { b: { subscribes: [t] }, c: {} }\ntopics: { t: {} }",
            "services: { b: { subscribes: [t] }, c: { subscribes: [t] } }\ntopics: { t: {} }", ["safe subscriber-added"]
        ),
        Case(
            "a channel goes that is still used",
            "services: { a: { publishes: [t] } }\ntopics: { t: {} }", "services: { a: { publishes: [t] } }",
            ["breaking channel-removed publisher a"]),
        Case(
            "a channel goes with its uses",
            "services: { a: { publishes: [t] }, b: { subscribes: [t] } }\ntopics: { t: {} }",
            "services: { a: {}, b: {} }",
            ["risky channel-removed publisher a, subscriber b", "safe publisher-removed", "safe subscriber-removed"]),
        Case(
            "a channel is renamed",
            "services: { 주문: { publishes: [order.paid] }, b: { subscribes: [order.paid] } }\ntopics: { order.paid: { broker: kafka, messages: [m] } }\nmessages: { m: {} }",
            "services: { 주문: { publishes: [결제.완료] }, b: { subscribes: [결제.완료] } }\ntopics: { 결제.완료: { broker: kafka, messages: [m] } }\nmessages: { m: {} }",
            ["breaking channel-renamed subscriber b, publisher 주문"]),
        Case(
            "a channel is renamed whose destination is not",
            "services: { a: { publishes: [x] } }\ntopics: { x: { telemetry-names: [arn:x] } }",
            "services: { a: { publishes: [y] } }\ntopics: { y: { telemetry-names: [arn:x] } }",
            ["safe channel-renamed"]),
        Case(
            "one channel goes and an unlike one comes",
            "services: { a: { publishes: [x] }, b: { subscribes: [y] } }\ntopics: { x: {} , y: {} }",
            "services: { a: {}, b: { subscribes: [y, z] } }\ntopics: { y: {}, z: {} }",
            [
                "risky channel-removed publisher a", "safe channel-added", "safe publisher-removed",
                "safe subscriber-added",
            ]),
        Case(
            "a service is renamed",
            "services: { a: { publishes: [t], repository: r }, b: { calls: [a] } }\ntopics: { t: {} }",
            "services: { z: { publishes: [t], repository: r }, b: { calls: [z] } }\ntopics: { t: {} }",
            ["risky service-renamed caller b"]),
        Case(
            "a topic becomes a queue",
            "services: { b: { subscribes: [t] }, c: { subscribes: [t] } }\ntopics: { t: {} }",
            "services: { b: { subscribes: [t] }, c: { subscribes: [t] } }\nqueues: { t: {} }",
            ["breaking channel-kind-changed subscriber b, subscriber c"]),
        Case(
            "a channel moves, and what it promises with it",
            "services: { a: { publishes: [t] }, b: { subscribes: [{ channel: t, max-downtime: 1h }] } }\ntopics: { t: { broker: kafka } }",
            "services: { a: { publishes: [t] }, b: { subscribes: [{ channel: t, max-downtime: 1h }] } }\ntopics: { t: { broker: redis-pubsub } }",
            [
                "breaking channel-moved subscriber b, publisher a", "breaking delivery-weakened subscriber b",
                "safe ordering-strengthened",
            ]),
        Case(
            "ordering is weakened for one who needs it",
            "services: { b: { subscribes: [{ channel: t, needs: [ordering] }] }, c: { subscribes: [t] } }\ntopics: { t: { ordering: per-key } }",
            "services: { b: { subscribes: [{ channel: t, needs: [ordering] }] }, c: { subscribes: [t] } }\ntopics: { t: { ordering: none } }",
            ["breaking ordering-weakened subscriber b"]),
        Case(
            "ordering is strengthened", "topics: { t: { ordering: none } }", "topics: { t: { ordering: total } }",
            ["safe ordering-strengthened"]),
        Case(
            "exactly-once becomes at-least-once",
            "services: { b: { subscribes: [{ channel: t, idempotent: false }] }, c: { subscribes: [{ channel: t, idempotent: true }] } }\ntopics: { t: { delivery: exactly-once } }",
            "services: { b: { subscribes: [{ channel: t, idempotent: false }] }, c: { subscribes: [{ channel: t, idempotent: true }] } }\ntopics: { t: { delivery: at-least-once } }",
            ["breaking delivery-weakened subscriber b"]),
        Case(
            "retention falls below a downtime",
            "services: { b: { subscribes: [{ channel: t, max-downtime: 2d }] } }\ntopics: { t: { retention: 7d } }",
            "services: { b: { subscribes: [{ channel: t, max-downtime: 2d }] } }\ntopics: { t: { retention: 1d } }",
            ["breaking retention-shortened subscriber b"]),
        Case(
            "retention is shorter and long enough",
            "services: { b: { subscribes: [{ channel: t, max-downtime: 1h }] } }\ntopics: { t: { retention: 7d } }",
            "services: { b: { subscribes: [{ channel: t, max-downtime: 1h }] } }\ntopics: { t: { retention: 1d } }",
            ["safe retention-shortened"]),
        Case(
            "a downtime rises above retention",
            "services: { b: { subscribes: [{ channel: t, max-downtime: 1h }] } }\ntopics: { t: { retention: 1d } }",
            "services: { b: { subscribes: [{ channel: t, max-downtime: 2d }] } }\ntopics: { t: { retention: 1d } }",
            ["breaking retention-exceeded subscriber b", "safe subscriber-changed"]),
        Case(
            "a dead-letter queue goes where the system needs one",
            "services: { b: { subscribes: [q] } }\nqueues: { q: { broker: aws-sqs, dead-letter: d }, d: {} }",
            "services: { b: { subscribes: [q] } }\nqueues: { q: { broker: aws-sqs }, d: {} }",
            ["breaking dead-letter-removed subscriber b"]),
        Case(
            "a subscriber's dead letters go",
            "services: { b: { subscribes: [{ channel: t, dead-letter: d }] } }\ntopics: { t: {}, d: {} }",
            "services: { b: { subscribes: [t] } }\ntopics: { t: {}, d: {} }",
            ["risky dead-letter-removed subscriber b"]),
        Case(
            "a deadline is tightened",
            "services: { a: { publishes: [t] }, b: { subscribes: [{ channel: t, needs: { within: 5s } }] } }\ntopics: { t: {} }",
            "services: { a: { publishes: [t] }, b: { subscribes: [{ channel: t, needs: { within: 1s } }] } }\ntopics: { t: {} }",
            ["risky deadline-tightened publisher a, subscriber b"]),
        Case(
            "a deadline is loosened",
            "services: { b: { subscribes: [{ channel: t, needs: { within: 1s } }] } }\ntopics: { t: {} }",
            "services: { b: { subscribes: [{ channel: t, needs: { within: 5s } }] } }\ntopics: { t: {} }",
            ["safe subscriber-changed"]),
        Case(
            "a pinned version is dropped",
            "services: { a: { publishes: [{ channel: t, message: m@1 }] }, b: { subscribes: [{ channel: t, message: m@1 }] }, c: { subscribes: [{ channel: t, message: m }] } }\ntopics: { t: {} }\nmessages: { m: { version: '1' } }",
            "services: { a: { publishes: [{ channel: t, message: m@2 }] }, b: { subscribes: [{ channel: t, message: m@1 }] }, c: { subscribes: [{ channel: t, message: m }] } }\ntopics: { t: {} }\nmessages: { m: { version: '2' } }",
            ["breaking message-version-dropped subscriber b", "safe message-changed", "safe publisher-changed"]),
        Case(
            "a version is dropped once, not again behind a route",
            "services: { a: { publishes: [{ channel: t, message: m@1 }] }, b: { subscribes: [{ channel: q, message: m@1 }] } }\ntopics: { t: { delivers-to: [q] } }\nqueues: { q: {} }\nmessages: { m: {} }",
            "services: { a: { publishes: [{ channel: t, message: m@2 }] }, b: { subscribes: [{ channel: q, message: m@1 }] } }\ntopics: { t: { delivers-to: [q] } }\nqueues: { q: {} }\nmessages: { m: {} }",
            ["breaking message-version-dropped subscriber b", "safe publisher-changed"]),
        Case(
            "a message goes that is named",
            "services: { b: { subscribes: [{ channel: t, message: m }] } }\ntopics: { t: {} }\nmessages: { m: {} }",
            "services: { b: { subscribes: [{ channel: t, message: m }] } }\ntopics: { t: {} }",
            ["breaking message-removed subscriber b"]),
        Case(
            "a call comes to a service that was there", "services: { a: {}, b: {} }",
            "services: { a: { calls: [b] }, b: {} }",
            ["risky call-added caller a, callee b"]),
        Case(
            "a call comes with a fallback", "services: { a: {}, b: {} }",
            "services: { a: { calls: [{ service: b, on-failure: fallback }] }, b: {} }", ["safe call-added"]),
        Case(
            "a call goes", "services: { a: { calls: [b] }, b: {} }", "services: { a: {}, b: {} }", ["safe call-removed"]
        ),
        Case(
            "a call changes its protocol, timeout and policy",
            "services: { w: { calls: [a] }, a: { calls: [{ service: b, protocol: rest, timeout: 3s, on-failure: fallback }] }, b: {} }",
            "services: { w: { calls: [a] }, a: { calls: [{ service: b, protocol: grpc, timeout: 1s, on-failure: fail }] }, b: {} }",
            [
                "breaking protocol-changed callee b, caller a", "risky failure-policy-weakened caller a, caller w",
                "risky timeout-shortened callee b, caller a",
            ]),
        Case(
            "a flow gains and loses a call",
            "services: { a: { calls: [b, c] }, b: {}, c: {} }\nflows: { f: { steps: [a calls b] } }",
            "services: { a: { calls: [b, c] }, b: {}, c: {} }\nflows: { f: { steps: [a calls c] } }",
            ["risky flow-call-added caller a, callee c", "risky flow-call-removed callee b"]),
        Case(
            "the partition key goes, which order needs",
            "services: { a: { publishes: [{ channel: t, key: id }] }, b: { subscribes: [{ channel: t, needs: [ordering] }] } }\ntopics: { t: { broker: kafka } }",
            "services: { a: { publishes: [t] }, b: { subscribes: [{ channel: t, needs: [ordering] }] } }\ntopics: { t: { broker: kafka } }",
            ["breaking partition-key-changed subscriber b"]),
        Case(
            "an outbox goes",
            "services: { a: { publishes: [{ channel: t, outbox: true }] }, b: { subscribes: [t] } }\ntopics: { t: {} }",
            "services: { a: { publishes: [t] }, b: { subscribes: [t] } }\ntopics: { t: {} }",
            ["risky outbox-removed subscriber b"]),
        Case(
            "a reply is awaited", "services: { a: { publishes: [t] } }\ntopics: { t: {}, r: {} }",
            "services: { a: { publishes: [{ channel: t, awaits: { reply: r } }] } }\ntopics: { t: {}, r: {} }",
            ["risky reply-awaited publisher a"]),
        Case(
            "a group and idempotence change",
            "services: { b: { subscribes: [{ channel: t, group: g, idempotent: true }] } }\ntopics: { t: { broker: kafka } }",
            "services: { b: { subscribes: [{ channel: t, group: h }] } }\ntopics: { t: { broker: kafka } }",
            ["risky group-changed subscriber b", "risky idempotence-lost subscriber b"]),
        Case(
            "words change", "services: { a: { title: A, owner: x } }\ntopics: { t: { description: d } }",
            "services: { a: { title: B, owner: y } }\ntopics: { t: { description: e } }",
            ["safe channel-changed", "safe service-changed"]),
        Case(
            "a channel is deprecated with a day", "services: { a: { publishes: [t] } }\ntopics: { t: {} }",
            "services: { a: { publishes: [t] } }\ntopics: { t: { deprecated: { sunset: 2027-01-01 } } }",
            ["risky channel-deprecated publisher a"]),
        Case(
            "compatibility is promised no more",
            "services: { b: { subscribes: [{ channel: t, message: m }] } }\ntopics: { t: {} }\nmessages: { m: { compatibility: full } }",
            "services: { b: { subscribes: [{ channel: t, message: m }] } }\ntopics: { t: {} }\nmessages: { m: { compatibility: none } }",
            ["risky compatibility-weakened subscriber b"]),
        Case(
            "a broker gets another address", "brokers: { k: { system: kafka, url: a } }",
            "brokers: { k: { system: kafka, url: b } }",
            ["risky broker-changed"]),
        Case(
            "brokers come and go", "brokers: { a: { system: kafka } }", "brokers: { b: { system: kafka } }",
            ["safe broker-removed", "safe broker-added"]),
        Case(
            "dead letters go elsewhere", "queues: { q: { dead-letter: d }, d: {}, e: {} }",
            "queues: { q: { dead-letter: e }, d: {}, e: {} }", ["risky dead-letter-changed"]),
        Case(
            "a route's filter changes",
            "services: { b: { subscribes: [q] } }\ntopics: { t: { delivers-to: [q] } }\nqueues: { q: {} }",
            "services: { b: { subscribes: [q] } }\ntopics: { t: { delivers-to: [{ channel: q, filter: x }] } }\nqueues: { q: {} }",
            ["risky route-changed subscriber b"]),
        Case(
            "flows come and go, and change",
            "services: { a: { publishes: [t] } }\ntopics: { t: {} }\nflows: { f: { steps: [a publishes t] }, g: {} }",
            "services: { a: { publishes: [t] } }\ntopics: { t: {} }\nflows: { f: { owner: x, steps: [] }, h: {} }",
            ["safe flow-changed", "safe flow-removed", "safe flow-added"]),
        Case(
            "partitions change under an order",
            "services: { b: { subscribes: [{ channel: t, needs: [ordering] }] } }\ntopics: { t: { broker: kafka, partitions: 6 } }",
            "services: { b: { subscribes: [{ channel: t, needs: [ordering] }] } }\ntopics: { t: { broker: kafka, partitions: 12 } }",
            ["risky partitions-changed subscriber b"]),
    ]

    @Test(arguments: cases)
    func `a change is found and judged`(example: Case) {
        #expect(described(compare(example.before, example.after)) == example.expected)
    }

    @Test(arguments: cases)
    func `a catalog does not differ from itself`(example: Case) {
        #expect(compare(example.before, example.before).changes.isEmpty)
        #expect(compare(example.after, example.after).changes.isEmpty)
    }

    @Test(arguments: [
        ("topics: { a: {} }", "topics: { a: {} }", "no changes"),
        ("topics: { a: {} }", "topics: { a: {}, 주문: {} }", "1 safe change"),
        ("topics: { a: {} }", "topics: { a: {}, b: {}, 주문: {} }", "2 safe changes"),
        (
            "services: { a: {}, b: { calls: [a] } }", "services: { b: { calls: [a], title: B } }",
            "1 breaking and 1 safe change"
        ),
    ])
    func `a summary's noun agrees with the number before it`(before: String, after: String, summary: String) {
        #expect(compare(before, after).summary == summary)
    }

    /// But for those that need files: a kind that nothing can give is a mistake in the list.
    @Test func `every kind of change has an example`() {
        let seen = Set(
            Self.cases.flatMap { compare($0.before, $0.after).changes + compare($0.after, $0.before).changes }.map(
                \.kind))
        let missing = Set(ChangeKind.allCases).subtracting(seen).subtracting([.schemaChanged, .schemaUnreadable])
        #expect(missing.isEmpty, "\(missing.map(\.rawValue).sorted())")
    }

    @Test func `a change shows both places, words and owners`() {
        let changes = compare(
            "services:\n  a: { publishes: [t] }\n  b: { owner: team-b, subscribes: [t] }\ntopics: { t: {} }",
            "services:\n\n  a: {}\n  b: { owner: team-b, subscribes: [t] }\ntopics: { t: {} }"
        ).changes
        let change = changes.first
        #expect(change?.message == "'a' no longer publishes to 't', and nobody else does: 'b' subscribes to it")
        #expect(change?.affected.map(\.owner) == ["team-b"])
        #expect(change?.before.map { "\($0.file):\($0.line):\($0.column)" } == "old.yaml:2:20")
        #expect(change?.after.map { "\($0.file):\($0.line):\($0.column)" } == "new.yaml:3:3")
    }

    @Test func `a rename says both names and brings no other change`() {
        let changes = compare(
            "services: { a: { publishes: [x] }, b: { subscribes: [x] } }\ntopics: { x: { broker: kafka } }",
            "services: { a: { publishes: [y] }, b: { subscribes: [y] } }\ntopics: { y: { broker: kafka } }"
        ).changes
        #expect(changes.map(\.message) == ["topic 'x' is now called 'y'"])
    }
}
