import ArgumentParser
import Foundation
import TraceIngest

/// Where a collector listens, and to whom.
struct ListenOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Listen for OTLP/HTTP on ADDRESS:PORT; port 0 takes a free one, 'off' none.", valueName: "address"))
    var http = Self.standard

    /// OTLP/HTTP's port (OpenTelemetry Protocol specification), on this machine only.
    static let standard = "127.0.0.1:4318"

    @Option(help: ArgumentHelp("The same for OTLP/gRPC.", valueName: "address"))
    var grpc = Self.standardGRPC

    /// OTLP/gRPC's port, on this machine only.
    static let standardGRPC = "127.0.0.1:4317"

    @Option(
        help: ArgumentHelp(
            "The same for Zipkin's JSON at /api/v2/spans, whose usual port is 9411.", valueName: "address"))
    var zipkin = "off"

    @Option(
        help: ArgumentHelp(
            "Show /healthz and /metrics (Prometheus) on ADDRESS:PORT.", valueName: "address"))
    var admin = "off"

    @Option(
        help: ArgumentHelp("Let web pages of this origin send spans (https://shop.example, or *).", valueName: "origin")
    )
    var cors: [String] = []

    @Option(
        help: ArgumentHelp(
            "Want the token in this file of every client (Authorization: Bearer TOKEN).", valueName: "file"),
        completion: .anyFile)
    var tokenFile: String?

    @Flag(help: "Allow listening beyond this machine, where anybody can then send spans.")
    var insecureListen = false

    func validate() throws {
        for origin in cors where origin != "*" {
            // An origin is what a browser sends as one (RFC 6454, 6.2): a scheme and a host, and nothing behind them.
            let parts = origin.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, !parts[1].contains("/") else {
                throw ValidationError(
                    "'\(origin)' is no origin of a web page: --cors wants https://shop.example, with a port where it "
                        + "has one, or *")
            }
        }
    }

    /// What is served where, in the order in which addresses are told.
    var places: [ListenPlace] {
        [
            ListenPlace(speaks: .otlpHTTP, option: "--http", text: http, otherPort: 4328),
            ListenPlace(speaks: .otlpGRPC, option: "--grpc", text: grpc, otherPort: 4327),
            ListenPlace(speaks: .zipkin, option: "--zipkin", text: zipkin, otherPort: 9412),
        ]
    }

    /// - Throws: when the token cannot be read.
    func serverSettings() throws -> ServerSettings {
        var settings = ServerSettings()
        settings.allowedOrigins = cors
        if let tokenFile {
            let text = try Files.readText(tokenFile, as: "the token in ")
            guard let token = BearerToken(text) else {
                throw CommandFailure(
                    "\(tokenFile) holds no token: it wants one line of ASCII without blanks\n"
                        + "make one with: openssl rand -hex 32 > \(tokenFile)")
            }
            settings.token = token
        }
        return settings
    }
}

/// Where one protocol is served.
struct ListenPlace: Sendable {
    var speaks: WireProtocol
    /// The option that names the place.
    var option: String
    /// `ADDRESS:PORT` or `off`.
    var text: String
    /// What to propose when the port is taken.
    var otherPort: Int

    /// Nil for `off`.
    /// - Throws: a failure of usage.
    func address(insecure isInsecureAllowed: Bool) throws -> ListenAddress? {
        guard text != "off" else { return nil }
        guard let address = ListenAddress(text) else {
            throw CommandFailure.usage(
                "'\(text)' is no address to listen on: it wants ADDRESS:PORT, e.g. 127.0.0.1:4318, or off")
        }
        guard isInsecureAllowed || address.isLoopback else {
            throw CommandFailure.usage(
                "will not listen on \(text): anybody who reaches this machine could send spans\n"
                    + "listen on 127.0.0.1, or say --insecure-listen")
        }
        return address
    }
}
