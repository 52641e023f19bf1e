import Synchronization

/// A Kafka topic: messages of one key keep their order within a partition, and every group reads all of them.
final class KafkaTopic: Sendable {
    struct Record: Sendable {
        let message: Message
        let key: String
        let partition: Int
        let offset: Int64
    }

    let name: String
    let partitions: Int
    private let activity: Activity
    private let offsets: Mutex<[Int64]>
    private let groups: Mutex<[[Mailbox<Record>]]> = Mutex([])

    /// - Parameter firstOffset: Offsets start there; a topic outlives the runs of the fleet, so each run starts higher.
    init(_ name: String, partitions: Int, firstOffset: Int64, activity: Activity) {
        self.name = name
        self.partitions = partitions
        self.activity = activity
        offsets = Mutex(Array(repeating: firstOffset, count: partitions))
    }

    /// A consumer group; it reads what is sent from now on.
    /// - Returns: One mailbox for each partition.
    func subscribe() -> [Mailbox<Record>] {
        let mailboxes = (0..<partitions).map { _ in Mailbox<Record>() }
        groups.withLock { $0.append(mailboxes) }
        return mailboxes
    }

    func partition(of key: String) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int(hash % UInt64(partitions))
    }

    func send(_ message: Message, key: String) {
        let partition = partition(of: key)
        let offset = offsets.withLock { offsets in
            defer { offsets[partition] += 1 }
            return offsets[partition]
        }
        let record = Record(message: message, key: key, partition: partition, offset: offset)
        for group in groups.withLock({ $0 }) {
            activity.begin()
            if !group[partition].put(record) { activity.end() }
        }
    }

    /// A group has handled a record of its mailbox.
    func commit() { activity.end() }
}
