import Foundation
import OTLPCoding

/// What is measured with: requests of 512 spans, 12.7 attributes and 575 bytes a span.
enum Load {
    static let spansPerRequest = 512
    static let requests = 200

    static func make(seed: UInt64 = 1, count: Int = requests, spans: Int = spansPerRequest) -> [[UInt8]] {
        OTLPLoad.requests(count: count, spansPerRequest: spans, seed: seed)
    }

    static func write(to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (index, request) in make().enumerated() {
            try Data(request).write(to: URL(fileURLWithPath: "\(folder)/\(1000 + index).pb"))
        }
    }
}
