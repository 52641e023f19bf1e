import Foundation

/// The built program, and runs of it without a terminal.
enum Program {
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    struct Result: Sendable {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Runs it to its end in a folder; `input` is its standard input. Waits on a thread of its own, so that other tests
    /// go on.
    ///
    /// `program` is another one than ours, as a path.
    static func run(
        program: String? = nil, _ arguments: [String], in folder: String = repository,
        environment: [String: String] = [:], input: Data = Data()
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Swift.Result {
                        try runAndWait(program, arguments, in: folder, environment: environment, input: input)
                    })
            }
        }
    }

    private static func runAndWait(
        _ program: String?, _ arguments: [String], in folder: String, environment: [String: String], input: Data
    ) throws -> Result {
        let process = try start(program: program, arguments, in: folder, environment: environment)
        process.input.write(input)
        try process.input.close()
        let errors = Reader(process.errors)
        let output = Reader(process.output)
        process.process.waitUntilExit()
        return Result(status: process.process.terminationStatus, output: output.text(), errors: errors.text())
    }

    /// A script that runs the program, for what wants a small one; gives its path.
    ///
    /// Another process writes it: a file that is open for writing here could be inherited by what another test starts,
    /// and then not be run ("text file busy").
    static func wrapper(in folder: String) async throws -> String {
        let path = folder + "/wrapper"
        let lines = "#!/bin/sh\nexec '\(try BuiltProduct.path("flowglass"))' \"$@\"\n"
        _ = try await run(
            program: "/bin/sh", ["-c", "cat > \"$0\" && chmod +x \"$0\"", path], input: Data(lines.utf8))
        return path
    }

    struct Running {
        var process: Process
        var input: FileHandle
        var output: FileHandle
        var errors: FileHandle
    }

    static func start(
        program: String? = nil, _ arguments: [String], in folder: String = repository,
        environment: [String: String] = [:]
    ) throws -> Running {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try program ?? BuiltProduct.path("flowglass"))
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["SWIFT_BACKTRACE": "enable=no", "LC_ALL": "C.UTF-8"].merging(environment) { $1 }
        ) { $1 }
        let (input, output, errors) = (Pipe(), Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        return Running(
            process: process, input: input.fileHandleForWriting, output: output.fileHandleForReading,
            errors: errors.fileHandleForReading)
    }

    /// Reads a pipe on a thread of its own, so that a full one never blocks the program.
    private final class Reader: @unchecked Sendable {
        private var data = Data()
        private let done = DispatchSemaphore(value: 0)

        init(_ handle: FileHandle) {
            Thread.detachNewThread { [self] in
                data = handle.readDataToEndOfFile()
                done.signal()
            }
        }

        func text() -> String {
            done.wait()
            return String(decoding: data, as: UTF8.self)
        }
    }
}

/// A folder that goes away with its owner.
final class ScratchFolder {
    let path = NSTemporaryDirectory() + "flowglass-e2e-" + UUID().uuidString

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
