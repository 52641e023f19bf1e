import Foundation
import SourceDiagnostics

extension JSONValue {
    /// Reads JSON; nil where it is none, or nests deeper than Foundation reads (512 levels).
    init?(parsing bytes: some Collection<UInt8>) {
        guard let read = try? JSONDecoder().decode(ReadJSON.self, from: Data(bytes)) else { return nil }
        self = read.value
    }

    /// The value of a key; null where this is no object or has no such key.
    subscript(key: String) -> JSONValue {
        guard case .object(let members) = self else { return .null }
        return members.first { $0.0 == key }?.1 ?? .null
    }

    var string: String? { if case .string(let text) = self { text } else { nil } }
    var int: Int? { if case .number(let number) = self { number } else { nil } }
    var flag: Bool? { if case .bool(let flag) = self { flag } else { nil } }
    var array: [JSONValue] { if case .array(let values) = self { values } else { [] } }
    var isNull: Bool { if case .null = self { true } else { false } }

    /// An object without the members that are nil.
    static func members(_ members: [(String, JSONValue?)]) -> JSONValue {
        .object(members.compactMap { name, value in value.map { (name, $0) } })
    }
}

/// What Foundation's decoder reads into: any JSON. Keys come sorted, since a dictionary has no order.
private struct ReadJSON: Decodable {
    let value: JSONValue

    init(from decoder: any Decoder) throws {
        if let keyed = try? decoder.container(keyedBy: Key.self) {
            value = .object(
                try keyed.allKeys.sorted { $0.stringValue < $1.stringValue }.map {
                    ($0.stringValue, try keyed.decode(ReadJSON.self, forKey: $0).value)
                })
        } else if var list = try? decoder.unkeyedContainer() {
            var values: [JSONValue] = []
            while !list.isAtEnd { values.append(try list.decode(ReadJSON.self).value) }
            value = .array(values)
        } else {
            let single = try decoder.singleValueContainer()
            if single.decodeNil() {
                value = .null
            } else if let flag = try? single.decode(Bool.self) {
                value = .bool(flag)
            } else if let number = try? single.decode(Int.self) {
                value = .number(number)
            } else if let number = try? single.decode(Double.self) {
                value = .decimal(number)
            } else {
                value = .string(try single.decode(String.self))
            }
        }
    }

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
