extension JSONTranscoder {
    /// A list of `KeyValue`.
    mutating func attributes(_ field: UInt32, _ name: StaticString = "attributes") throws(JSONFailure) {
        if try reader.null() { return }
        guard try reader.peek() == UInt8(ascii: "[") else {
            throw JSONFailure(.type(field: name, is: "an array"), reader.position)
        }
        try reader.open()
        var isFirst = true
        while try reader.element(&isFirst) {
            let start = writer.open(field)
            var hasValue = false
            try object(name) { (own, key) throws(JSONFailure) in
                switch key {
                case "key": try own.string(1, "key")
                case "value":
                    if try own.reader.null() { return }
                    guard !hasValue else { throw JSONFailure(.severalValues, own.reader.position) }
                    hasValue = true
                    let start = own.writer.open(2)
                    try own.value("value")
                    own.writer.close(start)
                default: try own.reader.skip()
                }
            }
            writer.close(start)
        }
    }

    /// An `AnyValue`.
    private mutating func value(_ name: StaticString) throws(JSONFailure) {
        var hasValue = false
        try object(name) { (own, key) throws(JSONFailure) in
            let position = own.reader.position
            let length = own.writer.bytes.count
            switch key {
            case "stringValue": try own.string(1, "stringValue")
            case "boolValue": try own.bool(2, "boolValue")
            case "intValue": try own.int64(3, "intValue")
            case "doubleValue": try own.double(4, "doubleValue")
            case "arrayValue":
                try own.message(5, "arrayValue") { (own, key) throws(JSONFailure) in
                    switch key {
                    case "values": try own.values()
                    default: try own.reader.skip()
                    }
                }
            case "kvlistValue":
                try own.message(6, "kvlistValue") { (own, key) throws(JSONFailure) in
                    switch key {
                    case "values": try own.attributes(1, "values")
                    default: try own.reader.skip()
                    }
                }
            case "bytesValue": try own.base64(7, "bytesValue")
            default: try own.reader.skip()
            }
            if own.writer.bytes.count > length {
                guard !hasValue else { throw JSONFailure(.severalValues, position) }
                hasValue = true
            }
        }
    }

    private mutating func values() throws(JSONFailure) {
        if try reader.null() { return }
        guard try reader.peek() == UInt8(ascii: "[") else {
            throw JSONFailure(.type(field: "values", is: "an array"), reader.position)
        }
        try reader.open()
        var isFirst = true
        while try reader.element(&isFirst) {
            let start = writer.open(1)
            try value("values")
            writer.close(start)
        }
    }
}
