import Testing

@testable import OTLPCoding

@Suite struct `UTF-8 check` {
    @Test func `agrees with the standard library on every pair and on random bytes`() {
        var disagreements: [[UInt8]] = []
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max { compare([first, second], &disagreements) }
        }
        var numbers = Numbers(state: 2)
        let leads: [UInt8] = [0x41, 0x7F, 0x80, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5]
        for _ in 0..<200_000 {
            let count = Int.random(in: 0...20, using: &numbers)
            let bytes = (0..<count).map { _ in
                Bool.random(using: &numbers)
                    ? leads.randomElement(using: &numbers)! : UInt8.random(in: 0x80...0xBF, using: &numbers)
            }
            compare([UInt8](repeating: 0x61, count: count % 9) + bytes, &disagreements)
        }
        for text in ["주문이 접수되었습니다", "🎫 e\u{301}\u{10FFFF}\u{800}\u{FFFF}\u{10000}", ""] {
            compare(Array(text.utf8), &disagreements)
        }
        #expect(disagreements.isEmpty)
    }

    private func compare(_ bytes: [UInt8], _ disagreements: inout [[UInt8]]) {
        let own = bytes.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { isValidUTF8($0, $0 + buffer.count) } ?? true
        }
        if own != (String(validating: bytes, as: UTF8.self) != nil) { disagreements.append(bytes) }
    }
}
