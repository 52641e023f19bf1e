import CatalogLint
import CatalogModel
public import SourceDiagnostics

/// The work of finding out what is wrong: a catalog as it was at one moment. Whoever drives a session runs it where it
/// stops nobody, and gives the findings back.
public struct FindingsCheck: Sendable, Equatable {
    /// The moment: a later state of the texts has a higher number.
    let generation: Int
    let loaded: LoadedCatalog
    let settings: LintSettings

    /// - Complexity: that of `flowglass lint`, without reading files.
    public func run() -> [Diagnostic] { lint(loaded, settings: settings) }

    public static func == (left: FindingsCheck, right: FindingsCheck) -> Bool { left.generation == right.generation }
}
