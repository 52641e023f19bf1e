/// Whether the bytes are well-formed UTF-8 (Unicode 16, table 3-7: no surrogates, no overlong forms).
///
/// Eight bytes of ASCII are passed at a time.
@inline(__always)
func isValidUTF8(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
    var position = start
    while end - position >= 8 {
        let word = UnsafeRawPointer(position).loadUnaligned(as: UInt64.self)
        guard word & 0x8080_8080_8080_8080 == 0 else { return isValidMultibyteUTF8(position, end) }
        position += 8
    }
    while position < end {
        guard position.pointee < 0x80 else { return isValidMultibyteUTF8(position, end) }
        position += 1
    }
    return true
}

@inline(never)
private func isValidMultibyteUTF8(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
    var position = start
    while position < end {
        let lead = position.pointee
        if lead < 0x80 {
            position += 1
            continue
        }
        let remaining = end - position
        let second = remaining > 1 ? position[1] : 0
        switch lead {
        case 0xC2...0xDF:
            guard isContinuation(second) else { return false }
            position += 2
        case 0xE0...0xEF:
            let lowest: UInt8 = lead == 0xE0 ? 0xA0 : 0x80
            let highest: UInt8 = lead == 0xED ? 0x9F : 0xBF
            guard remaining > 2, second >= lowest, second <= highest, isContinuation(position[2]) else { return false }
            position += 3
        case 0xF0...0xF4:
            let lowest: UInt8 = lead == 0xF0 ? 0x90 : 0x80
            let highest: UInt8 = lead == 0xF4 ? 0x8F : 0xBF
            guard remaining > 3, second >= lowest, second <= highest, isContinuation(position[2]),
                isContinuation(position[3])
            else { return false }
            position += 4
        default: return false
        }
    }
    return true
}

@inline(__always) private func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
