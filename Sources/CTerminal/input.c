// Keys: curses recognises what the terminfo entry describes, the rest comes as bytes.
#include "internal.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>

// Numbers for sequences of our own, above all that curses gives away.
enum { CODE_MOUSE = 5000, CODE_PASTE_BEGIN, CODE_PASTE_END };

// Reading from the screen would repaint it half-way; a pad of one cell never does.
static WINDOW *pad;

bool ct_open_input(void) {
    pad = newpad(1, 1);
    if (!pad) return false;
    keypad(pad, TRUE);
    nodelay(pad, TRUE);
    // curses decodes only one mouse encoding for each entry, and tmux's is the one that ends at column 223.
    define_key(NULL, KEY_MOUSE);
    define_key("\033[<", CODE_MOUSE);
    define_key("\033[200~", CODE_PASTE_BEGIN);
    define_key("\033[201~", CODE_PASTE_END);
    return true;
}

void ct_close_input(void) {
    if (pad) delwin(pad);
    pad = NULL;
}

static ct_input key(ct_key value) { return (ct_input){.kind = CT_KEY, .value = value}; }

// Keys with modifiers have names such as kUP5 instead of numbers; 5 is xterm's 1 + Ctrl.
static ct_input modified_key(int code) {
    static const struct {
        const char *name;
        ct_key key;
    } names[] = {
        {"kUP", CT_KEY_UP},      {"kDN", CT_KEY_DOWN},    {"kLFT", CT_KEY_LEFT},   {"kRIT", CT_KEY_RIGHT},
        {"kHOM", CT_KEY_HOME},   {"kEND", CT_KEY_END},    {"kPRV", CT_KEY_PAGE_UP}, {"kNXT", CT_KEY_PAGE_DOWN},
        {"kDC", CT_KEY_DELETE},  {"kIC", CT_KEY_INSERT},
        {"kcbt", CT_KEY_BACK_TAB},
    };
    const char *name = keyname(code);
    for (size_t i = 0; name && i < sizeof names / sizeof *names; i++) {
        size_t length = strlen(names[i].name);
        if (strncmp(name, names[i].name, length) != 0) continue;
        int modifiers = name[length] ? atoi(name + length) - 1 : 0;
        return (ct_input){
            .kind = CT_KEY, .value = names[i].key, .is_control = (modifiers & 4) != 0, .is_alt = (modifiers & 2) != 0};
    }
    return (ct_input){.kind = CT_UNKNOWN_INPUT};
}

ct_input ct_next_input(void) {
    int code = pad ? wgetch(pad) : ERR;
    if (code == ERR) return (ct_input){.kind = CT_NO_INPUT};
    if (code >= 0 && code <= 0xFF) return (ct_input){.kind = CT_BYTE, .value = code};
    if (code >= KEY_F(1) && code <= KEY_F(63)) return (ct_input){.kind = CT_FUNCTION, .value = code - KEY_F(0)};
    switch (code) {
    case CODE_MOUSE: return (ct_input){.kind = CT_MOUSE};
    case CODE_PASTE_BEGIN: return (ct_input){.kind = CT_PASTE_BEGIN};
    case CODE_PASTE_END: return (ct_input){.kind = CT_PASTE_END};
    case KEY_UP: case KEY_SR: return key(CT_KEY_UP);
    case KEY_DOWN: case KEY_SF: return key(CT_KEY_DOWN);
    case KEY_LEFT: case KEY_SLEFT: return key(CT_KEY_LEFT);
    case KEY_RIGHT: case KEY_SRIGHT: return key(CT_KEY_RIGHT);
    case KEY_HOME: case KEY_SHOME: case KEY_A1: case KEY_FIND: return key(CT_KEY_HOME);
    case KEY_END: case KEY_SEND: case KEY_C1: case KEY_SELECT: case KEY_LL: return key(CT_KEY_END);
    case KEY_PPAGE: case KEY_SPREVIOUS: case KEY_A3: return key(CT_KEY_PAGE_UP);
    case KEY_NPAGE: case KEY_SNEXT: case KEY_C3: return key(CT_KEY_PAGE_DOWN);
    case KEY_IC: case KEY_SIC: return key(CT_KEY_INSERT);
    case KEY_DC: case KEY_SDC: return key(CT_KEY_DELETE);
    case KEY_BACKSPACE: return key(CT_KEY_BACKSPACE);
    case KEY_BTAB: return key(CT_KEY_BACK_TAB);
    case KEY_ENTER: return key(CT_KEY_ENTER);
    default: return modified_key(code);
    }
}
