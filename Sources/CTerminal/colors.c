// Colour pairs, which curses wants to number.
#include "internal.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>

enum { PALETTE = 256 };

static int color_count;
static bool has_default_colors;
static int pair_count;
// The number of each pair asked for so far, by colour + 1; 0 is none yet.
static int pairs[PALETTE + 1][PALETTE + 1];

void ct_open_colors(void) {
    const char *no_color = getenv("NO_COLOR");
    color_count = 0;
    pair_count = 0;
    memset(pairs, 0, sizeof pairs);
    if ((no_color && *no_color) || !has_colors() || start_color() == ERR) return;
    has_default_colors = use_default_colors() == OK;
    color_count = COLORS < PALETTE ? COLORS : PALETTE;
}

int ct_colors(void) { return color_count; }

// Pair 0, the terminal's own colours, where a colour does not exist or all pairs are taken.
int ct_color_pair(int foreground, int background) {
    if (foreground >= color_count || background >= color_count) return 0;
    if (foreground < 0 && background < 0) return 0;
    int *pair = &pairs[foreground < 0 ? 0 : foreground + 1][background < 0 ? 0 : background + 1];
    if (*pair) return *pair;
    // Never more than there are: alloc_pair would take back one that is on the screen.
    if (pair_count >= COLOR_PAIRS - 1) return 0;
    if (foreground < 0) foreground = has_default_colors ? -1 : COLOR_WHITE;
    if (background < 0) background = has_default_colors ? -1 : COLOR_BLACK;
    int allocated = alloc_pair(foreground, background);
    if (allocated <= 0) return 0;
    pair_count++;
    return *pair = allocated;
}
