import Testing

@testable import TerminalBackend

@Suite struct `A mailbox` {
    @Test func `gives messages out once, in order`() {
        let mailbox = Mailbox<Int>()
        for number in 1...3 { mailbox.post(number) }
        #expect(mailbox.take() == [1, 2, 3])
        #expect(mailbox.take() == [])
    }

    @Test func `keeps the newest snapshot and everything else`() {
        let mailbox = Mailbox<Int>()
        let isSnapshot = { (number: Int) in number >= 100 }
        mailbox.post(1)
        mailbox.post(100, replacing: isSnapshot)
        mailbox.post(2)
        mailbox.post(200, replacing: isSnapshot)
        #expect(mailbox.take() == [1, 2, 200])
    }

    @Test func `takes messages from many tasks`() async {
        let mailbox = Mailbox<Int>()
        await withTaskGroup { group in
            for start in 0..<8 {
                group.addTask { for number in 0..<100 { mailbox.post(start * 100 + number) } }
            }
        }
        #expect(mailbox.take().sorted() == Array(0..<800))
    }
}
