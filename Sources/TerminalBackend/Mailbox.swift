import CTerminal
import Synchronization

/// Where background work leaves messages for the terminal's loop: the only way to it from other threads.
///
/// Messages come out in the order in which they went in. Whoever posts snapshots uses `post(_:replacing:)`, so that an
/// older one that nobody has read yet makes room, and the mailbox stays small while an editor has the terminal.
public final class Mailbox<Message: Sendable>: Sendable {
    private struct State {
        var messages: [Message] = []
        /// Whether a loop waits for messages.
        var isAttached = false
    }

    private let state = Mutex(State())

    public init() {}

    /// Adds a message, and wakes the loop if it is the first one.
    public func post(_ message: Message) {
        post(message) { _ in false }
    }

    /// Adds a message in place of the waiting ones that it makes obsolete.
    public func post(_ message: Message, replacing isObsolete: (Message) -> Bool) {
        state.withLock { state in
            let wasEmpty = state.messages.isEmpty
            state.messages.removeAll(where: isObsolete)
            state.messages.append(message)
            if wasEmpty && state.isAttached { ct_wake() }
        }
    }

    /// All messages so far; none of them comes again.
    func take() -> [Message] {
        state.withLock { state in
            defer { state.messages = [] }
            return state.messages
        }
    }

    /// From now on the loop is woken, also for what waits already.
    func attach() {
        state.withLock { state in
            state.isAttached = true
            if !state.messages.isEmpty { ct_wake() }
        }
    }

    /// From now on nobody is woken. After this, no call into the terminal is under way.
    func detach() {
        state.withLock { $0.isAttached = false }
    }
}
