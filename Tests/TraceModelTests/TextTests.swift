import Testing
import TraceModel

@Suite struct TextTests {
    @Test(arguments: [
        (UInt64(0), "0ms"), (1, "<0.1ms"), (400_000, "0.4ms"), (2_100_000, "2.1ms"), (38_000_000, "38ms"),
        (999_400_000, "999ms"), (999_600_000, "1.0s"), (1_234_000_000, "1.2s"), (12_000_000_000, "12s"),
        (59_600_000_000, "1m00s"), (200_000_000_000, "3m20s"), (7_500_000_000_000, "2h05m"),
        (259_200_000_000_000, "3d"), (UInt64.max, "213503d"),
    ])
    func `durations keep two or three digits and their unit`(nanoseconds: UInt64, text: String) {
        #expect(durationText(nanoseconds) == text)
    }

    @Test func `moments are written as RFC 3339`() {
        #expect(timestampText(0) == "1970-01-01T00:00:00Z")
        #expect(timestampText(1_768_467_641_999_000_000) == "2026-01-15T09:00:41Z")
        #expect(timestampText(1_768_467_641_999_000_000, milliseconds: true) == "2026-01-15T09:00:41.999Z")
        #expect(timestampText(1_768_467_641_007_999_999, milliseconds: true) == "2026-01-15T09:00:41.007Z")
        #expect(timestampText(951_827_696_000_000_000) == "2000-02-29T12:34:56Z")
        #expect(timestampText(.max) == "2554-07-21T23:34:33Z")
    }
}
