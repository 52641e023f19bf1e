import OTLPCoding

/// Collects the one message of a unary call: a byte that says whether it is compressed, its length in four bytes, and
/// its content.
struct GRPCMessage {
    private(set) var content: [UInt8] = []
    private var prefix: [UInt8] = []
    private var length: Int?
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Adds what came.
    /// - Throws: the status to answer with, when no message can come of it.
    mutating func add(_ bytes: some Collection<UInt8>) throws(GRPCRefusal) {
        var rest = bytes[...]
        if length == nil {
            let missing = 5 - prefix.count
            prefix += rest.prefix(missing)
            rest = rest.dropFirst(missing)
            guard prefix.count == 5 else { return }
            guard prefix[0] <= 1 else { throw GRPCRefusal(.internal, "the compressed flag must be 0 or 1") }
            let announced = prefix[1...].reduce(0) { $0 << 8 | Int($1) }
            guard announced <= limit else {
                throw GRPCRefusal(.resourceExhausted, "the request is longer than \(limit) bytes")
            }
            length = announced
        }
        guard let length, content.count + rest.count <= length else {
            throw GRPCRefusal(.internal, "a call must have one message")
        }
        content.append(contentsOf: rest)
    }

    /// The compression of the content, now that everything has come.
    /// - Parameter coding: What `grpc-encoding` says.
    func finished(_ coding: ContentCoding) throws(GRPCRefusal) -> ContentCoding {
        guard let length else { throw GRPCRefusal(.internal, "a call must have one message") }
        guard content.count == length else { throw GRPCRefusal(.internal, "the message breaks off") }
        guard prefix[0] == 1 else { return .identity }
        guard coding != .identity else {
            throw GRPCRefusal(.internal, "the message is compressed, and grpc-encoding does not say how")
        }
        return coding
    }
}

/// A status that ends a call.
struct GRPCRefusal: Error, Equatable {
    var status: OTLPStatus

    init(_ code: OTLPStatus.Code, _ message: String) { status = OTLPStatus(code, message) }
}
