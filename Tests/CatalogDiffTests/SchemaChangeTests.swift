import CatalogDiff
import CatalogModel
import SourceDiagnostics
import Testing

@Suite struct SchemaChangeTests {
    private func changes(_ before: String, _ after: String, promise: String?, file: String = "m.json")
        -> [CatalogChange]
    {
        let text = """
            services:
              a: { publishes: [{ channel: t, message: m }] }
              b: { subscribes: [{ channel: t, message: m }] }
            topics: { t: {} }
            messages: { m: { schema: \(file)\(promise.map { ", compatibility: \($0)" } ?? "") } }
            """
        let sides = [("old/c.yaml", before), ("new/c.yaml", after)].map { path, schema in
            CatalogSide(catalog: loadCatalog(texts: [(path: path, text: text)]).catalog) {
                $0 == path.replacing("c.yaml", with: file) ? SourceFile(path: $0, text: schema) : nil
            }
        }
        return CatalogComparison(from: sides[0], to: sides[1]).changes
    }

    private func object(_ properties: String, required: String = "", rest: String = "") -> String {
        #"{ "type": "object", "properties": { \#(properties) }, "required": [\#(required)] \#(rest) }"#
    }

    /// `impact: words`, without what is the same for all.
    private func words(_ changes: [CatalogChange]) -> [String] {
        changes.map { change in
            let end = change.message.firstRange(of: ";")?.lowerBound ?? change.message.endIndex
            return "\(change.impact.rawValue) \(change.message[..<end].replacing("message 'm': ", with: ""))"
        }
    }

    static let id = #""id": { "type": "string" }"#
    static let both = #""id": { "type": "string" }, "sum": { "type": "number" }"#

    @Test(
        arguments: [
            // Who has the new schema reads old messages, which lack the property.
            ("backward", "breaking"), ("full", "breaking"), ("forward", "risky"), ("none", "risky"), (nil, "risky"),
        ] as [(String?, String)])
    func `a newly required property breaks those who read what was written before`(promise: String?, impact: String) {
        let found = changes(
            object(Self.id, required: #""id""#), object(Self.both, required: #""id", "sum""#), promise: promise)
        #expect(words(found) == ["\(impact) 'sum' is new and required"])
        #expect(found.first?.affected.map { "\($0.role.rawValue) \($0.service)" } == ["publisher a"])
    }

    @Test(
        arguments: [("forward", "breaking"), ("full-transitive", "breaking"), ("backward", "risky"), (nil, "breaking")]
            as [(String?, String)])
    func `a required property that goes breaks those who still read by the old schema`(promise: String?, impact: String)
    {
        let found = changes(
            object(Self.both, required: #""id", "sum""#), object(Self.id, required: #""id""#), promise: promise)
        #expect(words(found) == ["\(impact) 'sum' is gone"])
        #expect(found.first?.affected.map { "\($0.role.rawValue) \($0.service)" } == ["subscriber b"])
    }

    @Test(
        arguments: [
            (
                #""id": { "type": "string" }"#, #""id": { "type": "integer" }"#,
                ["breaking 'id' is integer instead of string"]
            ),
            (
                #""id": { "type": "integer" }"#, #""id": { "type": "number" }"#,
                ["breaking 'id' is number instead of integer"]
            ),
            (
                #""id": { "enum": ["a", "b"] }"#, #""id": { "enum": ["b", "c"] }"#,
                ["breaking 'id' may also be \"c\"", "breaking 'id' may no longer be \"a\""]
            ),
            (
                #""id": { "maxLength": 10 }"#, #""id": { "maxLength": 5 }"#,
                ["breaking maxLength of 'id' is 5 instead of 10"]
            ),
            (
                #""id": { "format": "uuid" }"#, #""id": { "format": "ulid" }"#,
                [#"breaking format of 'id' is "ulid" instead of "uuid""#]
            ),
            (
                #""id": { "items": { "properties": { "x": { "type": "string" } } } }"#,
                #""id": { "items": { "properties": { "x": { "type": "boolean" } } } }"#,
                ["breaking 'id[].x' is boolean instead of string"]
            ),
            (
                ##""id": { "$ref": "#/$defs/p" }"##,
                #""id": { "type": "object", "properties": { "x": { "type": "string" } } }"#, []
            ),
            (
                #""id": { "oneOf": [{ "const": 1 }, { "const": 2 }] }"#, #""id": { "oneOf": [{ "const": 2 }] }"#,
                ["breaking 'id' has fewer alternatives"]
            ),
            (#""id": { "description": "old" }"#, #""id": { "description": "new" }"#, []),
            (#""id": {}"#, #""id": {}, "더": { "type": "string" }"#, ["safe '더' is new and optional"]),
        ] as [(String, String, [String])])
    func `properties are compared by what they let through`(before: String, after: String, expected: [String]) {
        let definitions = #", "$defs": { "p": { "type": "object", "properties": { "x": { "type": "string" } } } }"#
        let found = changes(
            object(before, rest: definitions), object(after, rest: definitions), promise: "full"
        ).filter { !$0.message.hasSuffix("in other words") }
        #expect(words(found) == expected)
    }

    @Test func `places are those in the schema files`() {
        let found = changes(
            "{\n  \"properties\": {\n    \"a\": {}\n  }\n}",
            "{\n  \"properties\": {\n\n\n    \"a\": {},\n    \"b\": {}\n  },\n  \"required\": [\"b\"]\n}",
            promise: "full")
        #expect(found.first?.after.map { "\($0.file):\($0.line):\($0.column)" } == "new/m.json:6:5")
    }

    @Test func `Avro fields without a default are required`() {
        let before = #"{ "type": "record", "name": "M", "fields": [{ "name": "id", "type": "string" }] }"#
        let after =
            #"{ "type": "record", "name": "M", "fields": [{ "name": "id", "type": "string" }, { "name": "sum", "type": "long" }, { "name": "note", "type": ["null", "string"], "default": null }] }"#
        #expect(
            words(changes(before, after, promise: "backward", file: "m.avsc")) == [
                "breaking 'sum' is new and required", "safe 'note' is new and optional",
            ])
    }

    @Test func `a schema that refers to itself ends`() {
        let node =
            ##"{ "$ref": "#/$defs/n", "$defs": { "n": { "properties": { "next": { "$ref": "#/$defs/n" }, "v": { "type": "TYPE" } } } } }"##
        let found = changes(
            node.replacing("TYPE", with: "string"), node.replacing("TYPE", with: "integer"), promise: "full")
        #expect(words(found) == ["breaking 'v' is integer instead of string"])
    }

    @Test func `a long chain of references is read to a limit`() {
        let definitions = (0..<6_000).map { ##""d\##($0)": { "$ref": "#/$defs/d\##($0 + 1)" }"## }
        let all = definitions.joined(separator: ", ")
        let chain = ##"{ "$ref": "#/$defs/d0", "$defs": { \##(all), "d6000": { "type": "string" } } }"##
        _ = changes(chain, chain + "\n", promise: "full")
    }

    @Test func `references that multiply are read to a limit`() {
        // Each definition names the next twice: 2^40 schemas when followed to the end.
        let definitions = (0..<40).map { number in
            let next = ##"{ "$ref": "#/$defs/d\##(number + 1)" }"##
            return ##""d\##(number)": { "properties": { "a": \##(next), "b": \##(next) } }"##
        }
        let all = definitions.joined(separator: ", ")
        let bomb = ##"{ "$ref": "#/$defs/d0", "$defs": { \##(all), "d40": { "type": "string" } } }"##
        _ = changes(bomb, bomb + "\n", promise: "full")
    }

    @Test(
        arguments: [
            ("{ \"type\": [ }", "cannot be compared", 1), ("syntax = \"proto3\";", "only JSON Schema and Avro", 5),
        ])
    func `what cannot be compared is said with its place`(after: String, words: String, line: Int) {
        let found = changes("{ \"type\": \"object\" }", after, promise: "full")
        #expect(found.map(\.kind) == [.schemaUnreadable] && found.map(\.impact) == [.risky])
        #expect(found.first?.message.contains(words) == true)
        #expect(found.first?.after?.line == line)
    }
}
