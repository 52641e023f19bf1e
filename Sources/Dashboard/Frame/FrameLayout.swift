import TerminalUI

/// Where everything stands on a screen of some size.
///
///     header
///     ┌ list ──────┐
///     │            │
///     ├ pane ──────┤
///     │            │
///     └────────────┘
///     footer
struct FrameLayout: Sendable, Equatable {
    let header: Rect
    let frame: Rect
    /// Inside the frame, above the pane.
    let list: Rect
    /// Inside the frame, below the list; empty where there is none.
    let pane: Rect
    let footer: Rect

    /// On less than this a picture would mislead.
    static let minimum = Size(width: 40, height: 10)

    init(_ size: Size, paneHeight: (Int) -> Int) {
        let rows = Rect(x: 0, y: 0, width: size.width, height: size.height)
            .split(rows: [.fixed(1), .fill(), .fixed(1)])
        header = rows[0]
        frame = rows[1]
        footer = rows[2]
        let inner = frame.inset()
        let wanted = paneHeight(inner.height)
        guard wanted > 0, inner.height > wanted + 2 else {
            list = inner
            pane = Rect(x: inner.x, y: inner.bottom, width: inner.width, height: 0)
            return
        }
        // One row is the line between them.
        list = Rect(x: inner.x, y: inner.y, width: inner.width, height: inner.height - wanted - 1)
        pane = Rect(x: inner.x, y: list.bottom + 1, width: inner.width, height: wanted)
    }

    var hasPane: Bool { pane.height > 0 }

    /// The row of the line between list and pane.
    var divider: Int { list.bottom }
}
