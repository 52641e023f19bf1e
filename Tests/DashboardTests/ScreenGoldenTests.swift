import Dashboard
import TerminalUI
import Testing

@Suite struct ScreenGoldenTests {
    /// Every view by the keys that lead to it.
    static let views: [(name: String, keys: String)] = [
        ("topics", "j j"), ("topics-walk", "j j <Right> j"), ("topics-filtered", "/is:undocumented <Enter>"),
        ("services", "2 j j j j j"), ("flows", "3"), ("traces", "4"), ("waterfall", "4 <Enter>"),
        ("span", "4 j <Enter> j <Enter>"), ("drift", "5"), ("lint", "6"), ("help", "?"), ("palette", ":s"),
        ("typing", "4 /chan"), ("sequence", "4 <Enter> v"), ("columns", "c j"), ("impact", "2 j j j j j i"),
        ("faults", "!"), ("marks", "<Space> <Space>"),
    ]

    @Test(arguments: views, [Size(width: 80, height: 24), Size(width: 120, height: 40)])
    func `a screen looks as it was looked at`(view: (name: String, keys: String), size: Size) {
        var model = DashboardModel.sample(size.width, size.height)
        model.press(view.keys)
        expectGolden(model.drawn(), "\(view.name)-\(size.width)x\(size.height)")
    }

    @Test(arguments: ["", "4 <Enter>"])
    func `the screen reads the same without colours and in ASCII`(keys: String) {
        let settings = DashboardSettings(glyphs: .ascii, theme: .monochrome, catalogPath: "catalog")
        var model = DashboardModel.sample(80, 24, settings: settings)
        model.press(keys)
        expectGolden(model.drawn(), keys.isEmpty ? "ascii-topics-80x24" : "ascii-waterfall-80x24")
    }
}
