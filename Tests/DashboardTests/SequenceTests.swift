@testable import Dashboard
import TerminalUI
import Testing
import TraceModel

@Suite struct SequenceTests {
    @Test func `a conversation's messages and calls stand in the order of time, with who takes part`() throws {
        var model = DashboardModel.sample(160, 30)
        model.press("4 <Enter> v")
        #expect(model.context == .sequence)
        let sequence = try #require(model.waterfall?.sequence)
        #expect(sequence.arrows.count == model.waterfall?.conversation.hops.count { $0.kind != .delivers })
        #expect(sequence.arrows.map(\.time) == sequence.arrows.map(\.time).sorted())
        for participant in sequence.participants { #expect(model.text.contains(participant.name)) }
    }

    @Test func `Enter shows the span behind an arrow, Esc leads back, v to the waterfall`() {
        var model = DashboardModel.sample()
        model.press("4 <Enter> v j j <Enter>")
        #expect(model.context == .span)
        let span = model.waterfall?.sequence?.selected?.span
        #expect(model.waterfall?.detail?.key == span)
        model.press("n")
        #expect(model.waterfall?.sequence?.position == 3)
        model.press("<Esc>")
        #expect(model.context == .sequence)
        model.press("v")
        #expect(model.context == .waterfall)
    }

    @Test func `participants that have no room are one key away`() throws {
        var model = DashboardModel.sample(60, 20)
        model.press("4 <Enter> v")
        let names = try #require(model.waterfall?.sequence).participants.map(\.name)
        let before = model.text
        for _ in names { model.press("<Right>") }
        #expect(model.text != before)
        for _ in names { model.press("<Left>") }
        #expect(model.text == before)
    }

    @Test func `what goes on among participants that have no room is said in words`() throws {
        var model = DashboardModel.sample(44, 24)
        model.press("4 <Enter> v")
        #expect(model.line(with: "202ms").contains(" ▶ ⊚ orde"), "\(model.text)")
        #expect(model.line(with: "398ms").contains(" ▶ invent"), "\(model.text)")
    }

    @Test func `every size draws, and ten thousand arrows only those on the screen`() {
        var conversation = Sample.booking
        let hop = conversation.hops[0]
        conversation.hops = (0..<10_000).map { number in
            var copy = hop
            copy.time += UInt64(number)
            copy.to = "service-\(number % 40)"
            return copy
        }
        var snapshot = Sample.snapshot
        snapshot.conversations = [conversation]
        var model = DashboardModel.sample()
        _ = model.update(.data(Sample.graph, snapshot))
        model.press("4 <Enter> v G")
        #expect(model.waterfall?.sequence?.position == 9_999)
        for width in [40, 41, 60, 300] {
            for height in [10, 11, 100] {
                _ = model.update(.terminal(.resize(Size(width: width, height: height))))
                #expect(model.drawn().size == Size(width: width, height: height))
            }
        }
    }
}
