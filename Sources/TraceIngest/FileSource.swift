import OTLPCoding
public import TraceModel

/// Requests that were kept in a file: what the OpenTelemetry Collector's file exporter writes, or a recorded body.
///
/// Taken are OTLP/JSON, as one document or as one a line; a binary `ExportTraceServiceRequest`; several requests, each
/// after its length in four bytes, as the file exporter's `proto` format and its compression have them; traces as
/// Jaeger's UI saves them; and Zipkin's lists. Each may be compressed with gzip or Zstandard. What a file is, its bytes
/// say, not its name.
///
/// A line that cannot be read is reported, and the next one is read. Memory is bounded by the longest request.
public struct FileSource: RequestSource, ~Copyable {
    /// What comes out of a file.
    public enum Item: Sendable {
        case request(ReceivedRequest)
        case problem(FileProblem)
    }

    private enum Format {
        case unknown, lines, framed, finished
    }

    private let path: String
    private let limit: Int
    private var bytes: FileBytes
    private var isAtEnd = false
    private var format = Format.unknown
    private var buffer: [UInt8] = []
    private var lines: LineSplitter

    /// - Parameters:
    ///   - path: `-` is standard input.
    ///   - requestLimit: The longest request in bytes, decompressed.
    public init(path: String, requestLimit: Int = 64 << 20) throws(FileFailure) {
        self.path = path
        self.limit = requestLimit
        self.bytes = try FileBytes(path: path)
        self.lines = LineSplitter(limit: requestLimit)
    }

    /// The requests of a file, one after the other: `while let item = try source.next()`.
    public static func requests(in path: String) throws(FileFailure) -> FileSource { try FileSource(path: path) }

    /// The next request or problem; nil at the end.
    public mutating func next() throws(FileFailure) -> Item? {
        if format == .unknown { try recognize() }
        switch format {
        case .lines: return try nextLine()
        case .framed: return try nextFrame()
        case .unknown: return try whole()
        case .finished: return nil
        }
    }

    // MARK: Formats

    /// Decides by the beginning. A tag of zero cannot begin a message, so four bytes of length below 16 MiB can be told
    /// from one; `{` would be a group, which no request begins with.
    private mutating func recognize() throws(FileFailure) {
        try fill(to: 8)
        let start = buffer.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        switch buffer.dropFirst(start).first {
        case nil: format = .finished
        case 0: format = .framed
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
            try recognizeLines()
        default: break
        }
    }

    /// One document may have line ends inside it. It is lines when the first line is a whole value, or when the second
    /// begins with a brace (and the first is damaged).
    private mutating func recognizeLines() throws(FileFailure) {
        var end = buffer.firstIndex(of: UInt8(ascii: "\n"))
        while end == nil, !isAtEnd, buffer.count <= limit {
            let searched = buffer.count
            try fill(to: searched + 1)
            end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n"))
        }
        guard let end else {
            format = isAtEnd ? .unknown : .lines
            if format == .lines { startLines() }
            return
        }
        try fill(to: end + 2)
        let isWhole = (try? OTLPJSON.check(Array(buffer[..<end]))) != nil
        let second = end + 1 < buffer.count ? buffer[end + 1] : nil
        guard isWhole || second == UInt8(ascii: "{") && buffer.first != UInt8(ascii: "[") else { return }
        format = .lines
        startLines()
    }

    private mutating func startLines() {
        lines.add(buffer)
        buffer = []
    }

    // MARK: Reading

    private mutating func nextLine() throws(FileFailure) -> Item? {
        while true {
            guard let line = lines.next(atEnd: isAtEnd) else {
                guard !isAtEnd else {
                    format = .finished
                    return nil
                }
                try fill(to: 1)
                startLines()
                continue
            }
            switch line {
            case .tooLong(let number): return problem("longer than \(limit) bytes", line: number)
            case .text(let text, let number):
                guard !text.allSatisfy(Self.isSpace) else { continue }
                return item(json: text, firstLine: number)
            }
        }
    }

    private mutating func nextFrame() throws(FileFailure) -> Item? {
        try fill(to: 4)
        guard buffer.count >= 4 else {
            format = .finished
            return buffer.isEmpty ? nil : problem("the last length breaks off", line: nil)
        }
        let count = buffer.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        guard count <= limit else {
            format = .finished
            return problem("a request is longer than \(limit) bytes", line: nil)
        }
        try fill(to: 4 + count)
        guard buffer.count >= 4 + count else {
            format = .finished
            return problem("the last request breaks off", line: nil)
        }
        let content = Array(buffer[4..<4 + count])
        buffer.removeFirst(4 + count)
        return item(frame: content)
    }

    /// The file is one request.
    private mutating func whole() throws(FileFailure) -> Item? {
        format = .finished
        try fill(to: limit + 1)
        guard buffer.count <= limit else { return problem("longer than \(limit) bytes", line: nil) }
        let content = buffer
        buffer = []
        let first = content.dropFirst(content.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0).first
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
            || first.map(Self.isSpace) == true && first != UInt8(ascii: "\n")
        {
            return item(json: content, firstLine: 1)
        }
        // A line end is also the first byte of every binary request.
        let isText = first == UInt8(ascii: "\n") && content.first { !Self.isSpace($0) } == UInt8(ascii: "{")
        if isText, case .request(let request) = item(json: content, firstLine: 1) { return .request(request) }
        return item(protobuf: content)
    }

    // MARK: Items

    /// The file exporter compresses requests one by one, in either encoding.
    private func item(frame content: [UInt8]) -> Item {
        var content = content
        if content.starts(with: ZstdStream.magic) {
            guard let plain = ZstdStream.decompressed(content, limit: limit) else {
                return problem("the Zstandard data of a request is damaged or longer than \(limit) bytes", line: nil)
            }
            content = plain
        }
        return content.first == UInt8(ascii: "{") ? item(json: content, firstLine: 1) : item(protobuf: content)
    }

    private func item(protobuf content: [UInt8]) -> Item {
        do throws(OTLPDecodeFailure) {
            return .request(ReceivedRequest(batch: try OTLPBatch.decode(protobuf: content)))
        } catch {
            return problem(error.description, line: nil)
        }
    }

    private func item(json content: [UInt8], firstLine: Int) -> Item {
        do throws(OTLPDecodeFailure) {
            let (protobuf, isOTLP) = try TraceDocument.transcode(content)
            let batch = try OTLPBatch.decode(protobuf: protobuf)
            return .request(isOTLP ? ReceivedRequest(json: content, batch: batch) : ReceivedRequest(batch: batch))
        } catch {
            let ends = content.prefix(error.offset).count { $0 == UInt8(ascii: "\n") }
            return problem(error.description, line: firstLine + ends)
        }
    }

    private func problem(_ message: String, line: Int?) -> Item {
        .problem(FileProblem(path: path, line: line, message: message))
    }

    /// Reads until the buffer has so many bytes, or the file ends.
    private mutating func fill(to count: Int) throws(FileFailure) {
        while buffer.count < count, !isAtEnd {
            if let piece = try bytes.next() { buffer += piece } else { isAtEnd = true }
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
            || byte == UInt8(ascii: "\n")
    }
}
