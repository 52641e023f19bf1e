import CZlib
import Glibc

/// The bytes of a file or of standard input, piece by piece, inflated where they are gzip or Zstandard.
struct FileBytes: ~Copyable {
    private static let pieceSize = 1 << 18

    private let path: String
    private let descriptor: Int32
    /// What was read and is not inflated yet.
    private var compressed: [UInt8] = []
    private var inflater: InflateStream?
    private var zstd: ZstdStream?
    private var isInsideMember = false
    private var isFirst = true

    /// - Parameter path: `-` is standard input.
    init(path: String) throws(FileFailure) {
        self.path = path
        if path == "-" {
            descriptor = 0
            return
        }
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure(path: path, reason: Self.reason(errno)) }
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            close(descriptor)
            throw FileFailure(path: path, reason: "it is a directory")
        }
    }

    deinit { if descriptor > 0 { close(descriptor) } }

    /// The next bytes; nil at the end.
    mutating func next() throws(FileFailure) -> [UInt8]? {
        if isFirst {
            isFirst = false
            let piece = try read()
            if piece.starts(with: ZstdStream.magic) {
                compressed = piece
                zstd = ZstdStream()
                guard zstd != nil else { throw FileFailure(path: path, reason: "not enough memory") }
                return try nextDecompressed()
            }
            guard piece.starts(with: [0x1F, 0x8B]) else { return piece.isEmpty ? nil : piece }
            compressed = piece
            inflater = InflateStream(windowBits: ContentCoding.gzip.windowBits(firstBytes: []))
            guard inflater != nil else { throw FileFailure(path: path, reason: "not enough memory") }
            isInsideMember = true
        }
        if inflater != nil { return try nextInflated() }
        if zstd != nil { return try nextDecompressed() }
        let piece = try read()
        return piece.isEmpty ? nil : piece
    }

    private mutating func nextDecompressed() throws(FileFailure) -> [UInt8]? {
        var result = [UInt8](repeating: 0, count: Self.pieceSize)
        while true {
            if compressed.isEmpty {
                compressed = try read()
                if compressed.isEmpty {
                    guard zstd?.isInsideFrame == false else {
                        throw FileFailure(path: path, reason: "the Zstandard data breaks off")
                    }
                    return nil
                }
            }
            guard let step = zstd?.step(from: compressed[...], into: &result) else {
                throw FileFailure(path: path, reason: "the Zstandard data is damaged")
            }
            compressed.removeFirst(step.consumed)
            if step.produced > 0 {
                result.removeLast(result.count - step.produced)
                return result
            }
        }
    }

    private mutating func nextInflated() throws(FileFailure) -> [UInt8]? {
        var result = [UInt8](repeating: 0, count: Self.pieceSize)
        while true {
            if compressed.isEmpty {
                compressed = try read()
                if compressed.isEmpty {
                    guard !isInsideMember else { throw FileFailure(path: path, reason: "the gzip data breaks off") }
                    return nil
                }
            }
            if !isInsideMember {
                guard inflater?.beginNextMember() == true else { throw damaged }
                isInsideMember = true
            }
            guard let step = inflater?.step(from: compressed[...], into: &result, at: 0) else { return nil }
            compressed.removeFirst(step.consumed)
            switch step.end {
            case .damaged: throw damaged
            case .finished: isInsideMember = false
            case .needsInput, .needsOutput: break
            }
            if step.produced > 0 {
                result.removeLast(result.count - step.produced)
                return result
            }
        }
    }

    private var damaged: FileFailure { FileFailure(path: path, reason: "the gzip data is damaged") }

    private func read() throws(FileFailure) -> [UInt8] {
        var failure: Int32 = 0
        let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
            while true {
                let result = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                if result < 0, errno == EINTR { continue }
                failure = result < 0 ? errno : 0
                count = max(0, result)
                return
            }
        }
        guard failure == 0 else { throw FileFailure(path: path, reason: Self.reason(failure)) }
        return piece
    }

    private static func reason(_ code: Int32) -> String {
        let text = String(cString: strerror(code))
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
