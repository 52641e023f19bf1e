/// How a divided system looks from one of its parts: what is inside is near, and every thing outside is drawn as the
/// largest part that it is in and this part is not.
///
/// From `payment`, the services of `order` are all one box, however finely `order` is divided.
struct AtlasView {
    /// Stands for all other parts that there is no room for.
    static let remaining = "other parts"

    private let division: Division
    /// The other parts that are drawn.
    private(set) var others: Set<Int> = []
    /// For each lowest part, the part that stands for what is in it; nil where its nodes are drawn themselves.
    private var standIns: [Int: Int] = [:]

    /// - Parameters:
    ///   - part: nil for the overview, from which all of the system is outside.
    ///   - edges: The indexes of the edges that touch the part.
    ///   - room: How many other parts are drawn, those with the most edges to this one.
    init(of part: Int?, in division: Division, _ edges: [Int] = [], showing room: Int) {
        self.division = division
        let lineage = Set(part.map(division.lineage) ?? [])
        for (number, lowest) in division.parts.enumerated() where lowest.children.isEmpty && number != part {
            standIns[number] = division.lineage(of: number).last { !lineage.contains($0) }
        }
        guard let part else { return }
        var weights: [Int: Int] = [:]
        for index in edges {
            let ends = division.ends[index]
            for node in [ends.source, ends.target] {
                if let place = standIns[division.lowestPart[node]], division.parts[place].parent != part {
                    weights[place, default: 0] += 1
                }
            }
        }
        let name = { (number: Int) in division.parts[number].name }
        let heaviest = weights.sorted {
            $0.value != $1.value ? $0.value > $1.value : name($0.key) < name($1.key)
        }
        others = Set(heaviest.prefix(room).map(\.key))
        let unseen = Set(heaviest.dropFirst(room).map(\.key))
        guard !unseen.isEmpty else { return }
        for (lowest, place) in standIns where unseen.contains(place) { standIns[lowest] = division.parts.count }
    }

    /// A number for what a node is drawn as.
    func place(of node: Int) -> Int {
        standIns[division.lowestPart[node]].map { division.nodes.count + $0 } ?? node
    }

    func isPart(_ place: Int) -> Bool { place >= division.nodes.count }

    func node(_ place: Int) -> DiagramNode {
        guard isPart(place) else { return division.nodes[place] }
        let part = place - division.nodes.count
        return .part(part < division.parts.count ? division.parts[part].name : Self.remaining)
    }
}
