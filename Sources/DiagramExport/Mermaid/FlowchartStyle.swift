import CatalogModel
import FlowMatching

/// How things look in a flowchart: shapes of the version-safe subset, and classes with colours that can be told apart
/// on light and dark pages.
enum FlowchartStyle: String, CaseIterable {
    case service = "k_service"
    case outside = "k_outside"
    case topic = "k_topic"
    case queue = "k_queue"
    case undocumented = "k_undocumented"
    case quiet = "k_quiet"
    case fails = "k_fails"
    case waits = "k_waits"
    case mild = "k_mild"
    case part = "k_part"
    case focus = "k_focus"
    case broker = "k_broker"
    case domain = "k_domain"
    case legend = "k_legend"

    var definition: String {
        switch self {
        case .service: "fill:#dbe8ff,stroke:#3b66a8,color:#12233f"
        case .outside: "fill:#eeeeee,stroke:#777777,color:#222222"
        case .topic: "fill:#ffe9c7,stroke:#a86d12,color:#3a2604"
        case .queue: "fill:#d9f2e3,stroke:#2c7a4f,color:#0d2c1b"
        case .undocumented: "fill:#ffffff,stroke:#c0392b,color:#7b1c12,stroke-dasharray:5 4"
        case .quiet: "fill:#f4f4f4,stroke:#b5b5b5,color:#7d7d7d"
        case .fails: "fill:#fadbd8,stroke:#b03a2e,color:#5b1a14"
        case .waits: "fill:#fcf3cf,stroke:#b7950b,color:#4d3f05"
        case .mild: "fill:#e3f4e3,stroke:#4d8b4d,color:#1d3a1d"
        case .part: "fill:#e8e3f5,stroke:#6c5b9e,color:#2c2147"
        case .focus: "stroke-width:4px"
        case .broker: "fill:none,stroke:#999999,color:#666666"
        case .domain: "fill:none,stroke:#7f9bc8,color:#4a6899,stroke-dasharray:6 3"
        case .legend: "fill:#ffffff,stroke:#dddddd,color:#666666"
        }
    }

    static let quietLink = "stroke:#b5b5b5,color:#7d7d7d"
    static let undocumentedLink = "stroke:#c0392b,stroke-width:2px,color:#c0392b"
}

/// The outlines that every version of Mermaid knows.
enum FlowchartShape {
    case box, subroutine, stadium, hexagon, cylinder, rounded, flag

    func node(_ id: String, _ label: String) -> String {
        switch self {
        case .box: "\(id)[\"\(label)\"]"
        case .subroutine: "\(id)[[\"\(label)\"]]"
        case .stadium: "\(id)([\"\(label)\"])"
        case .hexagon: "\(id){{\"\(label)\"}}"
        case .cylinder: "\(id)[(\"\(label)\")]"
        case .rounded: "\(id)(\"\(label)\")"
        case .flag: "\(id)>\"\(label)\"]"
        }
    }

    init(_ kind: ServiceKind) {
        switch kind {
        case .service: self = .box
        case .gateway, .orchestrator: self = .subroutine
        case .browser, .mobile, .external: self = .stadium
        }
    }

    init(_ kind: Channel.Kind?) {
        switch kind {
        case .topic: self = .hexagon
        case .queue: self = .cylinder
        case nil: self = .rounded
        }
    }
}
