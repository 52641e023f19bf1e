public import OTLPCoding
public import TraceModel

extension FileSource {
    /// Reads a whole file into a sink, a few requests at a time.
    ///
    /// - Parameters:
    ///   - path: `-` is standard input.
    ///   - inFlight: Requests that may wait for the sink at once.
    /// - Throws: when the file cannot be read, or damaged compression ends it early.
    public static func load(
        _ path: String, into sink: any SpanSink, requestLimit: Int = 64 << 20, inFlight: Int = 8
    ) async throws(FileFailure) -> FileReport {
        var source = try FileSource(path: path, requestLimit: requestLimit)
        return try await source.drain(path, into: sink, inFlight: inFlight)
    }
}

extension LogSource {
    /// Reads a whole correlation log into a sink.
    ///
    /// - Parameter path: `-` is standard input.
    /// - Throws: when the file cannot be read, or damaged compression ends it early.
    public static func load(
        _ path: String, as log: CorrelationLog, into sink: any SpanSink
    ) async throws(FileFailure) -> FileReport {
        var source = try LogSource(path: path, log: log)
        return try await source.drain(path, into: sink, inFlight: 8)
    }
}

extension RequestSource where Self: ~Copyable {
    /// Gives every request to the sink.
    fileprivate mutating func drain(
        _ path: String, into sink: any SpanSink, inFlight: Int
    ) async throws(FileFailure) -> FileReport {
        var report = FileReport()
        let results = SubmissionWindow(limit: max(1, inFlight))
        var failure: FileFailure?
        do throws(FileFailure) {
            while let item = try next() {
                switch item {
                case .problem(let problem): report.add(problem)
                case .request(let request):
                    report.requests += 1
                    report.rejectedSpans += request.batch.rejected.count
                    if report.lastRejection == nil { report.lastRejection = request.batch.rejected.reason }
                    if !request.batch.spans.isEmpty || request.batch.rejected.count > 0 {
                        await results.submit(request, to: sink)
                    }
                }
                if results.failure != nil { break }
            }
        } catch {
            failure = error
        }
        await results.drain()
        report.spans = results.spans
        report.sinkFailure = results.failure
        if let failure {
            guard report.requests > 0 else { throw failure }
            report.add(FileProblem(path: path, line: nil, message: failure.reason))
        }
        return report
    }
}

/// What became of a file.
public struct FileReport: Sendable, Equatable {
    public var requests = 0
    /// Spans that the sink keeps.
    public var spans = 0
    /// Spans that could not be used.
    public var rejectedSpans = 0
    /// Why the first of them could not be used.
    public var lastRejection: String?
    /// The first places that could not be read, at most `problemLimit`.
    public var problems: [FileProblem] = []
    /// All places that could not be read.
    public var problemCount = 0
    /// Why the sink kept no more; the rest of the file was not read.
    public var sinkFailure: SinkFailure?

    public static let problemLimit = 100

    public init() {}

    mutating func add(_ problem: FileProblem) {
        problemCount += 1
        if problems.count < Self.problemLimit { problems.append(problem) }
    }
}
