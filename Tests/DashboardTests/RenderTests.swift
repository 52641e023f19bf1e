@testable import Dashboard
import FlowMatching
import OTLPCoding
import TerminalText
import TerminalUI
import Testing
import TraceModel

@Suite struct RenderTests {
    static let views = ScreenGoldenTests.views.map(\.keys)

    @Test(arguments: views)
    func `any size draws`(keys: String) {
        var model = DashboardModel.sample()
        model.press(keys)
        for width in Array(0...12) + [39, 40, 41, 60, 300] {
            for height in Array(0...6) + [9, 10, 11, 15, 100] {
                _ = model.update(.terminal(.resize(Size(width: width, height: height))))
                #expect(model.drawn().size == Size(width: width, height: height))
            }
        }
    }

    @Test(arguments: views)
    func `a buffer of another size than the model's draws too`(keys: String) {
        var model = DashboardModel.sample()
        model.press(keys)
        for size in [Size(width: 0, height: 0), Size(width: 30, height: 5), Size(width: 200, height: 60)] {
            var buffer = Buffer(size: size)
            model.render(into: &buffer)
        }
    }

    @Test(arguments: views, [Size(width: 60, height: 15), Size(width: 80, height: 24), Size(width: 300, height: 100)])
    func `wide characters keep every frame straight`(keys: String, size: Size) {
        var model = DashboardModel.sample(size.width, size.height)
        model.press(keys)
        let buffer = model.drawn()
        for y in 1..<size.height - 1 {
            #expect("┐┤│┘◂".contains(buffer[size.width - 1, y].text), "row \(y): \(buffer[size.width - 1, y].text)")
            #expect("┌├│└".contains(buffer[0, y].text))
        }
    }

    @Test func `a screen that is too small says so`() {
        #expect(DashboardModel.sample(39, 10).text.contains("40x10"))
        #expect(!DashboardModel.sample(40, 10).text.contains("40x10"))
    }

    @Test func `hostile names reach no terminal`() {
        let hostile = "\u{1B}[2J\u{202E}\u{7}\u{9B}31m\u{0}名前"
        var graph = FlowGraph()
        graph.channels = [ChannelNode(name: hostile, title: hostile, system: hostile, owner: hostile, isObserved: true)]
        graph.services = [ServiceNode(name: hostile, isObserved: true)]
        graph.edges = [Sample.edge(.publishes, hostile, hostile, hostile, count: 1)]
        var snapshot = Sample.snapshot
        var span = Sample.Pieces(trace: 1, at: Sample.now).span(1, hostile, hostile, 0, 5)
        span.statusMessage = hostile
        span.attributes = [Attribute(hostile, .string(hostile))]
        snapshot.conversations = [Sample.conversation(hostile, [span])]
        snapshot.health.lastRejection = hostile
        snapshot.health.trouble = hostile
        var model = DashboardModel(size: Size(width: 100, height: 30))
        _ = model.update(.data(graph, snapshot))
        for keys in ["", "2", "4", "<Enter>", "<Enter>", "<Esc> <Esc> 5"] {
            model.press(keys)
            for scalar in model.text.unicodeScalars where scalar != "\n" {
                #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value))
                #expect(!(0x202A...0x202E).contains(scalar.value) && scalar.properties.generalCategory != .format)
            }
        }
    }

    @Test func `ASCII settings draw nothing but ASCII around ASCII names`() {
        var graph = Sample.graph
        for index in graph.channels.indices { graph.channels[index].title = nil }
        for index in graph.services.indices { graph.services[index].title = nil }
        var model = DashboardModel(
            size: Size(width: 120, height: 40), settings: DashboardSettings(glyphs: .ascii, theme: .monochrome))
        var snapshot = Sample.snapshot
        snapshot.conversations = [Sample.running]
        _ = model.update(.data(graph, snapshot))
        for keys in ["", "<Right>", "2", "4", "<Enter>", "<Enter>", "?", "<Esc> <Esc> <Esc> 5", "3", ":", "<Esc> p"] {
            model.press(keys)
            let isASCII = model.text.unicodeScalars.allSatisfy(\.isASCII)
            #expect(isASCII, "after \(keys): \(model.text)")
        }
    }

    @Test func `monochrome screens use no colour`() {
        for keys in Self.views {
            var model = DashboardModel.sample(100, 30, settings: DashboardSettings(theme: .monochrome))
            model.press(keys)
            #expect(
                model.drawn().cells.allSatisfy { $0.style.foreground == .standard && $0.style.background == .standard })
        }
    }

    @Test func `empty screens say what would fill them`() {
        var model = DashboardModel(size: Size(width: 100, height: 24))
        #expect(model.text.contains("reading the catalog and the stored spans"))
        var snapshot = LiveSnapshot()
        snapshot.health.listening = ["127.0.0.1:4318"]
        _ = model.update(.data(FlowGraph(), snapshot))
        #expect(model.text.contains("waiting for spans on 127.0.0.1:4318"))
        #expect(model.text.contains("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318"))
        #expect(model.text.contains("`flowglass init` writes a first one"))
        _ = model.update(.drift(DriftReport(findings: [], window: .fiveMinutes)))
        for (keys, words) in [
            ("2", "no service is known yet"), ("3", "no flow is documented yet"), ("4", "no conversation was seen yet"),
            ("5", "the catalog and the spans agree"), ("6", "there is no catalog at catalog"),
        ] {
            model.press(keys)
            #expect(model.text.contains(words), "\(words)")
        }
    }

    @Test func `trouble in the store is said on every screen`() {
        var snapshot = Sample.snapshot
        snapshot.health.trouble = "disk full"
        var model = DashboardModel.sample()
        _ = model.update(.data(Sample.graph, snapshot))
        for keys in ["1", "2", "3", "4", "5", "6"] {
            model.press(keys)
            #expect(model.text.contains("! disk full"))
        }
    }

    @Test func `100,000 channels scroll as quickly as ten`() {
        var graph = FlowGraph()
        for number in 0..<100_000 {
            let name = "channel-\(number)"
            graph.channels.append(
                ChannelNode(name: name, title: "채널 \(number)", system: "kafka", isDocumented: true, isObserved: true))
            graph.edges.append(Sample.edge(.publishes, "order", name, documented: true, observed: true))
        }
        graph.services = [ServiceNode(name: "order", isDocumented: true, isObserved: true)]
        var model = DashboardModel(size: Size(width: 120, height: 40))
        let clock = ContinuousClock()
        let taking = clock.measure { _ = model.updateAtOnce(.data(graph, Sample.snapshot)) }
        let moving = clock.measure {
            for _ in 0..<20 {
                model.press("G <PageUp> g <PageDown>")
                _ = model.drawn()
            }
        }
        // Debug builds; the bounds only catch work that grows with the list.
        #expect(taking < .seconds(5))
        #expect(moving < .seconds(3))
        #expect(model.text.contains("100000 channels"))
    }
}
