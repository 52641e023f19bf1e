import CatalogModel
import Dashboard
import TerminalUI

extension DashboardModel {
    /// A dashboard that knows the sample system.
    static func sample(
        _ width: Int = 80, _ height: Int = 24, settings: DashboardSettings = DashboardSettings(catalogPath: "catalog")
    ) -> DashboardModel {
        var model = DashboardModel(size: Size(width: width, height: height), settings: settings)
        _ = model.update(.catalog(Sample.catalog, Sample.findings))
        _ = model.update(.data(Sample.graph, Sample.snapshot))
        _ = model.update(.drift(Sample.drift))
        return model
    }

    /// Types a key script and returns the effects of all its keys.
    @discardableResult
    mutating func press(_ script: String) -> [Effect] {
        KeyScript.parse(script).flatMap { update(.terminal($0)) }
    }

    /// The screen as it would be drawn.
    func drawn() -> Buffer {
        var buffer = Buffer(size: size)
        render(into: &buffer)
        return buffer
    }

    var text: String { drawn().plainText() }

    /// The line of the screen that contains a text; empty where none does.
    func line(with part: String) -> String {
        text.split(separator: "\n").first { $0.contains(part) }.map(String.init) ?? ""
    }
}
