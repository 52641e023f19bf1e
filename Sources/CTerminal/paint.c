// Cells to curses' screen. curses itself compares it with the terminal's and sends the difference.
#include "internal.h"

#include <curses.h>
#include <stdlib.h>
#include <wchar.h>

static cchar_t *line;
static int line_capacity;
static int cursor_state = -1;

static bool reserve(int count) {
    if (count <= line_capacity) return true;
    cchar_t *larger = realloc(line, sizeof *line * (size_t)count);
    if (!larger) return false;
    line = larger;
    line_capacity = count;
    return true;
}

void ct_close_paint(void) {
    free(line);
    line = NULL;
    line_capacity = 0;
    cursor_state = -1;
}

static attr_t curses_attributes(int attributes) {
    return (attributes & CT_BOLD ? A_BOLD : 0) | (attributes & CT_DIM ? A_DIM : 0) |
           (attributes & CT_REVERSE ? A_REVERSE : 0) | (attributes & CT_UNDERLINE ? A_UNDERLINE : 0);
}

// Whether the C library, by whose widths curses counts columns, agrees about the cell.
static bool is_paintable(const ct_cell *cell) {
    if (cell->base >= 0x20 && cell->base < 0x7F) return cell->width == 1;
    return ct_utf8 && wcwidth((wchar_t)cell->base) == cell->width;
}

// Adds the cell to the line; returns how many of curses' cells it took.
static int add(const ct_cell *cell, int at) {
    attr_t attributes = curses_attributes(cell->attributes);
    int pair = ct_color_pair(cell->foreground, cell->background);
    wchar_t text[CCHARW_MAX + 1] = {(wchar_t)cell->base};
    if (is_paintable(cell)) {
        int length = 1;
        for (int i = 0; i < 4 && cell->marks[i] && ct_utf8 && length < CCHARW_MAX; i++) {
            if (wcwidth((wchar_t)cell->marks[i]) == 0) text[length++] = (wchar_t)cell->marks[i];
        }
        text[length] = 0;
        if (setcchar(&line[at], text, attributes, 0, &pair) == OK) return 1;
    }
    for (int i = 0; i < cell->width; i++) setcchar(&line[at + i], L"?", attributes, 0, &pair);
    return cell->width;
}

void ct_paint_row(int row, const ct_cell *cells, int count) {
    if (!reserve(count)) return;
    int used = 0;
    for (int i = 0; i < count; i++) {
        if (cells[i].width > 0 && used + cells[i].width <= count) used += add(&cells[i], used);
    }
    if (used > 0) mvwadd_wchnstr(stdscr, row, 0, line, used);
}

static void show(int cursor_column, int cursor_row) {
    bool visible = cursor_column >= 0 && cursor_row >= 0;
    leaveok(stdscr, !visible);
    if (visible) wmove(stdscr, cursor_row, cursor_column);
    wnoutrefresh(stdscr);
    doupdate();
    if (cursor_state != visible) {
        cursor_state = visible;
        curs_set(visible);
    }
}

void ct_flush(int cursor_column, int cursor_row) {
    if (ct_away) return;
    ct_output_begins();
    // A signal that came before has nobody to interrupt: nothing is begun any more.
    if (!ct_is_ending()) show(cursor_column, cursor_row);
    ct_output_ends();
}
