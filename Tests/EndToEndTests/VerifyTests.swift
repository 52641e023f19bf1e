import Foundation
import Testing

/// `flowglass verify` around real senders.
@Suite struct VerifyTests {
    private static let catalog = """
        services:
          주문: { publishes: [주문.완료] }
          알림: { subscribes: [주문.완료] }
        topics:
          주문.완료: { broker: kafka }
        """

    private func verify(
        _ options: [String], catalog: String = catalog, _ command: [String], environment: [String: String] = [:]
    ) async throws -> Program.Result {
        let scratch = try ScratchFolder()
        try catalog.write(toFile: scratch.path + "/catalog.yaml", atomically: true, encoding: .utf8)
        return try await Program.run(
            ["verify", "--catalog", scratch.path + "/catalog.yaml", "--settle", "0.5"] + options + ["--"] + command,
            environment: environment)
    }

    /// A publish, and where it is wanted its handling, sent by bash over a plain socket.
    private static func sender(handled: Bool) -> [String] {
        func span(_ service: String, _ id: String, _ kind: Int, _ operation: String, _ link: String) -> String {
            """
            {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"\(service)"}}]},"scopeSpans":[{"spans":\
            [{"traceId":"\(id)\(id)","spanId":"\(id)","name":"s","kind":\(kind),"startTimeUnixNano":"1768467600000000000",\
            "endTimeUnixNano":"1768467600001000000",\(link)"attributes":[\
            {"key":"messaging.system","value":{"stringValue":"kafka"}},\
            {"key":"messaging.destination.name","value":{"stringValue":"주문.완료"}},\
            {"key":"messaging.operation.type","value":{"stringValue":"\(operation)"}}]}]}]}
            """
        }
        let publish = span("주문", "00000000000000a1", 4, "publish", "")
        let link = #""links":[{"traceId":"00000000000000a100000000000000a1","spanId":"00000000000000a1"}],"#
        let handle = span("알림", "00000000000000b2", 5, "process", link)
        let body = #"{"resourceSpans":["# + (handled ? publish + "," + handle : publish) + "]}"
        let script = """
            rest=${OTEL_EXPORTER_OTLP_TRACES_ENDPOINT#http://}; place=${rest%%/*}
            exec 3<>/dev/tcp/${place%:*}/${place#*:}
            printf 'POST /%s HTTP/1.1\\r\\nHost: %s\\r\\nContent-Type: application/json\\r\\nContent-Length: %d\\r\\nConnection: close\\r\\n\\r\\n%s' \
              "${rest#*/}" "$place" \(body.utf8.count) "$0" >&3
            grep -q '200 OK' <&3 && echo sent
            """
        return ["bash", "-c", script, body]
    }

    @Test func `a run that does what is written down passes, with its own output`() async throws {
        let result = try await verify(["--min-coverage", "100"], Self.sender(handled: true))
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "sent\n")
        #expect(result.errors.contains("no findings (1 file checked)\ncoverage: 2 of 2 documented edges seen (100%)"))
    }

    @Test func `what was not seen is information, which fails the run where it is asked to`() async throws {
        let result = try await verify([], Self.sender(handled: false))
        #expect(result.status == 0)
        #expect(result.errors.contains("info[unobserved-service]: '알림' sent no spans in the window"))
        let strict = try await verify(["--fail-on", "info"], Self.sender(handled: false))
        #expect(strict.status == 1)
    }

    @Test func `coverage below what is asked for fails the run`() async throws {
        let result = try await verify(["--min-coverage", "60"], Self.sender(handled: false))
        #expect(result.status == 1)
        #expect(result.errors.contains("coverage of 50% is below --min-coverage 60"))
    }

    @Test func `the report goes to a file in every format, and the store stays where it is kept`() async throws {
        let scratch = try ScratchFolder()
        let (report, store) = (scratch.path + "/drift.json", scratch.path + "/run.db")
        let result = try await verify(
            ["--format", "json", "--output", report, "--coverage", "--keep-store", store], Self.sender(handled: true))
        #expect(result.status == 0, "\(result.errors)")
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: report)))
        let object = try #require(json as? [String: Any])
        #expect((object["findings"] as? [Any])?.isEmpty == true)
        #expect((object["coverage"] as? [String: Any])?["percent"] as? Int == 100)
        let edges = try await Program.run(["edges", "--store", store, "--json"], in: scratch.path)
        #expect(edges.output.contains("주문.완료"))
    }

    @Test func `JSON has standard output to itself`() async throws {
        let scratch = try ScratchFolder()
        let result = try await verify(
            ["--json", "--keep-store", scratch.path + "/run.db"], Self.sender(handled: false))
        let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        #expect((json?["findings"] as? [Any])?.isEmpty == false)
        #expect(result.errors.hasPrefix("sent\nflowglass: the spans are kept in "), "\(result.errors)")
    }

    @Test func `the command's own failure is the exit status`() async throws {
        let result = try await verify([], ["sh", "-c", "echo out; echo err >&2; exit 7"])
        #expect(result.status == 7)
        #expect(result.output == "out\n")
        #expect(result.errors.hasPrefix("err\n"))
    }

    @Test func `a command that sends nothing could not be judged`() async throws {
        let result = try await verify([], ["true"])
        #expect(result.status == 3)
        #expect(result.errors.contains("no spans came from 'true'"))
    }

    @Test func `a command that is not there is said`() async throws {
        let result = try await verify([], ["/no/such/command"])
        #expect(result.status == 3)
        #expect(result.errors == "flowglass: cannot run '/no/such/command': No such file or directory\n")
    }

    @Test func `a signal is the command's to answer`() async throws {
        let scratch = try ScratchFolder()
        try Self.catalog.write(toFile: scratch.path + "/catalog.yaml", atomically: true, encoding: .utf8)
        let running = try Program.start(
            ["verify", "--catalog", scratch.path + "/catalog.yaml", "--settle", "0", "--"]
                + ["bash", "-c", "trap 'echo bye; exit 9' TERM; echo ready; for i in {1..600}; do sleep 0.05; done"])
        defer { kill(running.process.processIdentifier, SIGKILL) }
        try running.input.close()
        var output = Data()
        while !String(decoding: output, as: UTF8.self).contains("ready") {
            let part = running.output.availableData
            try #require(!part.isEmpty, "the program ended: \(String(decoding: output, as: UTF8.self))")
            output += part
        }
        kill(running.process.processIdentifier, SIGTERM)
        output += running.output.readDataToEndOfFile()
        running.process.waitUntilExit()
        #expect(running.process.terminationStatus == 9)
        #expect(String(decoding: output, as: UTF8.self) == "ready\nbye\n")
    }

    @Test(arguments: [nil, "grpc", "http/json"] as [String?])
    func `the environment leads an SDK to the private collector`(spoken: String?) async throws {
        let script = "env | grep '^OTEL_' | sort"
        let result = try await verify(
            spoken.map { ["--protocol", $0] } ?? [], ["sh", "-c", script],
            environment: ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://elsewhere:4318", "OTEL_SDK_DISABLED": "true"])
        let variables = Dictionary(
            uniqueKeysWithValues: result.output.split(separator: "\n").map { line in
                let parts = line.split(separator: "=", maxSplits: 1)
                return (String(parts[0]), String(parts.last ?? ""))
            })
        let endpoint = try #require(variables["OTEL_EXPORTER_OTLP_ENDPOINT"])
        #expect(endpoint.hasPrefix("http://127.0.0.1:"))
        #expect(
            variables["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] == (spoken == "grpc" ? endpoint : endpoint + "/v1/traces"))
        #expect(variables["OTEL_EXPORTER_OTLP_PROTOCOL"] == spoken ?? "http/protobuf")
        #expect(variables["OTEL_SDK_DISABLED"] == "false")
    }

    // MARK: - A real SDK

    /// A Python that has OpenTelemetry's SDK and both exporters, from `Tests/Fleet/run` or of the machine.
    private static let python = [
        ProcessInfo.processInfo.environment["FLOWGLASS_PYTHON"], Program.repository + "/.build-fleet/bin/python",
        "/usr/bin/python3",
    ].lazy.compactMap { $0 }.first { path in
        guard FileManager.default.isExecutableFile(atPath: path) else { return false }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = [
            "-c",
            "import opentelemetry.exporter.otlp.proto.grpc.trace_exporter, opentelemetry.exporter.otlp.proto.http.trace_exporter",
        ]
        process.standardError = FileHandle.nullDevice
        try? process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    private static let program = """
        import os
        from opentelemetry import trace
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
        if os.environ["OTEL_EXPORTER_OTLP_PROTOCOL"] == "grpc":
            from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
        else:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        def tracer(service):
            provider = TracerProvider(resource=Resource.create({"service.name": service}))
            provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
            return provider, provider.get_tracer("test")

        def attributes(operation):
            return {"messaging.system": "kafka", "messaging.destination.name": "주문.완료",
                    "messaging.operation.type": operation}

        order, publishing = tracer("주문")
        mail, handling = tracer("알림")
        for number in range(20):
            with publishing.start_as_current_span("send", kind=trace.SpanKind.PRODUCER, attributes=attributes("publish")) as sent:
                link = trace.Link(sent.get_span_context())
            with handling.start_as_current_span("process", kind=trace.SpanKind.CONSUMER, links=[link], attributes=attributes("process")):
                pass
        order.shutdown()
        mail.shutdown()
        """

    @Test(.enabled(if: python != nil), arguments: ["grpc", "http/protobuf"])
    func `a Python program with OpenTelemetry's SDK is verified`(spoken: String) async throws {
        let python = try #require(Self.python)
        let scratch = try ScratchFolder()
        let store = scratch.path + "/run.db"
        let result = try await verify(
            ["--protocol", spoken, "--min-coverage", "100", "--keep-store", store], [python, "-c", Self.program])
        #expect(result.status == 0, "\(result.errors)")
        let edges = try await Program.run(["edges", "--store", store, "--json"], in: scratch.path)
        let all = try #require(try JSONSerialization.jsonObject(with: Data(edges.output.utf8)) as? [[String: Any]])
        #expect(all.map { $0["count"] as? Int } == [20, 20])
    }
}
