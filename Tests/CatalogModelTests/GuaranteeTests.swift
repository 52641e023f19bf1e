import CatalogModel
import SourceDiagnostics
import Testing

@Suite struct `guarantee table` {
    @Test(arguments: MessagingSystem.allCases.filter { $0 != .other })
    func `every system has a row whose parts agree`(system: MessagingSystem) throws {
        let row = try #require(system.guarantees)
        let order: [Guarantees.Delivery] = [.atMostOnce, .atLeastOnce, .exactlyOnce]
        #expect(order.firstIndex(of: row.delivery.value)! <= order.firstIndex(of: row.strongestDelivery.value)!)
        if let fifo = row.fifoDelivery { #expect(fifo.value == row.strongestDelivery.value) }
        if row.persistence.value == .none { #expect(!row.replay.value && row.delivery.value == .atMostOnce) }
        let sources = [row.fanOut.source, row.persistence.source, row.replay.source, row.delivery.source]
        #expect(sources.allSatisfy { system == .inMemory || $0.contains("/") })
    }

    @Test func `order by sessions or keys does not make delivery exactly once, as FIFO queues of AWS do`() {
        func channel(_ system: MessagingSystem) -> Channel {
            var channel = Channel(name: "c", span: .init(file: "a", line: 1, column: 1), kind: .queue)
            channel.system = system
            channel.fifo = true
            return channel
        }
        #expect(channel(.azureServiceBus).givenDelivery == .atLeastOnce)
        #expect(channel(.gcpPubSub).givenDelivery == .atLeastOnce)
        #expect(channel(.awsSQS).givenDelivery == .exactlyOnce)
        #expect(channel(.awsSNS).canReplay == true && channel(.awsSQS).canReplay == false)
    }
}
