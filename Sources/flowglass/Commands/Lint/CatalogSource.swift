import CatalogModel
import Foundation
import SourceDiagnostics

/// Where `lint` takes its catalog from: folders and files, or standard input.
enum CatalogSource {
    case paths([String])
    case standardInput(String)

    /// How findings of standard input are located.
    static let inputName = "-"

    /// - Throws: `CommandFailure` where `-` stands beside paths.
    init(_ paths: [String]) throws {
        guard paths.contains(Self.inputName) else {
            self = .paths(paths.isEmpty ? [CatalogOptions.defaultPath] : paths)
            return
        }
        guard paths.count == 1 else {
            throw CommandFailure.usage("- stands for the whole catalog, without other paths")
        }
        self = .standardInput(String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self))
    }

    /// The catalog; `texts` stand in place of its files, by path.
    func load(_ texts: [String: SourceFile] = [:]) throws -> LoadedCatalog {
        switch self {
        case .standardInput(let text):
            let bytes = texts[Self.inputName].map { String(decoding: $0.bytes, as: UTF8.self) }
            return loadCatalog(texts: [(Self.inputName, bytes ?? text)])
        case .paths(let paths):
            let loaded: LoadedCatalog
            do throws(CatalogLoadError) {
                loaded = try loadCatalog(at: paths, texts: texts)
            } catch {
                throw CommandFailure(error)
            }
            // A folder that was mistyped must not pass for a catalog without findings.
            guard loaded.filesChecked > 0 || !loaded.diagnostics.isEmpty else {
                throw CommandFailure(
                    "there is no catalog file in \(paths.joined(separator: ", ")): what counts are *.yaml and *.yml that "
                        + "no .flowglassignore leaves out\nbegin a catalog with 'flowglass init PATH'")
            }
            return loaded
        }
    }

    /// Whether the file lies, links followed, below one of the folders or is one of the files that were named.
    func contains(_ path: String) -> Bool {
        guard case .paths(let paths) = self, let real = realPath(of: path) else { return false }
        return paths.contains { named in
            guard let top = realPath(of: named) else { return false }
            return real == top || real.hasPrefix(top == "/" ? top : top + "/")
        }
    }

    /// A folder of the catalog, for what is asked of its surroundings.
    var folder: String {
        guard case .paths(let paths) = self, let first = paths.first else { return "." }
        return catalogFolders(at: [first]).first ?? "."
    }
}
