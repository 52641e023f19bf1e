import Foundation
import Testing

/// What distributions and administrators get. The packages themselves are tried in a clean Debian: `make check-packages`.
@Suite struct PackagingTests {
    private static let scripts = Program.repository + "/Packaging/"

    /// Installs the built program below a folder; gives what is there then, as paths.
    private func install(_ scratch: ScratchFolder, _ arguments: [String]) async throws -> Set<String> {
        let result = try await Program.run(
            program: Self.scripts + "install", arguments, environment: ["DESTDIR": scratch.path, "PREFIX": "/usr"])
        #expect(result.status == 0, "\(result.errors)")
        let all = FileManager.default.enumerator(atPath: scratch.path)?.compactMap { $0 as? String } ?? []
        return Set(
            all.filter {
                var isFolder: ObjCBool = false
                return FileManager.default.fileExists(atPath: scratch.path + "/" + $0, isDirectory: &isFolder)
                    && !isFolder.boolValue
            })
    }

    /// A program as small as a script, which installs as fast.
    private func wrapper(in scratch: ScratchFolder) async throws -> String {
        try await Program.wrapper(in: scratch.path)
    }

    @Test func `all of it is installed, and taken away again`() async throws {
        let (scratch, destination) = (try ScratchFolder(), try ScratchFolder())
        let files = try await install(destination, [try await wrapper(in: scratch)])
        for file in [
            "usr/bin/flowglass", "usr/share/bash-completion/completions/flowglass",
            "usr/share/fish/vendor_completions.d/flowglass.fish", "usr/share/zsh/site-functions/_flowglass",
            "usr/share/man/man1/flowglass.1", "usr/share/man/man1/flowglass-lint.1",
            "usr/share/flowglass/catalog/catalog.yaml", "usr/lib/systemd/system/flowglass.service",
            "usr/share/doc/flowglass/LICENSE",
        ] {
            #expect(files.contains(file), "\(file)")
        }
        for path in files where path.hasSuffix(".md") {
            let text = try String(contentsOfFile: destination.path + "/" + path, encoding: .utf8)
            for link in text.matches(of: /\]\(([^)#:]+)(#[^)]*)?\)/) where link.1.hasSuffix(".md") {
                let target = "/" + (path as NSString).deletingLastPathComponent + "/" + link.1
                #expect(
                    files.contains(String((target as NSString).standardizingPath.dropFirst())),
                    "\(path) links to \(link.1)")
            }
        }
        let installed = destination.path + "/usr/share/flowglass/catalog"
        let linted = try await Program.run(["lint", installed, "--fail-on", "info"])
        #expect(linted.status == 0, "\(linted.output)")
        #expect(try await install(destination, ["--uninstall"]).isEmpty)
    }

    @Test func `the same program makes the same tarball`() async throws {
        let scratch = try ScratchFolder()
        let program = try await wrapper(in: scratch)
        var sums: [String] = []
        for folder in ["a", "b"] {
            let made = try await Program.run(
                program: Self.scripts + "build-dist", [program],
                environment: ["DIST": scratch.path + "/" + folder, "SOURCE_DATE_EPOCH": "1768467600"])
            #expect(made.status == 0, "\(made.errors)")
            let sum = try #require(
                try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/" + folder)
                    .first { $0.hasSuffix(".sha256") })
            sums.append(try String(contentsOfFile: "\(scratch.path)/\(folder)/\(sum)", encoding: .utf8))
        }
        #expect(sums[0] == sums[1] && !sums[0].isEmpty)
    }

    @Test func `the service is one that systemd takes, and exposes little`() async throws {
        let analyze = "/usr/bin/systemd-analyze"
        guard FileManager.default.isExecutableFile(atPath: analyze) else { return }
        let scratch = try ScratchFolder()
        let unit = scratch.path + "/flowglass.service"
        let text = DocumentFiles.text("Packaging/flowglass.service")
        try text.replacing("@BINDIR@", with: "/usr/bin").replacing("/usr/bin/flowglass", with: "/usr/bin/true")
            .write(toFile: unit, atomically: true, encoding: .utf8)
        let verified = try await Program.run(program: analyze, ["verify", "--man=no", unit])
        #expect(verified.status == 0 && verified.errors.isEmpty, "\(verified.errors)")
        // Tenths of an exposure from 0 to 10: 2 is where systemd's "OK" begins.
        let judged = try await Program.run(
            program: analyze, ["security", "--offline=true", "--threshold=20", "--no-pager", unit])
        #expect(judged.status == 0, "\(judged.output.suffix(200))")
    }

    @Test func `shell scripts have no finding`() async throws {
        let shellcheck = "/usr/bin/shellcheck"
        guard FileManager.default.isExecutableFile(atPath: shellcheck) else { return }
        let folders = ["Packaging", "Integrations", ".ci"]
        let scripts = folders.flatMap { folder in
            (FileManager.default.enumerator(atPath: Program.repository + "/" + folder)?.compactMap { $0 as? String }
                ?? [])
                .map { folder + "/" + $0 }
        }.filter {
            let line = DocumentFiles.text($0).prefix { !$0.isNewline }
            return line.hasPrefix("#!") && line.hasSuffix("sh")
        }
        #expect(scripts.count >= 6)
        let checked = try await Program.run(program: shellcheck, ["--severity=warning"] + scripts.sorted())
        #expect(checked.status == 0, "\(checked.output)")
    }

    @Test func `the version is the program's`() async throws {
        let printed = try await Program.run(program: Self.scripts + "version", [])
        #expect(try await Program.run(["--version"]).output == printed.output)
    }
}
