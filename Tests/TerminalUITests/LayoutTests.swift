import TerminalUI
import Testing

@Suite struct `A layout` {
    @Test(arguments: [
        ([Length.fixed(1), .fill(1), .fixed(1)], 10, [1, 8, 1]),
        ([.fill(1), .fill(2)], 10, [3, 7]),
        ([.fill(1), .fill(1), .fill(1)], 10, [3, 3, 4]),
        ([.atLeast(4), .fill(1)], 10, [7, 3]),
        ([.fixed(8), .fixed(8)], 10, [8, 2]),
        ([.fixed(3), .atLeast(4), .fill(1)], 5, [3, 2, 0]),
        ([.fixed(2)], 10, [2]),
        ([.fill(0), .fill(0)], 10, [0, 0]),
        ([], 10, []),
        ([.fill(1)], 0, [0]),
    ])
    func `shares the room`(lengths: [Length], total: Int, sizes: [Int]) {
        let area = Rect(x: 3, y: 5, width: total, height: total)
        #expect(area.split(rows: lengths).map(\.height) == sizes)
        #expect(area.split(columns: lengths).map(\.width) == sizes)
    }

    @Test func `puts areas side by side`() {
        let parts = Rect(x: 3, y: 5, width: 10, height: 4).split(columns: [.fixed(4), .fill(1)])
        #expect(parts == [Rect(x: 3, y: 5, width: 4, height: 4), Rect(x: 7, y: 5, width: 6, height: 4)])
    }

    @Test func `knows what two areas share`() {
        let area = Rect(x: 2, y: 2, width: 4, height: 4)
        #expect(area.intersection(Rect(x: 0, y: 3, width: 4, height: 9)) == Rect(x: 2, y: 3, width: 2, height: 3))
        #expect(area.intersection(Rect(x: 9, y: 9, width: 1, height: 1)).isEmpty)
    }
}
