public import OTLPCoding
import TraceModel

/// A correlation log as requests: the lines of services without OpenTelemetry, a few hundred to a request.
///
/// A line that cannot be read is reported, and the next one is read. The file may be compressed.
public struct LogSource: RequestSource, ~Copyable {
    /// Spans in one request.
    private static let requestSpans = 512
    private static let lineLimit = 1 << 20

    private let path: String
    private let log: CorrelationLog
    private var bytes: FileBytes
    private var lines = LineSplitter(limit: lineLimit)
    private var isAtEnd = false
    private var spans: [(span: OTLPSpan, service: String)] = []
    private var problem: FileProblem?

    /// - Parameter path: `-` is standard input.
    public init(path: String, log: CorrelationLog) throws(FileFailure) {
        self.path = path
        self.log = log
        bytes = try FileBytes(path: path)
    }

    public mutating func next() throws(FileFailure) -> FileSource.Item? {
        if let problem = problem.take() { return .problem(problem) }
        while spans.count < Self.requestSpans {
            guard let line = lines.next(atEnd: isAtEnd) else {
                guard !isAtEnd else { break }
                if let piece = try bytes.next() { lines.add(piece) } else { isAtEnd = true }
                continue
            }
            if let problem = take(line) {
                guard !spans.isEmpty else { return .problem(problem) }
                // What was read before goes first: nothing waits for a bad line.
                self.problem = problem
                break
            }
        }
        return spans.isEmpty ? nil : try request()
    }

    private mutating func take(_ line: LineSplitter.Line) -> FileProblem? {
        switch line {
        case .tooLong(let number):
            return FileProblem(path: path, line: number, message: "longer than \(Self.lineLimit) bytes")
        case .text(let text, let number):
            guard !text.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) else { return nil }
            switch log.read(text) {
            case .span(let span, let service): spans.append((span, service))
            case .other: break
            case .problem(let message): return FileProblem(path: path, line: number, message: message)
            }
            return nil
        }
    }

    private mutating func request() throws(FileFailure) -> FileSource.Item {
        let bytes = CorrelationLog.request(spans).encoded()
        spans = []
        do throws(OTLPDecodeFailure) {
            return .request(ReceivedRequest(batch: try OTLPBatch.decode(protobuf: bytes)))
        } catch {
            throw FileFailure(path: path, reason: error.description)
        }
    }
}
