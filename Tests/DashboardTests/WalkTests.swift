import CatalogModel
import FlowMatching
import TerminalUI
import Testing
import TraceModel

@testable import Dashboard

@Suite struct WalkTests {
    @Test func `an event is followed from the first service to the last with one key`() {
        var model = DashboardModel.sample()
        model.press("2 <Right>")
        var places = [model.walk?.centre]
        for _ in 0..<5 {
            model.press("<Right>")
            if model.walk?.centre != places.last { places.append(model.walk?.centre) }
        }
        #expect(places.compactMap { $0?.name } == ["gateway", "order", "order.cancelled"])
        // At the end of the way one looks back.
        #expect(model.walk?.side == .left)
    }

    @Test func `what only references name is not said to be seen in spans`() {
        var model = DashboardModel(size: Size(width: 120, height: 40), settings: DashboardSettings())
        var catalog = Catalog()
        var service = Service(name: "mail", span: Sample.place("services.yaml", 3))
        service.subscribes = [Subscription(channel: Located("order.payed", Sample.place("services.yaml", 4)))]
        catalog.services = [service]
        _ = model.update(.catalog(catalog, CatalogFindings()))
        _ = model.update(.data(FlowGraph(catalog: catalog, observed: []), LiveSnapshot()))
        #expect(model.line(with: "? order.payed").contains("order.payed not defined"))
        #expect(model.text.contains("named in the catalog, not defined"))
        #expect(!model.text.contains("seen in spans"))
    }

    private func model(_ edges: [ObservedEdge], _ width: Int = 80) -> DashboardModel {
        var model = DashboardModel.sample(width, 24)
        let graph = FlowGraph(catalog: Sample.catalog, observed: edges)
        _ = model.updateAtOnce(.data(graph, Sample.snapshot))
        return model
    }

    private func edge(_ kind: EdgeKind, _ from: String, _ to: String, _ system: String, errors: Int = 0) -> ObservedEdge
    {
        var figures = EdgeFigures()
        (figures.count, figures.deliveries, figures.errors) = (100, 100, errors)
        (figures.firstSeen, figures.lastSeen) = (Sample.now - 1, Sample.now - 1)
        return ObservedEdge(key: EdgeKey(kind: kind, from: from, to: to, system: system), figures: figures)
    }

    @Test func `a queue that nobody wrote down is drawn as the queue that it is`() {
        var model = model([
            edge(.consumes, "marketing-export", "marketing", "aws-sqs"), edge(.publishes, "order", "내보내기", "kafka"),
            edge(.consumes, "작업", "settlement", "rabbitmq"), edge(.consumes, "알림판", "settlement", "rabbitmq"),
            edge(.consumes, "알림판", "inventory", "rabbitmq"),
        ])
        func shown(_ name: String) -> String {
            _ = model.show(Node.channel(name))
            return model.line(with: " on ") + (model.text.contains("⊟ \(name)") ? " ⊟" : "")
        }
        #expect(shown("marketing-export").contains("queue on aws-sqs") && shown("marketing-export").hasSuffix("⊟"))
        #expect(shown("작업").contains("queue on rabbitmq"))
        #expect(shown("알림판").contains("channel on rabbitmq"))
        #expect(shown("내보내기").contains("channel on kafka") && !shown("내보내기").hasSuffix("⊟"))
        model.applyFilter("kind:queue is:undocumented")
        #expect(model.list.rowCount == 2)
    }

    @Test func `an edge that nobody wrote down says so, not the place where it leads`() {
        var model = model(
            [edge(.publishes, "order", "payment.completed", "kafka"), edge(.publishes, "order", "새것", "kafka")], 120)
        _ = model.show(Node.service("order"))
        #expect(model.line(with: "⊚ payment.completed ").contains("edge undocumented"))
        #expect(!model.text.contains("? ⊚ payment.completed"))
        #expect(model.line(with: "? ⊚ 새것").contains(" undocumented"))
        #expect(!model.line(with: "? ⊚ 새것").contains("edge"))
    }

    @Test func `times in the picture and in the table say which they are`() {
        var model = DashboardModel.sample(80, 24)
        model.press("2")
        #expect(model.line(with: "▶ order ").contains("work 200ms"))
        // Errors matter more than the word.
        model.press("j j j j j")
        #expect(model.line(with: "▶ payment ").contains("71ms 1.2% errors"))
        model.press("1 j j")
        #expect(model.line(with: "▶ inventory  ").contains("lag  44ms"))
        model = DashboardModel.sample(200, 50)
        model.press("j j")
        for title in ["LAG p95", "LAG p99", "WORK p95", "WORK p99"] {
            #expect(model.line(with: "FROM").contains(title))
        }
    }

    @Test(arguments: [
        ("1", "payment.completed", "! 1.2% errors"), ("1", "order.cancelled", "! no consumer"),
        ("2", "payment", "! 1.2% errors"), ("2", "settlement", "! not in the catalog: subscribes to audit.mystery"),
    ])
    func `the pane says why a row is marked`(screen: String, name: String, words: String) {
        var model = DashboardModel.sample(80, 24)
        _ = model.show(screen == "1" ? Node.channel(name) : .service(name))
        #expect(model.text.contains(words), "\(model.text)")
    }

    @Test func `what is marked has a reason, and nothing else has`() {
        let facts = DashboardModel.sample().facts
        for channel in facts.graph.channels {
            var view = ChannelView(channel, in: facts)
            #expect(view.isFaulty == (!view.reasons.isEmpty || channel.difference == .undocumented), "\(channel.name)")
        }
        for service in facts.graph.services {
            let view = ServiceView(service, in: facts)
            #expect(view.isFaulty == (!view.reasons.isEmpty || service.difference == .undocumented))
        }
    }

    @Test func `a service that handles and serves nothing has handled nothing`() {
        let facts = DashboardModel.sample().facts
        func handled(_ name: String) -> Int? { facts.service(name).map { ServiceView($0, in: facts).handled } }
        #expect(handled("legacy-job") == 0)
        #expect(handled("order") == 2_460)
    }

    @Test func `up and down choose among the neighbours, and stop at the ends`() {
        var model = DashboardModel.sample()
        model.press("j j <Right> <Down> <Down> <Down> <Down>")
        #expect(model.chosenNeighbour?.node == .channel("settlement-orders"))
        model.press("<Up> <Right>")
        #expect(model.walk?.centre == .channel("notification-orders"))
        model.press("<Right>")
        #expect(model.walk?.centre == .service("notification"))
        #expect(model.text.contains("order.completed ▸ notification-orders ▸ notification"))
    }

    @Test func `a walk goes on over another screen where its place is a row of that, and ends where it is not`() {
        var model = DashboardModel.sample()
        model.press("j j <Right> <Right> <Right>")
        #expect(model.walk?.centre == .service("inventory"))
        model.press("2")
        #expect(model.context == .walk && model.list.selectedKey == "inventory")
        model.press("<Left> <Left>")
        #expect(model.walk?.centre.isChannel == true)
        model.press("1 2")
        #expect(model.context == .list(.services))
        #expect(model.focusedNode?.isChannel == false)
    }

    @Test func `Backspace returns the way one came, Esc goes back to the list`() {
        var model = DashboardModel.sample()
        model.press("j j <Right> <Right> <Right> <Backspace>")
        #expect(model.walk?.centre == .channel("inventory-orders"))
        #expect(model.focusedNode == .channel("inventory-orders"))
        model.press("<Backspace> <Backspace>")
        #expect(model.walk?.centre == .channel("order.completed"))
        model.press("<Esc>")
        #expect(model.context == .list(.topics))
        #expect(model.focusedNode == .channel("order.completed"))
    }

    @Test func `turning round needs one key, going another`() {
        var model = DashboardModel.sample()
        model.press("j j <Right> <Left>")
        #expect(model.walk?.centre == .channel("order.completed"))
        #expect(model.walk?.side == .left)
        model.press("<Left>")
        #expect(model.walk?.centre == .service("order"))
    }

    @Test func `the row of the list follows the walk where it can`() {
        var model = DashboardModel.sample()
        model.press("j j <Right> <Right>")
        #expect(model.walk?.centre == .channel("inventory-orders"))
        #expect(model.line(with: "▸").contains("inventory-orders"))
        model.press("<Right>")
        #expect(model.walk?.centre == .service("inventory"))
        #expect(model.line(with: "▸").contains("inventory-orders"))
        model.press("2")
        #expect(model.focusedNode == .service("inventory"))
        #expect(model.context == .walk)
        #expect(model.list.selectedItem == 1)
    }

    @Test func `traces of the place in the middle are one key away`() {
        var model = DashboardModel.sample()
        model.press("j j t")
        #expect(model.context == .list(.traces))
        #expect(model.list.filter.text == "channel:order.completed")
        #expect(model.list.rowCount == 1)
        model.press("2 G t")
        #expect(model.list.filter.text == "service:settlement")
    }

    @Test func `drift leads to the place it speaks of`() {
        var model = DashboardModel.sample()
        model.press("1 /nothing <Enter> 5 /audit <Enter> o")
        #expect(model.focusedNode == .channel("audit.mystery"))
        #expect(model.list.filter.isEmpty)
    }

    @Test func `a place that vanishes under a walk does not break it`() {
        var model = DashboardModel.sample()
        model.press("j j <Right> j j")
        _ = model.update(.data(FlowGraph(), Sample.snapshot))
        #expect(model.walk?.choice == 0)
        model.press("<Right> <Left> <Up> <Backspace>")
        #expect(model.text.contains("no publisher"))
    }

    @Test func `a walk in a circle remembers no more than it must`() {
        var walk = Walk(at: .service("a"), side: .right)
        for step in 0..<1_000 { walk.step(to: .service("\(step)"), looking: .right) }
        #expect(walk.path.count == Walk.maximumPath)
        #expect(walk.centre == .service("999"))
    }

    @Test func `calls to one service are one neighbour, messages come before calls`() {
        var graph = Sample.graph
        graph.edges.append(
            Sample.edge(.calls, "order", "payment", "grpc", operation: "booking.Payment/Refund", count: 5))
        var facts = SystemFacts()
        facts.learn(graph, Sample.snapshot)
        let focus = FocusGraph(around: .service("order"), in: facts)
        #expect(focus.right.map(\.node.name) == ["order.cancelled", "order.completed", "member", "payment"])
        #expect(focus.right[3].note == "grpc Charge +1")
        #expect(focus.left.map(\.node.name) == ["gateway"])
    }

    @Test func `a route's lag is that of the consumers behind it`() {
        var facts = SystemFacts()
        facts.learn(Sample.graph, Sample.snapshot)
        let focus = FocusGraph(around: .channel("order.completed"), in: facts)
        #expect(focus.right.map(\.summary.lagText) == ["44ms", "38ms", "51ms"])
    }

    @Test func `dead letters can be followed from their queue and back`() {
        var model = DashboardModel.sample(100, 24)
        model.press("G")
        #expect(model.focusedNode == .channel("settlement-dlq"))
        #expect(model.line(with: "▸").contains("settlement-dlq empty"))
        #expect(model.text.contains("⊟ settlement-orders  dead letters ───▷ ⊟ settlement-dlq"))
        model.press("<Left> <Left>")
        #expect(model.focus?.right.map(\.node.name) == ["settlement", "settlement-dlq"])
    }

    @Test func `a fan-out larger than the screen scrolls with the choice`() {
        var graph = FlowGraph()
        graph.channels = [ChannelNode(name: "hub", isDocumented: true, isObserved: true)]
        for number in 100..<400 {
            graph.services.append(ServiceNode(name: "s\(number)", isDocumented: true, isObserved: true))
            graph.edges.append(Sample.edge(.consumes, "hub", "s\(number)", count: 1))
        }
        var model = DashboardModel(size: Size(width: 80, height: 24))
        _ = model.update(.data(graph, Sample.snapshot))
        #expect(model.text.contains("▶ s100") && model.text.contains("more"))
        model.press("<Right> " + String(repeating: "j ", count: 150))
        #expect(model.text.contains("▶ s250"))
        model.press("<Right>")
        #expect(model.walk?.centre == .service("s250"))
    }

    @Test func `routes in a circle end`() {
        var graph = FlowGraph()
        graph.channels = ["a", "b"].map { ChannelNode(name: $0, isDocumented: true, isObserved: true) }
        graph.edges = [
            Sample.edge(.delivers, "a", "b"), Sample.edge(.delivers, "b", "a"), Sample.edge(.delivers, "a", "a"),
        ]
        var model = DashboardModel(size: Size(width: 80, height: 24))
        _ = model.update(.data(graph, Sample.snapshot))
        model.press("<Right> <Right> <Right> <Right>")
        #expect(model.text.contains("no consumer"))
    }
}
