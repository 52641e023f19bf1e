import ArgumentParser
import CatalogModel
import Foundation
import Simulation
import Synchronization

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "The dashboard over a running demo system: concert bookings by a fleet of services.",
        discussion: """
            The fleet's services send real OTLP over the loopback. Some things in it are wrong: look for them. Other \
            commands see what it sent with --store $XDG_STATE_HOME/flowglass/demo.db (~/.local/state where that is not \
            set).

            EXAMPLES
              flowglass demo
              flowglass demo --rate 50 --seed 7
            """)

    @Option(help: ArgumentHelp("Bookings a second.", valueName: "number"))
    var rate = 4.0

    @Option(help: ArgumentHelp("Decides what happens to which booking.", valueName: "number"))
    var seed: UInt64 = 1

    @Flag(help: "Without a screen: until a signal, or for --seconds.")
    var headless = false

    @Option(help: ArgumentHelp("Let customers come for so many seconds only.", valueName: "number"))
    var seconds: Int?

    @OptionGroup var catalog: CatalogOptions
    @Option(
        help: ArgumentHelp(
            "The store of spans (default: $XDG_STATE_HOME/flowglass/demo.db, made new each time).", valueName: "path"),
        completion: .store)
    var store: String?

    @OptionGroup var listen: ListenOptions
    @OptionGroup var screen: ScreenOptions

    func validate() throws {
        try StoreOptions.check(store)
        guard rate > 0, rate <= 10_000 else {
            throw ValidationError("--rate wants bookings a second, above 0 and at most 10000, e.g. --rate 20")
        }
        guard listen.http != "off" else { throw ValidationError("the demo sends OTLP/HTTP: --http must not be off") }
    }

    func run() throws {
        let storePath = try freshStore()
        let fleet = Mutex<Task<Void, Never>?>(nil)
        let settings = (rate: rate, seed: seed, duration: seconds.map { Duration.seconds($0) })
        func start(_ address: String) {
            let colon = address.lastIndex(of: ":") ?? address.endIndex
            let port = Int(address[colon...].dropFirst()) ?? 4318
            let host = address[..<colon].trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
            let task = Task.detached {
                await Fleet(
                    Fleet.Settings(
                        host: host, port: port, rate: settings.rate, seed: settings.seed, duration: settings.duration)
                ).run()
            }
            fleet.withLock { $0 = task }
        }
        defer { fleet.withLock { $0?.cancel() } }
        if headless {
            try runHeadless(storePath, start: start, finished: { fleet.withLock { $0 } })
        } else {
            var setup = DashboardSetup(
                catalogPath: catalog.catalog ?? Self.sampleCatalog, storePath: storePath, listen: freeListen(),
                screen: screen)
            setup.started = start
            try setup.run()
        }
    }

    private func runHeadless(
        _ storePath: String, start: (String) -> Void, finished: () -> Task<Void, Never>?
    ) throws {
        let loaded = try CatalogOptions.load(catalog.catalog ?? Self.sampleCatalog)
        let collector = try Collector(storePath: storePath, catalog: loaded.catalog)
        defer { collector.close() }
        guard let address = try collector.listen(freeListen()).first else {
            throw CommandFailure.usage("the demo's spans need a collector: --http must not be off")
        }
        Talk.note("the demo sends spans to \(address), store \(storePath)")
        start(address)
        if seconds != nil, let task = finished() {
            try waitFor { await task.value }
        } else {
            _ = SignalWait([SIGINT, SIGTERM]).wait()
        }
    }

    /// The demo begins anew each time, in a store of its own.
    private func freshStore() throws -> String {
        if let store { return store }
        let path = StoreOptions.demoPath
        // Opening it for writing finds out whether another demo is running.
        try Collector(storePath: path, catalog: .init()).close()
        for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
        return path
    }

    /// Where the usual port is taken, the demo takes another.
    private func freeListen() -> ListenOptions {
        var options = listen
        if options.http == ListenOptions.standard, !Self.isFree(port: 4318) { options.http = "127.0.0.1:0" }
        if options.grpc == ListenOptions.standardGRPC, !Self.isFree(port: 4317) { options.grpc = "off" }
        return options
    }

    private static func isFree(port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    /// The concert-booking catalog: beside the installed program, or in the working folder of a checkout.
    static var sampleCatalog: String? {
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let shared = program.deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("share/flowglass/catalog").path
        return FileManager.default.fileExists(atPath: shared) ? shared : nil
    }
}
