import Foundation

/// `flowglass-bench`: measures Flowglass itself, one figure a call, for `Benchmarks/run` to set beside references.
///
///     flowglass-bench load FOLDER        writes the load as files, for the references
///     flowglass-bench catalog FOLDER     writes the catalog of 10,000 channels, for the references
///     flowglass-bench lint               reading and linting it, and one ten times as large, seconds
///     flowglass-bench decode             decoding, spans a second
///     flowglass-bench store              durable commits of 512 spans, spans a second and bytes a span
///     flowglass-bench http               over HTTP, acknowledged after the commit
///     flowglass-bench grpc               the same over gRPC
///     flowglass-bench small              requests of one span on 64 connections
///     flowglass-bench large [STORE]      a store of millions of spans: memory, and looks at it; one that is named stays
///     flowglass-bench drift              every span of a store read, joined and judged, spans a second
///     flowglass-bench typing             from a keystroke to completion and findings, 2,000 files
///     flowglass-bench frame              layout and drawing of a frame with 100,000 channels
///     flowglass-bench mermaid            diagrams of 10,000 edges, divided
///
/// Prints lines of `name value`.
@main
enum Main {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        switch arguments.first {
        case "load": try Load.write(to: arguments.dropFirst().first ?? "load")
        case "catalog": try CatalogBenchmark.write(to: arguments.dropFirst().first ?? "catalog-load")
        case "lint": try CatalogBenchmark.run()
        case "decode": try DecodeBenchmark.run()
        case "store": try StoreBenchmark.run()
        case "http": try await HTTPBenchmark.run()
        case "grpc": try await GRPCBenchmark.run()
        case "small": try await HTTPBenchmark.runSmall()
        case "large": try LargeStoreBenchmark.run(kept: arguments.dropFirst().first)
        case "drift": try DriftBenchmark.run()
        case "frame": FrameBenchmark.run()
        case "mermaid": try MermaidBenchmark.run()
        case "typing": try TypingBenchmark.run()
        default:
            FileHandle.standardError.write(
                Data(
                    "usage: flowglass-bench load|catalog FOLDER, or one measurement: see Main.swift for their names\n"
                        .utf8))
            exit(2)
        }
    }
}

/// Prints one figure.
func report(_ name: String, _ value: Double) { print("\(name) \(String(format: "%.6g", value))") }

func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    return (ContinuousClock.now - start) / .seconds(1)
}

/// The value in the middle; the share'th part from below where it is given.
func median(_ values: [Double], share: Double = 0.5) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
}
