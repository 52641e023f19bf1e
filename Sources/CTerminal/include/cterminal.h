// The terminal, as plain C values: the only place that sees curses, and the only one that Swift calls.
//
// There is one terminal in a process. All functions are for the thread that opened it, except ct_wake.
#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stddef.h>
#include <stdint.h>

// What came of opening the terminal.
typedef enum {
    CT_OPENED,
    CT_ALREADY_OPEN,
    CT_NOT_A_TERMINAL, // standard input or output is something else
    CT_TERM_UNSET,
    CT_TERM_DUMB,
    CT_TERM_INCAPABLE, // the terminfo entry cannot address the cursor or clear the screen
    CT_TERM_UNKNOWN,   // neither TERM nor a substitute is in the terminfo database
    CT_SYSTEM_ERROR,   // see errno
} ct_open_result;

// Takes the terminal: alternate screen, raw keys, mouse and paste reports, handlers for signals and crashes.
ct_open_result ct_open(void);
// Gives it back as it was. What was written to standard error in the meantime appears now. Does nothing when closed.
void ct_close(void);

// How many colours there are: 0 on a monochrome terminal, and where NO_COLOR is set.
int ct_colors(void);
// Whether the terminal shows UTF-8; elsewhere, every cell that is not ASCII is painted as '?'.
int ct_is_utf8(void);

// Reads the size of the terminal and takes it over; whatever was painted has to be painted anew.
void ct_update_size(int *columns, int *rows);

// One cell; a cell of width 0 is the second half of the one before it.
typedef struct {
    uint32_t base;
    uint32_t marks[4]; // combining marks, 0 where there are less than four
    int16_t foreground; // an index of the palette, or -1 for the terminal's own
    int16_t background;
    uint8_t width;
    uint8_t attributes; // CT_BOLD and so on
} ct_cell;

enum { CT_BOLD = 1, CT_DIM = 2, CT_REVERSE = 4, CT_UNDERLINE = 8 };

// Paints a row of cells, from its first column on.
void ct_paint_row(int row, const ct_cell *cells, int count);
// Sends what was painted since the last time, and shows the cursor at a place, or hides it if that is negative.
void ct_flush(int cursor_column, int cursor_row);
// Writes bytes as they are; call it after ct_flush only.
void ct_write(const char *bytes, size_t count);

// One piece of input.
typedef enum {
    CT_NO_INPUT,
    CT_BYTE,     // value is the byte
    CT_KEY,      // value is a ct_key
    CT_FUNCTION, // value is the number of the function key
    CT_MOUSE,    // the numbers of an SGR report follow as bytes
    CT_PASTE_BEGIN,
    CT_PASTE_END,
    CT_UNKNOWN_INPUT,
} ct_input_kind;

typedef enum {
    CT_KEY_UP, CT_KEY_DOWN, CT_KEY_LEFT, CT_KEY_RIGHT, CT_KEY_HOME, CT_KEY_END, CT_KEY_PAGE_UP, CT_KEY_PAGE_DOWN,
    CT_KEY_INSERT, CT_KEY_DELETE, CT_KEY_BACKSPACE, CT_KEY_BACK_TAB, CT_KEY_ENTER,
} ct_key;

typedef struct {
    ct_input_kind kind;
    int value;
    int is_control;
    int is_alt;
} ct_input;

// The next piece of input that is there already.
ct_input ct_next_input(void);

// What ct_wait found.
enum { CT_INPUT_READY = 1, CT_WOKEN = 2, CT_SIGNALED = 4, CT_HUNG_UP = 8 };

// Waits for input, for a signal and, if asked to, for ct_wake; -1 waits for ever, other timeouts are milliseconds.
int ct_wait(int watch_wake, int timeout);
// Makes ct_wait return; may be called from any thread while the terminal is open.
void ct_wake(void);

// Signals that arrived since the last call.
enum { CT_WINCH = 1, CT_TERM = 2, CT_INT = 4, CT_HUP = 8, CT_CONT = 16, CT_TSTP = 32 };
int ct_take_signals(void);

// Gives the terminal back, stops the process group as Ctrl-Z does, and takes the terminal when it is continued.
void ct_suspend(void);
// Takes the screen anew, after others may have written on it.
void ct_reenter(void);
// Gives the terminal to a program until it ends. Returns its wait status, or -errno if it could not be started.
int ct_run(char *const arguments[]);

#endif
