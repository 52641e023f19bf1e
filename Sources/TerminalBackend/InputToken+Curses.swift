import CTerminal
import TerminalUI

extension InputToken {
    /// Nil for keys that nothing here uses.
    init?(_ input: ct_input) {
        switch input.kind {
        case CT_BYTE:
            self = .byte(UInt8(truncatingIfNeeded: input.value))
        case CT_KEY:
            guard let code = Key.Code(ct_key(rawValue: UInt32(max(0, input.value)))) else { return nil }
            self = .key(Key(code, control: input.is_control != 0, alt: input.is_alt != 0))
        case CT_FUNCTION:
            self = .key(Key(.function(Int(input.value))))
        case CT_MOUSE: self = .mousePrefix
        case CT_PASTE_BEGIN: self = .pasteBegin
        case CT_PASTE_END: self = .pasteEnd
        default: return nil
        }
    }
}

extension Key.Code {
    fileprivate init?(_ key: ct_key) {
        switch key {
        case CT_KEY_UP: self = .up
        case CT_KEY_DOWN: self = .down
        case CT_KEY_LEFT: self = .left
        case CT_KEY_RIGHT: self = .right
        case CT_KEY_HOME: self = .home
        case CT_KEY_END: self = .end
        case CT_KEY_PAGE_UP: self = .pageUp
        case CT_KEY_PAGE_DOWN: self = .pageDown
        case CT_KEY_INSERT: self = .insert
        case CT_KEY_DELETE: self = .delete
        case CT_KEY_BACKSPACE: self = .backspace
        case CT_KEY_BACK_TAB: self = .backTab
        case CT_KEY_ENTER: self = .enter
        default: return nil
        }
    }
}
