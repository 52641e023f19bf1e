import Foundation
import Testing

/// What Editors.md tells users of Neovim, in the Neovim that is installed here.
@Suite struct EditorDocumentTests {
    static let neovim = ["/usr/bin/nvim", "/usr/local/bin/nvim"].first(where: FileManager.default.isExecutableFile)

    /// Opens two files by relative paths, as people do, and says where the root is, how many clients there are, and at
    /// which lines the errors are.
    private static let visit = """
        local lines = {}
        for _, file in ipairs({ 'catalog/a.yaml', 'catalog/b.yaml' }) do
          vim.cmd('edit ' .. file)
          local errors = { severity = vim.diagnostic.severity.ERROR }
          vim.wait(60000, function() return #vim.diagnostic.get(0, errors) > 0 end, 20)
          for _, found in ipairs(vim.diagnostic.get(0, errors)) do table.insert(lines, file .. ':' .. found.lnum + 1) end
        end
        local clients = (vim.lsp.get_clients or vim.lsp.get_active_clients)()
        table.insert(lines, #clients .. ' in ' .. (clients[1] and clients[1].config.root_dir or '-'))
        vim.fn.writefile(lines, 'seen')
        vim.cmd('qall!')
        """

    /// Blocks that begin with e.g. ```` ```lua neovim=0.8 ````, by the oldest version that they are for.
    private static let blocks = DocumentFiles.text("Documentation/Editors.md")
        .matches(of: /(?ms)^```lua neovim=0\.(\d+)\n(.*?)^```/)
        .map { (minor: Int($0.1) ?? 0, text: String($0.2)) }

    @Test func `there is one for every Neovim from 0.7 on, newest first`() {
        #expect(Self.blocks.map(\.minor) == [11, 8, 7])
    }

    @Test(.enabled(if: neovim != nil)) func `Neovim shows what is wrong in a catalog, with one server`() async throws {
        let neovim = try #require(Self.neovim)
        let version = try await Program.run(program: neovim, ["--version"]).output
        let minor = try #require(version.firstMatch(of: /NVIM v0\.(\d+)/).flatMap { Int($0.1) })
        let scratch = try ScratchFolder()
        let path = try #require(realpath(scratch.path, nil).map { String(cString: $0) })
        for block in Self.blocks where block.minor <= minor {
            // What is deprecated in a newer version may be gone from it.
            if block.minor == 7, minor > 10 { continue }
            let files = [
                "init.lua": block.text, "visit.lua": Self.visit,
                "catalog/a.yaml": "services:\n  주문: { publishes: [없다] }\n",
                "catalog/b.yaml": "services:\n\n  b: { subscribes: [gone] }\n",
            ]
            try FileManager.default.createDirectory(
                atPath: path + "/catalog", withIntermediateDirectories: true)
            for (name, text) in files {
                try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
            }
            let folder = (try BuiltProduct.path("flowglass") as NSString).deletingLastPathComponent
            let ran = try await Program.run(
                program: neovim, ["--headless", "-i", "NONE", "-u", "init.lua", "-c", "luafile visit.lua"], in: path,
                environment: [
                    "HOME": path, "XDG_CONFIG_HOME": path, "XDG_STATE_HOME": path, "XDG_DATA_HOME": path,
                    "PATH": folder + ":/usr/bin:/bin",
                ])
            let seen = (try? String(contentsOfFile: path + "/seen", encoding: .utf8)) ?? ran.output + ran.errors
            #expect(
                seen == "catalog/a.yaml:2\ncatalog/b.yaml:3\n1 in \(path)\n", "for 0.\(block.minor): \(ran.errors)")
        }
    }
}
