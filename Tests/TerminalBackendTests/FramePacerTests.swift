import Testing

@testable import TerminalBackend

@Suite struct `The frame pacer` {
    private let start = ContinuousClock.now

    @Test func `sleeps for ever when nothing happens`() {
        #expect(FramePacer().timeout(at: start) == -1)
    }

    @Test func `takes messages at once after a quiet time, and once`() {
        var pacer = FramePacer()
        pacer.messagesArrived()
        #expect(pacer.timeout(at: start) == 0)
        let taken = [pacer.takeSlot(at: start), pacer.takeSlot(at: start)]
        #expect(taken == [true, false])
        #expect(pacer.timeout(at: start) == -1)
    }

    @Test func `lets the next ones wait for a thirtieth of a second`() {
        var pacer = FramePacer()
        pacer.messagesArrived()
        _ = pacer.takeSlot(at: start)
        pacer.messagesArrived()
        #expect(pacer.isWaiting)
        #expect(pacer.timeout(at: start) == 33)
        #expect(pacer.timeout(at: start + .microseconds(32_001)) == 1)
        let taken = [32, 33].map { pacer.takeSlot(at: start + .milliseconds($0)) }
        #expect(taken == [false, true])
    }

    @Test func `30 times in a second, however many messages come`() {
        var pacer = FramePacer()
        var frames = 0
        for millisecond in 0..<1000 {
            pacer.messagesArrived()
            if pacer.takeSlot(at: start + .milliseconds(millisecond)) { frames += 1 }
        }
        #expect(frames == 31)
    }
}
