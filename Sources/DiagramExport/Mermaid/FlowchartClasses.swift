/// Which node has which look, and which arrow; written at the end, when everything they name exists.
struct FlowchartClasses {
    private var nodes: [FlowchartStyle: [String]] = [:]
    private var links: [String: [Int]] = [:]

    mutating func add(_ id: String, _ style: FlowchartStyle) { nodes[style, default: []].append(id) }

    mutating func addLink(_ index: Int, _ style: String) { links[style, default: []].append(index) }

    func add(to document: inout MermaidDocument) {
        document.addBlank()
        for style in FlowchartStyle.allCases {
            guard let ids = nodes[style] else { continue }
            document.add("classDef \(style.rawValue) \(style.definition)")
            document.add("class \(ids.joined(separator: ",")) \(style.rawValue)")
        }
        for (style, indices) in links.sorted(by: { $0.key < $1.key }) {
            document.add("linkStyle \(indices.map(String.init).joined(separator: ",")) \(style)")
        }
    }
}
