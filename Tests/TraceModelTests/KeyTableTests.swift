import Testing

@testable import TraceModel

@Suite struct KeyTableTests {
    @Test(arguments: [1, 15, 16, 17, 5_000]) func `what is put in is found, and nothing else`(count: Int) {
        var dice = Dice(state: UInt64(count))
        var table = KeyTable(new: -1)
        var expected: [UInt64: Int] = [:]
        for value in 0..<count {
            // Some keys come again, and some differ in their upper bits only.
            let key = UInt64.random(in: 2...UInt64(count + 1), using: &dice) << UInt64.random(in: 0...60, using: &dice)
            if key == 0 { continue }
            let place = table.place(of: key)
            #expect(table[place] == expected[key] ?? -1)
            table[place] = value
            expected[key] = value
        }
        #expect(table.count == expected.count)
        for (key, value) in expected { #expect(table.find(key).map { table[$0] } == value) }
        for key in 0..<UInt64(count + 100) where expected[key] == nil { #expect(table.find(key) == nil) }
    }

    @Test func `an empty table knows no key`() {
        #expect(KeyTable(new: ()).find(0) == nil)
        #expect(KeyTable(new: ()).find(7) == nil)
    }

    @Test func `the key zero is a key`() {
        var table = KeyTable(new: "")
        table[table.place(of: 0)] = "영"
        #expect(table.find(0).map { table[$0] } == "영")
        #expect(table.count == 1)
    }
}
