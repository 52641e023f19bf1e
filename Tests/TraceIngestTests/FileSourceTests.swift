import Foundation
import OTLPCoding
import Testing
import TraceModel

@testable import TraceIngest

@Suite struct `File source` {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "flowglass-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func file(_ name: String, _ content: [UInt8]) throws -> String {
        let url = folder.appending(path: name)
        try Data(content).write(to: url)
        return url.path(percentEncoded: false)
    }

    /// One line per item: the names of its spans, or the problem without the folder.
    private func items(_ path: String, limit: Int = 1 << 20) throws -> [String] {
        var source = try FileSource(path: path, requestLimit: limit)
        var result: [String] = []
        while let item = try source.next() {
            switch item {
            case .request(let request):
                result.append(request.batch.spans.map { request.batch.string($0.name) }.joined(separator: ","))
            case .problem(let problem):
                result.append(String(problem.description.dropFirst(folder.path(percentEncoded: false).count + 1)))
            }
        }
        return result
    }

    private func line(_ name: String) -> String {
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[\
        {"traceId":"00000000000000010000000000000002","spanId":"0000000000000003","name":"\(name)"}]}]}]}
        """
    }

    @Test func `one request is read in either encoding, compressed or not`() throws {
        for (name, content) in [("a.pb", Sample.protobuf), ("a.json", Sample.json)] {
            #expect(try items(file(name, content)) == ["주문 발행"])
            #expect(try items(file(name + ".gz", Sample.compressed(content))) == ["주문 발행"])
        }
        #expect(try items(file("empty.json", [])) == [])
        #expect(try items(file("empty.gz", Sample.compressed([]))) == [])
    }

    @Test func `a bad line is reported and the rest goes on`() throws {
        let text = [line("하나"), "", "{\"resourceSpans\":", line("둘"), "nonsense", line("셋") + "\r", "  "]
        let expected = [
            "하나", "a.jsonl:3: the JSON text ends too early at byte 17", "둘",
            "a.jsonl:5: 'the request' is not an object at byte 0", "셋",
        ]
        #expect(try items(file("a.jsonl", Array(text.joined(separator: "\n").utf8))) == expected)
        let compressed = Sample.compressed(Array((text.joined(separator: "\n") + "\n").utf8))
        #expect(try items(file("a.jsonl.gz", compressed)).count == 5)
    }

    @Test func `a bad first line does not make the file one document`() throws {
        let text = "{\"resourceSpans\":[\n\(line("a"))\n"
        #expect(
            try items(file("a.jsonl", Array(text.utf8))) == ["a.jsonl:1: the JSON text ends too early at byte 18", "a"])
    }

    @Test func `a document may have many lines, and its error names one`() throws {
        let text = "{\n  \"resourceSpans\": [\n    {\"scopeSpans\": []},\n    {\"scopeSpans\": 5}\n  ]\n}\n"
        #expect(
            try items(file("a.json", Array(text.utf8))) == ["a.json:4: 'scopeSpans' is not an array at byte 66"])
        #expect(try items(file("b.json", Array(text.replacing("5", with: "[]").utf8))) == [""])
        #expect(try items(file("c.json", Array(("\n\n" + line("a")).utf8))) == ["a"])
        #expect(try items(file("d.json", [0xEF, 0xBB, 0xBF] + Array(line("a").utf8))) == ["a"])
    }

    @Test func `a line longer than the limit is left out`() throws {
        let long = line(String(repeating: "x", count: 500))
        let text = [line("a"), long, line("b"), long].joined(separator: "\n")
        #expect(
            try items(file("a.jsonl", Array(text.utf8)), limit: 200)
                == ["a", "a.jsonl:2: longer than 200 bytes", "b", "a.jsonl:4: longer than 200 bytes"])
        #expect(try items(file("b.json", Array(long.utf8)), limit: 200) == ["b.json:1: longer than 200 bytes"])
        #expect(
            try items(file("c.pb", Sample.protobuf), limit: 20) == ["c.pb: longer than 20 bytes"])
    }

    @Test func `binary requests may follow each other with their lengths`() throws {
        let count = UInt32(Sample.protobuf.count)
        let frame = (0..<4).map { UInt8(truncatingIfNeeded: count >> UInt32(24 - 8 * $0)) } + Sample.protobuf
        #expect(try items(file("a.pb", frame + frame)) == ["주문 발행", "주문 발행"])
        #expect(
            try items(file("b.pb", frame + frame.dropLast())) == ["주문 발행", "b.pb: the last request breaks off"])
        #expect(try items(file("c.pb", frame + [0])) == ["주문 발행", "c.pb: the last length breaks off"])
    }

    @Test func `damage in a binary file is a problem`() throws {
        #expect(
            try items(file("a.pb", Sample.protobuf.dropLast()))
                == ["a.pb: a length reaches past the end of its message at byte 1"])
    }

    @Test func `a file that is not there or not readable is a failure`() throws {
        let missing = folder.appending(path: "missing").path(percentEncoded: false)
        let error = #expect(throws: FileFailure.self) { _ = try items(missing) }
        #expect(error?.description == "cannot read \(missing): no such file or directory")
        #expect(throws: FileFailure(path: "/tmp", reason: "it is a directory")) { _ = try items("/tmp") }
        let cut = try file(
            "cut.gz",
            Sample.compressed(Array(repeating: line("a"), count: 9).joined(separator: "\n").utf8.map { $0 }).dropLast(9)
        )
        #expect(throws: FileFailure(path: cut, reason: "the gzip data breaks off")) { _ = try items(cut) }
    }

    @Test func `a whole file goes into a sink`() async throws {
        let text =
            (0..<100).map { line("span \($0)") } + ["nonsense"] + [String(decoding: Sample.partial, as: UTF8.self)]
        let path = try file("a.jsonl", Array(text.joined(separator: "\n").utf8))
        let sink = RecordingSink()
        let report = try await FileSource.load(path, into: sink)
        #expect(report.requests == 101)
        #expect(report.spans == 101)
        #expect(report.rejectedSpans == 2)
        #expect(report.lastRejection == "malformed trace id")
        #expect(report.problemCount == 1)
        #expect(report.problems.map(\.line) == [101])
        #expect(sink.spans == 101)
        #expect(sink.requests.allSatisfy { $0.format == .json && !$0.raw.isEmpty })
    }

    @Test func `a sink that cannot write ends the loading`() async throws {
        let path = try file("a.jsonl", Array([line("a"), line("b")].joined(separator: "\n").utf8))
        let sink = RecordingSink(.fail(.unavailable(reason: "the disk is full")))
        let report = try await FileSource.load(path, into: sink)
        #expect(report.sinkFailure == .unavailable(reason: "the disk is full"))
        #expect(report.spans == 0)
    }

    @Test func `only so many requests wait for a slow sink`() async throws {
        let path = try file("a.jsonl", Array((0..<20).map { line("\($0)") }.joined(separator: "\n").utf8))
        let sink = RecordingSink(.hold)
        async let loading = FileSource.load(path, into: sink, inFlight: 4)
        var most = 0
        while sink.requests.count < 20 {
            try await Task.sleep(for: .milliseconds(2))
            most = max(most, sink.waiting)
            if sink.waiting == 4 || sink.requests.count > 16 { sink.release() }
        }
        while sink.waiting > 0 { sink.release() }
        sink.behave(.store)
        let report = try await loading
        #expect(report.spans == 20)
        #expect(most <= 4)
    }
}

@Suite struct `Line splitter` {
    @Test(arguments: [1, 2, 3, 5, 100])
    func `finds the same lines however the bytes come`(size: Int) {
        let bytes = Array("one\ntwo\r\n\nlonger than ten bytes\nfive\nlast".utf8)
        var splitter = LineSplitter(limit: 10)
        var lines: [LineSplitter.Line] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            splitter.add(Array(bytes[start..<min(start + size, bytes.count)]))
            while let line = splitter.next(atEnd: false) { lines.append(line) }
        }
        while let line = splitter.next(atEnd: true) { lines.append(line) }
        #expect(
            lines == [
                .text(Array("one".utf8), number: 1), .text(Array("two".utf8), number: 2), .text([], number: 3),
                .tooLong(number: 4), .text(Array("five".utf8), number: 5), .text(Array("last".utf8), number: 6),
            ])
    }
}
