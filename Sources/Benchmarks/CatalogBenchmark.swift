import CatalogLint
import CatalogModel
import Foundation
import SourceDiagnostics

/// Reading and linting a large catalog with every rule: channels five to a service, a file a service.
enum CatalogBenchmark {
    private static let channelsPerService = 5
    private static let rounds = 5

    /// Writes the catalog of 10,000 channels and 2,000 services, for the reference.
    static func write(to folder: String) throws { try write(services: 2000, to: folder) }

    static func run() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "flowglass-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let small = folder.appending(path: "small").path(percentEncoded: false)
        let large = folder.appending(path: "large").path(percentEncoded: false)
        try write(services: 2000, to: small)
        try write(services: 20_000, to: large)
        let one = try median((0..<rounds).map { _ in try lintSeconds(small) })
        let ten = try median((0..<3).map { _ in try lintSeconds(large) })
        report("lint_seconds", one)
        report("lint_large_seconds", ten)
    }

    private static func lintSeconds(_ path: String) throws -> Double {
        try seconds {
            let findings = try lint(loadCatalog(at: path))
            // A catalog that was not read would be fast.
            precondition(findings.allSatisfy { $0.rule != "syntax-error" && $0.rule != "unknown-reference" })
        }
    }

    private static func write(services: Int, to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("brokers:\n  events: { system: kafka, url: \"kafka://broker:9092\" }\n".utf8)
            .write(to: URL(fileURLWithPath: folder + "/brokers.yaml"))
        for service in 0..<services {
            try Data(text(of: service, of: services).utf8)
                .write(to: URL(fileURLWithPath: folder + "/\(name(service)).yaml"))
        }
    }

    private static func name(_ service: Int) -> String { "service-\(service)" }
    private static func channel(_ number: Int) -> String {
        "domain-\(number / channelsPerService % 12).event-\(number)"
    }

    private static func text(of service: Int, of services: Int) -> String {
        let own = (0..<channelsPerService).map { service * channelsPerService + $0 }
        let others = (0..<channelsPerService).map { entry in
            ((service + 1 + entry * 7) % services) * channelsPerService + entry
        }
        var text = """
            services:
              \(name(service)):
                title: 서비스 \(service)
                description: Takes what the shop sends and tells the others what became of it.
                owner: team-\(service % 40)
                discovery: kubernetes
                calls:
                  - { service: \(name((service + services / 2) % services)), protocol: grpc, operation: Get, timeout: 2s }
                publishes:

            """
        for number in own {
            text += "      - { channel: \(channel(number)), key: orderId, message: event-\(number) }\n"
        }
        text += "    subscribes:\n"
        for number in others {
            text += "      - { channel: \(channel(number)), group: \(name(service)), idempotent: true, retries: 3 }\n"
        }
        text += "topics:\n"
        for number in own {
            text += """
                  \(channel(number)):
                    description: Something happened, and whoever needs it may read it.
                    owner: team-\(service % 40)
                    broker: events
                    ordering: per-key
                    retention: 7d
                    needs: [replay]
                    messages: [event-\(number)]

                """
        }
        text += "messages:\n"
        for number in own { text += "  event-\(number): { owner: team-\(service % 40), version: 1 }\n" }
        return text
    }
}
