import Testing

@testable import TraceIngest

@Suite struct `Inflate` {
    let text = Array(String(repeating: "주문이 접수되었습니다. ", count: 4000).utf8)

    @Test func `every format of the two codings is read`() throws {
        #expect(try inflated(Sample.compressed(text, .gzip), .gzip, limit: 1 << 20) == text)
        #expect(try inflated(Sample.compressed(text, .zlib), .deflate, limit: 1 << 20) == text)
        #expect(try inflated(Sample.compressed(text, .bare), .deflate, limit: 1 << 20) == text)
        #expect(try inflated(text, .identity, limit: 1 << 20) == text)
        #expect(try inflated(Sample.compressed([]), .gzip, limit: 0) == [])
    }

    @Test func `members after each other are one body`() throws {
        let two = Sample.compressed(text) + Sample.compressed([1, 2, 3])
        #expect(try inflated(two, .gzip, limit: 1 << 20) == text + [1, 2, 3])
    }

    @Test func `damage is noticed wherever it is`() {
        let good = Sample.compressed(text)
        let trailing: [UInt8] = good + Array("junk".utf8)
        #expect(throws: InflateFailure.damaged) { try inflated(trailing, .gzip, limit: 1 << 20) }
        #expect(throws: InflateFailure.damaged) { try inflated([], .gzip, limit: 1 << 20) }
        #expect(throws: InflateFailure.damaged) { try inflated(Array("plain text".utf8), .gzip, limit: 1 << 20) }
        #expect(throws: InflateFailure.damaged) {
            try inflated(Sample.compressed(text, .zlib) + [0], .deflate, limit: 1 << 20)
        }
        for count in stride(from: 1, to: good.count, by: 7) {
            #expect(throws: InflateFailure.damaged) { try inflated(Array(good[..<count]), .gzip, limit: 1 << 20) }
        }
        var flipped = good
        flipped[good.count - 6] ^= 1
        #expect(throws: InflateFailure.damaged) { try inflated(flipped, .gzip, limit: 1 << 20) }
    }

    @Test func `a result of just the limit passes and one byte more does not`() throws {
        let bytes = Sample.compressed(text)
        #expect(try inflated(bytes, .gzip, limit: text.count).count == text.count)
        #expect(throws: InflateFailure.tooLarge(limit: text.count - 1)) {
            try inflated(bytes, .gzip, limit: text.count - 1)
        }
        #expect(throws: InflateFailure.tooLarge(limit: 3)) { try inflated([1, 2, 3, 4], .identity, limit: 3) }
    }

    @Test func `a bomb is stopped at the limit, and memory is asked for first`() {
        let bomb = Sample.compressed([UInt8](repeating: 0, count: 32 << 20))
        #expect(bomb.count < 64 << 10)
        var granted = 0
        #expect(throws: InflateFailure.tooLarge(limit: 1 << 20)) {
            try inflated(bomb, .gzip, limit: 1 << 20) { count in
                granted += count
                return true
            }
        }
        #expect(granted <= (1 << 20) + 1)
        #expect(throws: InflateFailure.refused) {
            try inflated(bomb, .gzip, limit: 64 << 20) { $0 < 1 << 20 }
        }
    }

    @Test(arguments: [0, 1, 0xFFFF_FFFF] as [UInt32])
    func `a trailer that lies about the length is damage`(length: UInt32) {
        var bytes = Sample.compressed(text)
        for index in 0..<4 { bytes[bytes.count - 4 + index] = UInt8(truncatingIfNeeded: length >> UInt32(8 * index)) }
        #expect(throws: InflateFailure.damaged) { try inflated(bytes, .gzip, limit: 1 << 20) }
    }
}

@Suite struct `Byte budget` {
    @Test func `is shared by all accounts and gets everything back`() {
        let budget = ByteBudget(limit: 100)
        let first = budget.account()
        #expect(first.take(60))
        do {
            let second = budget.account()
            #expect(!second.take(41))
            #expect(second.take(40))
            #expect(!second.take(1))
            #expect(budget.held == 100)
        }
        #expect(budget.held == 60)
        first.close()
        first.close()
        #expect(budget.held == 0)
        #expect(!first.take(101))
        #expect(!first.take(.max))
        #expect(!first.take(-1))
    }
}
