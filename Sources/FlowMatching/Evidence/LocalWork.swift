import OTLPCoding
import TraceModel

/// What one service does for one request: the spans below a local root, without those of the services that it calls.
struct LocalWork {
    /// The local root: a request served, a message handled, or the beginning of a job.
    let root: Int
    /// The root and what is below it in the same service, parents before children.
    let spans: [Int]

    /// A request of more spans than this is cut: nobody waits in ten thousand steps.
    static let maximumSpans = 10_000

    /// What follows from one message: more is not looked at, so that a message with very many deliveries stays cheap.
    static let maximumConsequences = 2_000

    /// Nil where the span is no local root.
    init?(at index: Int, in window: SightingWindow) {
        let root = window.sightings[index]
        switch root.role {
        case .server, .process: break
        case .other:
            let parent = root.parent.isZero ? nil : window.index(of: root.parentKey)
            guard parent == nil, !window.children(of: index).isEmpty else { return nil }
        case .publish, .receive, .client: return nil
        }
        var spans = [index]
        var next = 0
        while next < spans.count, spans.count < Self.maximumSpans {
            // A span that is its own forebear ends the walk.
            for child in window.children(of: spans[next]) where Int(child) != index {
                let sighting = window.sightings[Int(child)]
                if sighting.service == root.service, sighting.role != .server, sighting.role != .process {
                    spans.append(Int(child))
                }
            }
            next += 1
        }
        self.root = index
        self.spans = spans
    }

    /// Every span that is because of the given ones, whatever service and trace it is in: along children, and from
    /// published to handled. The given ones come first.
    static func consequences(of first: [Int], in window: SightingWindow) -> [Int] {
        var all = first
        var seen = Set(first)
        var next = 0
        while next < all.count, all.count < maximumConsequences {
            let index = all[next]
            for follower in window.children(of: index) where seen.insert(Int(follower)).inserted {
                all.append(Int(follower))
            }
            for follower in window.deliveries(of: index) where seen.insert(Int(follower)).inserted {
                all.append(Int(follower))
            }
            next += 1
        }
        return all
    }
}
