import OTLPCoding
import Synchronization
import Testing

@testable import Simulation

@Suite struct RetryScheduleTests {
    @Test func `what was accepted is done, what was refused is dropped`() {
        var schedule = RetrySchedule(seed: 1)
        #expect(schedule.step(after: .accepted) == .done)
        #expect(schedule.step(after: .refused(status: 400)) == .drop)
    }

    @Test func `a busy collector says when to come back`() {
        var schedule = RetrySchedule(seed: 1)
        #expect(schedule.step(after: .busy(retryAfter: .seconds(2))) == .retry(after: .seconds(2)))
        #expect(schedule.step(after: .busy(retryAfter: .seconds(3_600))) == .retry(after: .seconds(30)))
    }

    @Test func `waits double up to five seconds, at least half of each`() {
        var schedule = RetrySchedule(seed: 9)
        for full in [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000] {
            guard case .retry(let wait) = schedule.step(after: .unreachable) else {
                Issue.record("no retry")
                continue
            }
            #expect(wait >= .milliseconds(full / 2) && wait <= .milliseconds(full))
        }
        #expect(schedule.step(after: .accepted) == .done)
        guard case .retry(let wait) = schedule.step(after: .busy(retryAfter: nil)) else { return }
        #expect(wait <= .milliseconds(250))
    }

    @Test(arguments: [
        (200, nil, ExportOutcome.accepted), (429, 3, .busy(retryAfter: .seconds(3))),
        (503, nil, .busy(retryAfter: nil)), (503, -4, .busy(retryAfter: .zero)), (400, nil, .refused(status: 400)),
        (500, 1, .refused(status: 500)),
    ])
    func `a status decides what became of the batch`(status: Int, retryAfter: Int?, outcome: ExportOutcome) {
        #expect(CollectorReply(status: status, retryAfter: retryAfter).outcome == outcome)
    }
}

@Suite struct ServiceExporterTests {
    private func exporter(
        _ export: @escaping @Sendable (ExportBatch) async -> ExportOutcome
    ) -> (ServiceExporter, Tracer) {
        let exporter = ServiceExporter(
            ServiceResource(name: "주문", language: .python, version: "1"), instance: "i-1", export: export)
        return (exporter, Tracer(service: "주문", ids: IDSource(), queue: exporter.queue))
    }

    private func counters(_ exporter: ServiceExporter) -> FleetCounters {
        var counters = FleetCounters()
        exporter.add(to: &counters)
        return counters
    }

    @Test func `a batch holds 512 spans at most, by the instrumentations that made them`() async throws {
        let batches = Mutex<[ExportBatch]>([])
        let (exporter, tracer) = exporter { batch in
            batches.withLock { $0.append(batch) }
            return .accepted
        }
        for number in 0..<1_000 {
            tracer.end(tracer.start("s", .internal, by: number.isMultiple(of: 2) ? .pika : .grpc, in: nil))
        }
        let running = Task { await exporter.run() }
        while counters(exporter).spansSent < 1_000 { await Task.yield() }
        running.cancel()
        await running.value
        let sent = batches.withLock { $0 }
        #expect(sent.map(\.spans) == [512, 488])
        let decoded = try SeenSpan.decode(sent[0].body)
        #expect(Set(decoded.map(\.service)) == ["주문"])
        #expect(Set(decoded.map(\.scope)) == [Instrumentation.pika.name, Instrumentation.grpc.name])
    }

    @Test func `a busy collector gets the same batch again`() async {
        let attempts = Mutex<[[UInt8]]>([])
        let (exporter, tracer) = exporter { batch in
            attempts.withLock { attempts in
                attempts.append(batch.body)
                return attempts.count < 3 ? .busy(retryAfter: .milliseconds(5)) : .accepted
            }
        }
        tracer.end(tracer.start("s", .internal, by: .grpc, in: nil))
        let running = Task { await exporter.run() }
        while counters(exporter).spansSent < 1 { await Task.yield() }
        running.cancel()
        await running.value
        let bodies = attempts.withLock { $0 }
        #expect(bodies.count == 3)
        #expect(Set(bodies).count == 1)
        #expect(counters(exporter).retries == 2)
    }

    @Test func `the queue is bounded, and says what it dropped`() {
        let (exporter, tracer) = exporter { _ in .accepted }
        for _ in 0..<SpanQueue.capacity + 10 { tracer.end(tracer.start("s", .internal, by: .grpc, in: nil)) }
        #expect(counters(exporter).spansMade == SpanQueue.capacity + 10)
        #expect(counters(exporter).spansDropped == 10)
    }

    @Test func `a cancelled exporter sends what is left, once`() async {
        let (exporter, tracer) = exporter { _ in .unreachable }
        for _ in 0..<600 { tracer.end(tracer.start("s", .internal, by: .grpc, in: nil)) }
        let running = Task { await exporter.run() }
        running.cancel()
        await running.value
        #expect(counters(exporter).spansDropped == 600)
    }
}

/// Over real sockets, one after the other: ports are a shared thing.
@Suite(.serialized) struct CollectorConnectionTests {
    private func settings(_ port: Int) -> Fleet.Settings {
        Fleet.Settings(port: port, rate: 40, duration: .milliseconds(600), pace: 0.02)
    }

    @Test func `each service keeps one connection and sends OTLP over it`() async throws {
        let server = try #require(SocketServer([.ok]))
        defer { server.close() }
        let connection = CollectorConnection(host: "127.0.0.1", port: server.port)
        for number in 0..<5 { #expect(await connection.post([UInt8(number)]) == .accepted) }
        await connection.close()
        let seen = server.seen
        #expect(seen.connections == 1)
        #expect(seen.bodies == (0..<5).map { [UInt8($0)] })
        #expect(seen.heads[0].hasPrefix("POST /v1/traces HTTP/1.1\r\n"))
        #expect(seen.heads[0].contains("Content-Type: application/x-protobuf"))
    }

    @Test func `a 503 with Retry-After is told to the exporter, and the connection stays`() async throws {
        let busy = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nContent-Length: 4\r\n\r\nbusy"
        let server = try #require(SocketServer([.reply(busy), .ok]))
        defer { server.close() }
        let connection = CollectorConnection(host: "127.0.0.1", port: server.port)
        #expect(await connection.post([1]) == .busy(retryAfter: .seconds(2)))
        #expect(await connection.post([1]) == .accepted)
        #expect(server.seen.connections == 1)
        await connection.close()
    }

    @Test func `a collector that hangs up is called again`() async throws {
        let server = try #require(SocketServer([.hangUp]))
        defer { server.close() }
        let connection = CollectorConnection(host: "127.0.0.1", port: server.port)
        #expect(await connection.post([1]) == .unreachable)
        #expect(await connection.post([1]) == .unreachable)
        #expect(server.seen.connections == 2)
        await connection.close()
    }

    @Test func `a collector that closes after its answer is called again`() async throws {
        let answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        let server = try #require(SocketServer([.reply(answer), .hangUp]))
        defer { server.close() }
        let connection = CollectorConnection(host: "127.0.0.1", port: server.port)
        #expect(await connection.post([1]) == .accepted)
        #expect(await connection.post([2]) == .unreachable)
        await connection.close()
    }

    @Test func `an answer that is no HTTP makes the collector unreachable`() async throws {
        let server = try #require(SocketServer([.reply("SSH-2.0-OpenSSH_9.2\r\n")]))
        defer { server.close() }
        let connection = CollectorConnection(host: "127.0.0.1", port: server.port)
        #expect(await connection.post([1]) == .unreachable)
        await connection.close()
    }

    @Test func `nobody there is unreachable`() async throws {
        let server = try #require(SocketServer([.ok]))
        let port = server.port
        server.close()
        let connection = CollectorConnection(host: "127.0.0.1", port: port)
        #expect(await connection.post([1]) == .unreachable)
        await connection.close()
    }

    @Test func `a fleet outlives the absence of its collector, and finds it when it comes`() async throws {
        let probe = try #require(SocketServer([.ok]))
        let port = probe.port
        probe.close()
        var settings = settings(port)
        settings.duration = nil
        let fleet = Fleet(settings)
        let running = Task { await fleet.run() }
        while fleet.counters.retries < 5 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(fleet.counters.spansSent == 0)
        var server: SocketServer?
        while server == nil {
            server = SocketServer(
                port: port, [.reply("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")])
            try await Task.sleep(for: .milliseconds(20))
        }
        while fleet.counters.spansSent == 0 { try await Task.sleep(for: .milliseconds(5)) }
        fleet.stop()
        await running.value
        server?.close()
        #expect(fleet.counters.spansSent > 0)
    }

    @Test func `a collector that never answers does not hold up the end`() async throws {
        let server = try #require(SocketServer([.reply("")]))
        defer { server.close() }
        var settings = settings(server.port)
        settings.duration = nil
        let fleet = Fleet(settings)
        let running = Task { await fleet.run() }
        while fleet.counters.spansMade < 100 || server.seen.bodies.isEmpty {
            try await Task.sleep(for: .milliseconds(5))
        }
        let time = await ContinuousClock().measure {
            running.cancel()
            await running.value
        }
        #expect(time < .seconds(8))
        #expect(fleet.counters.spansDropped == fleet.counters.spansMade)
    }

    @Test(arguments: [-1, 0, 65_536, .max])
    func `a port that cannot be is unreachable`(port: Int) async {
        #expect(await CollectorConnection(host: "127.0.0.1", port: port).post([1]) == .unreachable)
    }
}

@Suite struct FleetSettingsTests {
    @Test(arguments: [(4, 4), (0, 0.01), (-1, 0.01), (.nan, 0.01), (.infinity, 10_000)] as [(Double, Double)])
    func `a rate is one that the fleet can keep`(rate: Double, bounded: Double) {
        #expect(Fleet.Settings(rate: rate).boundedRate == bounded)
    }

    @Test func `strange settings harm nobody`() async throws {
        #expect(Fleet.Settings(pace: .nan).boundedPace == 1)
        let fleet = Fleet(Fleet.Settings(rate: 100, pace: -1)) { _ in .accepted }
        let running = Task { await fleet.run() }
        for _ in 0..<3_000 where fleet.counters.bookings == 0 { try await Task.sleep(for: .milliseconds(10)) }
        fleet.stop()
        await running.value
        #expect(fleet.counters.bookings > 0)
    }
}
