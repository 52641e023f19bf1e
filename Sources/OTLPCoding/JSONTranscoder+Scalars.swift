/// Fields that are no messages. `null` leaves a field out, as in protobuf's JSON mapping.
extension JSONTranscoder {
    mutating func string(_ field: UInt32, _ name: StaticString) throws(JSONFailure) {
        guard let text = try text(name, is: "a string") else { return }
        if text.hasEscapes { writer.data(field, text.bytes) } else { writer.data(field, text.content) }
    }

    mutating func hexadecimal(_ field: UInt32, _ name: StaticString) throws(JSONFailure) {
        _ = try reader.peek()
        let position = reader.position
        guard let text = try text(name, is: "a string of hexadecimal digits") else { return }
        let digits = text.bytes
        var content: [UInt8] = []
        content.reserveCapacity(digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard index + 1 < digits.count, let high = hexadecimalDigit(digits[index]),
                let low = hexadecimalDigit(digits[index + 1])
            else { throw JSONFailure(.type(field: name, is: "a string of hexadecimal digits"), position) }
            content.append(high << 4 | low)
        }
        writer.data(field, content)
    }

    mutating func base64(_ field: UInt32, _ name: StaticString) throws(JSONFailure) {
        _ = try reader.peek()
        let position = reader.position
        guard let text = try text(name, is: "a string in base64") else { return }
        guard let content = bytes(base64: text.bytes) else {
            throw JSONFailure(.type(field: name, is: "a string in base64"), position)
        }
        writer.data(field, content)
    }

    mutating func bool(_ field: UInt32, _ name: StaticString) throws(JSONFailure) {
        if try reader.null() { return }
        guard let value = try reader.bool() else {
            throw JSONFailure(.type(field: name, is: "true or false"), reader.position)
        }
        writer.number(field, value ? 1 : 0)
    }

    mutating func int64(_ field: UInt32, _ name: StaticString) throws(JSONFailure) {
        guard let value: Int64 = try integer(name) else { return }
        writer.number(field, UInt64(bitPattern: value))
    }

    mutating func fixed64(_ field: UInt32, _ name: StaticString) throws(JSONFailure) {
        guard let value: UInt64 = try integer(name) else { return }
        writer.tag(field, 1)
        writer.fixed64(value)
    }

    mutating func fixed32(_ field: UInt32, _ name: StaticString) throws(JSONFailure) {
        guard let value: UInt32 = try integer(name) else { return }
        writer.tag(field, 5)
        writer.fixed32(value)
    }

    mutating func count(_ field: UInt32, _ name: StaticString) throws(JSONFailure) {
        guard let value: UInt32 = try integer(name) else { return }
        writer.number(field, UInt64(value))
    }

    /// The number of an enum's case; unknown numbers are passed on, names are not OTLP.
    mutating func enumeration(_ field: UInt32, _ name: StaticString) throws(JSONFailure) {
        if try reader.peek() == UInt8(ascii: "\"") {
            throw JSONFailure(.type(field: name, is: "a number"), reader.position)
        }
        guard let value: Int32 = try integer(name) else { return }
        writer.number(field, UInt64(bitPattern: Int64(value)))
    }

    /// A number, or a string that holds one or names one of the three that JSON cannot write.
    mutating func double(_ field: UInt32, _ name: StaticString) throws(JSONFailure) {
        let value: Double? = try parsed(name, \.double) { text in
            switch String(decoding: text, as: UTF8.self) {
            case "NaN": .nan
            case "Infinity": .infinity
            case "-Infinity": -.infinity
            default: nil
            }
        }
        guard let value else { return }
        writer.tag(field, 1)
        writer.fixed64(value.bitPattern)
    }

    // MARK: Reading

    private mutating func text(_ name: StaticString, is type: StaticString) throws(JSONFailure) -> JSONString? {
        if try reader.null() { return nil }
        guard try reader.peek() == UInt8(ascii: "\"") else {
            throw JSONFailure(.type(field: name, is: type), reader.position)
        }
        return try reader.string()
    }

    private mutating func integer<Integer: FixedWidthInteger>(
        _ name: StaticString
    ) throws(JSONFailure) -> Integer? {
        try parsed(name, { $0.integer(Integer.self) })
    }

    /// A number, or a string that holds one, as `convert` gives it; `word` may know other strings.
    private mutating func parsed<Value>(
        _ name: StaticString, _ convert: (JSONNumber) -> Value?, word: ([UInt8]) -> Value? = { _ in nil }
    ) throws(JSONFailure) -> Value? {
        if try reader.null() { return nil }
        let next = try reader.peek()
        let position = reader.position
        let value: Value?
        switch next {
        case UInt8(ascii: "\""):
            let text = try reader.string().bytes
            if let value = word(text) { return value }
            let parsed = text.withUnsafeBufferPointer { JSONNumber($0).map(convert) }
            guard let parsed else { throw JSONFailure(.type(field: name, is: "a number"), position) }
            value = parsed
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): value = convert(try reader.number())
        default: throw JSONFailure(.type(field: name, is: "a number"), position)
        }
        guard let value else { throw JSONFailure(.range(field: name), position) }
        return value
    }
}
