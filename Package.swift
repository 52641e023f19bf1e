// swift-tools-version: 6.2
import PackageDescription

/// One strict dialect for every target of ours.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

// SwiftPM's targets are the architecture: who may import whom is decided here and explained in ARCHITECTURE.md.
let package = Package(
    name: "flowglass",
    products: [
        .executable(name: "flowglass", targets: ["flowglass"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // Catalog: text in, catalog and findings out.
        .target(name: "SourceDiagnostics", dependencies: ["TerminalText"], swiftSettings: strict),
        .target(name: "CatalogModel", dependencies: ["SourceDiagnostics", "Yams"], swiftSettings: strict),
        .target(
            name: "CatalogLint", dependencies: ["CatalogModel", "SourceDiagnostics", "TerminalText"],
            swiftSettings: strict),

        .target(
            name: "LanguageServer", dependencies: ["CatalogLint", "CatalogModel", "SourceDiagnostics", "TerminalText"],
            swiftSettings: strict),
        .target(name: "CatalogDiff", dependencies: ["CatalogModel", "SourceDiagnostics"], swiftSettings: strict),

        // Traces: spans in, conversations and edges out.
        .target(name: "OTLPCoding", swiftSettings: strict),
        .target(name: "TraceModel", dependencies: ["OTLPCoding"], swiftSettings: strict),
        .target(
            name: "TraceIngest",
            dependencies: [
                "CZlib", "CZstd", "OTLPCoding", "TraceModel",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHPACK", package: "swift-nio-http2"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .target(
            name: "TraceStore",
            dependencies: ["CZstd", "OTLPCoding", "TraceModel", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),

        // Where both halves meet.
        .target(
            name: "FlowMatching",
            dependencies: ["CatalogModel", "OTLPCoding", "SourceDiagnostics", "TraceModel"],
            swiftSettings: strict),
        .target(
            name: "DiagramExport",
            dependencies: ["CatalogModel", "FlowMatching", "OTLPCoding", "SourceDiagnostics", "TraceModel"],
            swiftSettings: strict),

        // The screen.
        .target(name: "TerminalText", swiftSettings: strict),
        .target(name: "TerminalUI", dependencies: ["TerminalText"], swiftSettings: strict),
        .target(
            name: "CTerminal",
            cSettings: [.define("_GNU_SOURCE"), .define("NCURSES_WIDECHAR", to: "1")],
            linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        .target(
            name: "TerminalBackend", dependencies: ["CTerminal", "TerminalText", "TerminalUI"], swiftSettings: strict),
        .target(
            name: "Dashboard",
            dependencies: [
                "CatalogModel", "DiagramExport", "FlowMatching", "OTLPCoding", "SourceDiagnostics", "TerminalText",
                "TerminalUI", "TraceModel",
            ],
            swiftSettings: strict),

        // The demo fleet.
        .target(
            name: "Simulation",
            dependencies: [
                "OTLPCoding",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict),

        // The program.
        .executableTarget(
            name: "flowglass",
            dependencies: [
                "CatalogDiff", "CatalogLint", "CatalogModel", "Dashboard", "DiagramExport", "FlowMatching",
                "LanguageServer", "OTLPCoding",
                "Simulation", "SourceDiagnostics", "TerminalBackend", "TerminalText", "TerminalUI", "TraceIngest",
                "TraceModel", "TraceStore",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),

        // Measurements (`make bench`).
        .executableTarget(
            name: "flowglass-bench",
            dependencies: [
                "CatalogLint", "CatalogModel", "Dashboard", "DiagramExport", "FlowMatching", "LanguageServer",
                "OTLPCoding", "SourceDiagnostics", "TerminalUI", "TraceIngest",
                "TraceModel", "TraceStore",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHPACK", package: "swift-nio-http2"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Sources/Benchmarks",
            swiftSettings: strict),

        // System libraries.
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),

        // Tests, one target a module.
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(
            name: "SourceDiagnosticsTests", dependencies: ["SourceDiagnostics"], exclude: ["Goldens"],
            swiftSettings: strict),
        .testTarget(
            name: "CatalogModelTests", dependencies: ["CatalogModel", "SourceDiagnostics"], exclude: ["Broken"],
            swiftSettings: strict),
        .testTarget(
            name: "CatalogLintTests", dependencies: ["CatalogLint", "CatalogModel", "SourceDiagnostics"],
            swiftSettings: strict),
        .testTarget(
            name: "LanguageServerTests",
            dependencies: ["CatalogLint", "CatalogModel", "LanguageServer", "SourceDiagnostics"],
            swiftSettings: strict),
        .testTarget(
            name: "CatalogDiffTests", dependencies: ["CatalogDiff", "CatalogModel", "SourceDiagnostics"],
            swiftSettings: strict),
        .testTarget(name: "OTLPCodingTests", dependencies: ["OTLPCoding"], swiftSettings: strict),
        .testTarget(name: "TraceModelTests", dependencies: ["OTLPCoding", "TraceModel"], swiftSettings: strict),
        .testTarget(
            name: "TraceIngestTests",
            dependencies: [
                "OTLPCoding", "TestSupport", "TraceIngest", "TraceModel",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHPACK", package: "swift-nio-http2"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "TraceStoreTests",
            dependencies: ["OTLPCoding", "TraceModel", "TraceStore", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .testTarget(
            name: "FlowMatchingTests",
            dependencies: [
                "CatalogLint", "CatalogModel", "FlowMatching", "OTLPCoding", "SourceDiagnostics", "TraceModel",
                "TraceStore",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "DiagramExportTests",
            dependencies: ["CatalogModel", "DiagramExport", "FlowMatching", "SourceDiagnostics", "TraceModel"],
            swiftSettings: strict),
        .testTarget(name: "TerminalUITests", dependencies: ["TerminalText", "TerminalUI"], swiftSettings: strict),
        .testTarget(
            name: "TerminalBackendTests", dependencies: ["CTerminal", "TerminalBackend", "TerminalUI"],
            swiftSettings: strict),
        .testTarget(
            name: "DashboardTests",
            dependencies: [
                "CatalogModel", "Dashboard", "FlowMatching", "OTLPCoding", "SourceDiagnostics", "TerminalText",
                "TerminalUI", "TraceModel",
            ],
            exclude: ["Goldens"], swiftSettings: strict),
        .testTarget(
            name: "SimulationTests", dependencies: ["OTLPCoding", "Simulation", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "CatalogModel", "OTLPCoding", "TerminalText", "TestSupport", "flowglass",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
    ]
)
