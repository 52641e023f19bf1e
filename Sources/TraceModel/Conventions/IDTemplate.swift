/// A name with every id in it replaced, so that a channel for each request is one channel.
///
///     reply.7aaf4542-e6ae-fc3c-fa6b-b9c4b5ef5e70.done     reply.{uuid}.done
///     session-5f2b8c1e9d3a4b7c6d5e4f3a                    session-{id}
///     orders-2026                                         orders-2026
///
/// An id is a UUID; a run of 24 or more hexadecimal digits that has letters and digits (MongoDB's ObjectId, hashes); a
/// ULID; or ten or more decimal digits (times, snowflake ids).
func withoutIDs(_ name: String) -> String {
    var name = name
    // Every id has a digit and at least ten characters: most names end here.
    let isPlain = name.withUTF8 { bytes in
        bytes.count < 10 || !bytes.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
    if isPlain { return name }
    let bytes = Array(name.utf8)
    var result: [UInt8] = []
    var index = 0
    var mayBegin = true
    while index < bytes.count {
        if isUUID(bytes[index...]) {
            result += Array("{uuid}".utf8)
            index += 36
            continue
        }
        let run = mayBegin ? bytes[index...].prefix(while: isAlphanumeric) : bytes[index..<index]
        if isID(run) {
            result += Array("{id}".utf8)
            index += run.count
            continue
        }
        mayBegin = !isAlphanumeric(bytes[index])
        result.append(bytes[index])
        index += 1
    }
    return String(decoding: result, as: UTF8.self)
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

private func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
}

private func isAlphanumeric(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}

private func isID(_ run: ArraySlice<UInt8>) -> Bool {
    guard run.count >= 10 else { return false }
    let digits = run.count(where: isDigit)
    if digits == run.count { return true }
    guard digits > 0 else { return false }
    if run.count >= 24, run.allSatisfy(isHexadecimal) { return true }
    // Crockford's base 32 in upper case; a ULID begins with 0 to 7, and mostly with 0 (github.com/ulid/spec).
    return run.count == 26 && run.first.map { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) } == true
        && run.allSatisfy {
            isDigit($0) || ((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) && !"ILOU".utf8.contains($0))
        }
}

private func isUUID(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count >= 36 else { return false }
    for (offset, byte) in bytes.prefix(36).enumerated() {
        switch offset {
        case 8, 13, 18, 23: if byte != UInt8(ascii: "-") { return false }
        default: if !isHexadecimal(byte) { return false }
        }
    }
    return true
}
