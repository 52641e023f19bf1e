import TraceModel

/// A hop in the store's hop log. The log only grows: a correction takes the old hop back and adds the new one.
struct HopRecord: Equatable {
    var edge: Int64
    /// 1 for added, -1 for taken back.
    var sign: Int
    var isError: Bool
    var isDuplicate: Bool
    var evidence: JoinEvidence?
    /// Nanoseconds since the Unix epoch.
    var time: UInt64
    /// Microseconds; nil where an end is unknown.
    var wait: Int64?
    /// Microseconds; nil where nothing was handled.
    var work: UInt64?
    /// The low half of an example's trace id.
    var trace: UInt64
    /// How many messages or deliveries it speaks for.
    var messages = 1

    /// Evidence by its number, from 1: `allCases` would be made anew for each record.
    private static let evidence = JoinEvidence.allCases

    static func encoded(_ records: [HopRecord]) -> [UInt8] {
        var writer = ByteWriter()
        var previous: UInt64 = 0
        for record in records {
            var flags = record.evidence.flatMap { evidence.firstIndex(of: $0) }.map { UInt64($0 + 1) } ?? 0
            if record.sign < 0 { flags |= 8 }
            if record.isError { flags |= 16 }
            if record.isDuplicate { flags |= 32 }
            if record.wait != nil { flags |= 64 }
            if record.work != nil { flags |= 128 }
            if record.messages != 1 { flags |= 256 }
            writer.append(flags)
            writer.append(UInt64(bitPattern: record.edge))
            writer.append(signed: Int64(bitPattern: record.time &- previous))
            previous = record.time
            if let wait = record.wait { writer.append(signed: wait) }
            if let work = record.work { writer.append(work) }
            writer.append(fixed: record.trace)
            if record.messages != 1 { writer.append(count: record.messages) }
        }
        return writer.bytes
    }

    static func decoded(_ bytes: [UInt8]) -> [HopRecord] {
        var records: [HopRecord] = []
        forEach(in: bytes) { records.append($0) }
        return records
    }

    static func forEach(in bytes: [UInt8], _ body: (HopRecord) -> Void) {
        var reader = ByteReader(bytes)
        var time: UInt64 = 0
        while !reader.isAtEnd {
            let flags = reader.number()
            let edge = Int64(bitPattern: reader.number())
            time = time &+ UInt64(bitPattern: reader.signed())
            let kind = Int(flags & 7)
            body(
                HopRecord(
                    edge: edge, sign: flags & 8 != 0 ? -1 : 1, isError: flags & 16 != 0, isDuplicate: flags & 32 != 0,
                    evidence: kind > 0 && kind <= evidence.count ? evidence[kind - 1] : nil,
                    time: time, wait: flags & 64 != 0 ? reader.signed() : nil,
                    work: flags & 128 != 0 ? reader.number() : nil, trace: reader.fixed(),
                    messages: flags & 256 != 0 ? reader.smallCount() : 1))
        }
    }
}
