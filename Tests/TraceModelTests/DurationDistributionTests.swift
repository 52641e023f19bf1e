import Testing

@testable import TraceModel

@Suite struct DurationDistributionTests {
    @Test(arguments: [0, 1, 63, 64, 65, 1_000, 38_000_000, 1_234_567_890, UInt64.max])
    func `a bucket's middle is within a hundredth of what was recorded`(value: UInt64) {
        let middle = DurationDistribution.middle(of: DurationDistribution.bucket(of: value))
        let error = middle > value ? middle - value : value - middle
        #expect(Double(error) <= Double(value) / 100 + 0.5)
    }

    @Test func `quantiles are taken by rank`() throws {
        var distribution = DurationDistribution()
        for value in 1...100 { distribution.record(UInt64(value) * 1_000_000) }
        #expect(distribution.count == 100)
        for (share, expected) in [(0.5, 50e6), (0.95, 95e6), (0.99, 99e6), (1, 100e6)] {
            let value = try #require(distribution.quantile(share))
            #expect(abs(Double(value) - expected) < expected / 50)
        }
        #expect(DurationDistribution().quantile(0.5) == nil)
    }

    @Test func `what is taken back leaves no trace`() {
        var distribution = DurationDistribution()
        distribution.record(5_000)
        distribution.record(7_000_000, times: 3)
        var other = distribution
        other.record(5_000, times: -1)
        other.record(7_000_000, times: -3)
        #expect(other == DurationDistribution())
    }
}
