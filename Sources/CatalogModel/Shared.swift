/// A large value behind one reference: copying it counts one reference, and changing it copies it where somebody else
/// refers to it.
struct Shared<Value: Sendable & Equatable>: Sendable, Equatable {
    /// Changed only while nobody else refers to it.
    private final class Box: @unchecked Sendable {
        var value: Value

        init(_ value: Value) { self.value = value }
    }

    private var box: Box

    init(_ value: Value) { box = Box(value) }

    var value: Value {
        _read { yield box.value }
        _modify {
            if !isKnownUniquelyReferenced(&box) { box = Box(box.value) }
            yield &box.value
        }
    }

    static func == (left: Self, right: Self) -> Bool { left.box === right.box || left.box.value == right.box.value }
}
