import OTLPCoding
import Testing

@testable import Simulation

private let message = Message(
    booking: Booking(number: 0, seed: 1, run: "TEST", correlationID: "c"),
    context: TraceContext(trace: TraceID(high: 1, low: 1), span: SpanID(bits: 1)))

@Suite struct MailboxTests {
    @Test func `elements come out in order, a batch at a time`() async {
        let mailbox = Mailbox<Int>()
        for number in 0..<250 { mailbox.put(number) }
        var seen: [Int] = []
        while seen.count < 250 { seen += await mailbox.take(100, within: .zero) }
        #expect(seen == Array(0..<250))
    }

    @Test func `a taker waits for the next element`() async {
        let mailbox = Mailbox<Int>()
        async let taken = mailbox.take(1, within: .seconds(10))
        try? await Task.sleep(for: .milliseconds(10))
        mailbox.put(7)
        #expect(await taken == [7])
    }

    @Test func `a taker gives up when its time is up`() async {
        #expect(await Mailbox<Int>().take(1, within: .milliseconds(5)) == [])
    }

    @Test func `a cancelled taker gives up at once`() async {
        let task = Task { await Mailbox<Int>().take(1, within: .seconds(60)) }
        task.cancel()
        #expect(await task.value == [])
    }

    @Test func `a full mailbox takes no more`() {
        let mailbox = Mailbox<Int>(capacity: 2)
        #expect([mailbox.put(1), mailbox.put(2), mailbox.put(3)] == [true, true, false])
    }

    @Test func `many takers share the elements among them`() async {
        let mailbox = Mailbox<Int>()
        let seen = await withTaskGroup(of: [Int].self) { group in
            for _ in 0..<8 {
                group.addTask {
                    var mine: [Int] = []
                    while let next = await mailbox.take(1, within: .milliseconds(200)).first { mine.append(next) }
                    return mine
                }
            }
            for number in 0..<1_000 { mailbox.put(number) }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(seen.sorted() == Array(0..<1_000))
    }
}

@Suite struct SQSQueueTests {
    private func withQueue(
        maximumReceives: Int = 5, _ body: (SQSQueue, Activity) async throws -> Void
    ) async rethrows {
        let activity = Activity()
        let queue = SQSQueue(
            "q", visibility: .milliseconds(40), maximumReceives: maximumReceives, ids: IDSource(), activity: activity)
        let running = Task { await queue.run() }
        try await body(queue, activity)
        running.cancel()
    }

    @Test func `a message that is not deleted comes again under the same id`() async throws {
        try await withQueue { queue, activity in
            queue.send(message)
            let first = try #require(await queue.receive(waiting: .seconds(5)).first)
            let second = try #require(await queue.receive(waiting: .seconds(5)).first)
            #expect(first.messageID == second.messageID)
            #expect([first.attempt, second.attempt] == [1, 2])
            queue.delete(second)
            await activity.settle(upTo: .seconds(5))
            #expect(activity.underWay == 0)
            #expect(await queue.receive(waiting: .milliseconds(150)).isEmpty)
        }
    }

    @Test func `a receipt that is out of date deletes nothing`() async throws {
        try await withQueue { queue, _ in
            queue.send(message)
            let first = try #require(await queue.receive(waiting: .seconds(5)).first)
            let second = try #require(await queue.receive(waiting: .seconds(5)).first)
            queue.delete(first)
            let third = try #require(await queue.receive(waiting: .seconds(5)).first)
            #expect(third.attempt == second.attempt + 1)
        }
    }

    @Test func `after its last receive a message is gone to the dead letters`() async {
        await withQueue(maximumReceives: 2) { queue, activity in
            queue.send(message)
            for _ in 0..<2 { #expect(await queue.receive(waiting: .seconds(5)).count == 1) }
            await activity.settle(upTo: .seconds(5))
            #expect(activity.underWay == 0)
        }
    }

    @Test func `every queue of a topic gets its own copy`() async {
        let activity = Activity()
        let queues = ["a", "b"].map {
            SQSQueue($0, visibility: .seconds(1), ids: IDSource(), activity: activity)
        }
        SNSTopic(name: "t", queues: queues).publish(message)
        var ids: Set<String> = []
        for queue in queues { ids.formUnion(await queue.receive(waiting: .seconds(5)).map(\.messageID)) }
        #expect(ids.count == 2)
    }
}

@Suite struct KafkaTopicTests {
    @Test func `every group reads everything, and a key keeps its order`() async {
        let topic = KafkaTopic("t", partitions: 4, firstOffset: 100, activity: Activity())
        let groups = [topic.subscribe(), topic.subscribe()]
        for number in 0..<40 { topic.send(message, key: "k\(number % 10)") }
        for group in groups {
            var records: [KafkaTopic.Record] = []
            for partition in group { records += await partition.take(100, within: .milliseconds(1)) }
            #expect(records.count == 40)
            for (partition, kept) in Dictionary(grouping: records, by: \.partition) {
                #expect(kept.map(\.offset) == (0..<kept.count).map { 100 + Int64($0) })
                #expect(kept.allSatisfy { topic.partition(of: $0.key) == partition })
            }
        }
    }
}

@Suite struct RabbitQueueTests {
    @Test func `a rejected job comes back as a second attempt`() async throws {
        let activity = Activity()
        let queue = RabbitQueue("q", activity: activity)
        queue.send(message)
        let first = try #require(await queue.receive(waiting: .seconds(5)))
        queue.reject(first)
        let second = try #require(await queue.receive(waiting: .seconds(5)))
        #expect([first.attempt, second.attempt] == [1, 2])
        queue.acknowledge()
        #expect(activity.underWay == 0)
    }
}

@Suite struct RedisChannelTests {
    @Test func `nobody gets what was published before they listened`() async {
        let channel = RedisChannel("c", activity: Activity())
        channel.publish(message)
        let mailbox = channel.subscribe()
        channel.publish(message)
        #expect(await mailbox.take(10, within: .milliseconds(5)).count == 1)
    }
}
