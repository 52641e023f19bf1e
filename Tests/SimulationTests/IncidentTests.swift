import Testing

@testable import Simulation

@Suite struct IncidentTests {
    @Test(arguments: Incident.allCases, [1, 2, 42, UInt64.max])
    func `an incident strikes once in every period`(incident: Incident, seed: UInt64) {
        for turn in 0..<20 {
            let bookings = turn * incident.period..<(turn + 1) * incident.period
            #expect(bookings.filter { incident.strikes($0, seed: seed) }.count == 1)
        }
    }

    @Test func `the same seed strikes the same bookings, another seed others`() {
        func struck(_ seed: UInt64) -> [[Int]] {
            Incident.allCases.map { incident in (0..<200).filter { incident.strikes($0, seed: seed) } }
        }
        #expect(struck(3) == struck(3))
        #expect(struck(3) != struck(4))
    }

    @Test func `a minute at the default rate shows all of them`() {
        for seed in 0..<50 {
            for incident in Incident.allCases {
                #expect((0..<240).contains { incident.strikes($0, seed: UInt64(seed)) })
            }
        }
    }
}

@Suite struct BookingTests {
    private func booking(_ number: Int, seed: UInt64 = 1) -> Booking {
        Booking(number: number, seed: seed, run: "TEST", correlationID: "c-\(number)")
    }

    @Test func `the same seed and number make the same booking`() {
        for number in 0..<100 {
            let (one, other) = (booking(number), booking(number))
            #expect(one.concertID == other.concertID && one.amount == other.amount && one.client == other.client)
            #expect(one.milliseconds(1...9, for: .settle) == other.milliseconds(1...9, for: .settle))
        }
    }

    @Test func `times stay in their range and differ by booking, place and attempt`() {
        let times = (0..<1_000).map { booking($0).milliseconds(5...25, for: .deduct) }
        #expect(times.allSatisfy { (5...25).contains($0) })
        #expect(Set(times).count > 990)
        let one = booking(1)
        #expect(one.milliseconds(5...25, for: .settle) != one.milliseconds(5...25, for: .deduct))
        #expect(one.milliseconds(5...25, for: .settle) != one.milliseconds(5...25, for: .settle, attempt: 2))
    }

    @Test func `only the app waits for its notification`() {
        let waiting = (0..<500).map { booking($0) }.filter { $0.meets(.waitsForNotification) }
        #expect(waiting.count == 100)
        #expect(waiting.allSatisfy { $0.client == .app })
    }

    @Test func `a refund is a conversation of its own about the same order`() {
        let one = booking(1)
        let refund = one.asRefund("c-2")
        #expect(refund.orderID == one.orderID && refund.correlationID == "c-2")
    }
}

@Suite struct IDSourceTests {
    @Test func `ten thousand identifiers differ and none is zero`() {
        let ids = IDSource(entropy: 5)
        #expect(Set((0..<10_000).map { _ in ids.span() }).count == 10_000)
        #expect(Set((0..<10_000).map { _ in ids.trace() }).count == 10_000)
        #expect(ids.trace() != IDSource(entropy: 6).trace())
    }

    @Test func `a UUID is of version 4`() throws {
        let uuid = IDSource(entropy: 5).uuid()
        #expect(try #/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/#.wholeMatch(in: uuid) != nil)
    }

    @Test func `SplitMix64 gives the published numbers`() {
        var generator = SplitMix64(seed: 1_234_567)
        #expect(
            (0..<3).map { _ in generator.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            ])
    }
}
