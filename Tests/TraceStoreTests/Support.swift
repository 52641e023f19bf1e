import Foundation
import OTLPCoding
import Synchronization
import TraceModel

@testable import TraceStore

/// A folder that goes away with its owner.
final class Folder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "flowglass-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var store: String { path + "/spans.db" }
}

/// `count` bookings, each a publish in one trace and a linked delivery in another.
func bookings(_ range: Range<UInt64>, of channel: String = "주문.완료", correlation: Bool = true) throws -> OTLPBatch {
    let epoch: UInt64 = 1_768_467_600_000_000_000
    func span(_ id: UInt64, _ kind: SpanKind, _ operation: String, link: UInt64? = nil) -> OTLPSpan {
        OTLPSpan(
            trace: TraceID(high: 1, low: id), id: SpanID(bits: id), kind: kind, name: "\(channel) \(operation)",
            start: epoch + id * 1_000_000, end: epoch + id * 1_000_000 + 500_000,
            attributes: [
                ("messaging.system", "kafka"), ("messaging.destination.name", .string(channel)),
                ("messaging.operation.type", .string(operation)),
            ] + (correlation && link == nil ? [("correlation_id", .string("예매-\(id)"))] : []),
            links: link.map { [OTLPLink(trace: TraceID(high: 1, low: $0), span: SpanID(bits: $0))] } ?? [])
    }
    let publishes = range.map { span($0 * 2 + 1, .producer, "publish") }
    let deliveries = range.map { span($0 * 2 + 2, .consumer, "process", link: $0 * 2 + 1) }
    return try OTLPBatch.decode(
        protobuf: OTLPRequest(resources: [
            OTLPResource(attributes: [("service.name", "주문")], scopes: [OTLPScope(name: "t", spans: publishes)]),
            OTLPResource(attributes: [("service.name", "알림")], scopes: [OTLPScope(name: "t", spans: deliveries)]),
        ]).encoded())
}

func submit(_ batch: OTLPBatch, to store: SpanStore) async -> Result<Void, SinkFailure> {
    await withCheckedContinuation { continuation in
        store.submit(ReceivedRequest(batch: batch)) { continuation.resume(returning: $0) }
    }
}

func open(_ folder: Folder) throws -> SpanStore { try SpanStore.open(folder.store).store }

/// `publishes 주문 -> 주문.완료: 3 of 3`
func describe(_ edges: [ObservedEdge]) -> [String] {
    edges.map {
        "\($0.key.kind.rawValue) \($0.key.from) -> \($0.key.to): \($0.figures.count) of \($0.figures.deliveries)"
            + $0.figures.joinedBy.sorted { $0.key < $1.key }.map { ", \($0.key.rawValue) \($0.value)" }.joined()
    }
}

/// A clock that a test moves.
final class TestClock: Sendable {
    private let times: Mutex<(wall: UInt64, steady: UInt64)>

    init(wall: UInt64 = 1_768_467_600_000_000_000) { times = Mutex((wall, 1)) }

    /// Time passes.
    func pass(_ duration: Duration) {
        let nanoseconds = UInt64(duration / .nanoseconds(1))
        times.withLock { $0 = ($0.wall + nanoseconds, $0.steady + nanoseconds) }
    }

    /// The machine's time is set to another.
    func jump(_ duration: Duration) {
        let nanoseconds = Int64(duration / .nanoseconds(1))
        times.withLock { $0.wall = UInt64(Int64($0.wall) + nanoseconds) }
    }

    var clock: StoreClock {
        StoreClock(wall: { self.times.withLock { $0.wall } }, steady: { self.times.withLock { $0.steady } })
    }
}

extension Duration {
    static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }
}
