// What the files of CTerminal share.
#ifndef CT_INTERNAL_H
#define CT_INTERNAL_H

#include "cterminal.h"

#include <signal.h>
#include <stdbool.h>
#include <termios.h>

// terminal.c: the descriptor that curses writes to, and the way to and from the terminal that the user had.
extern int ct_tty;
extern bool ct_utf8;
void ct_enter_modes(void);
void ct_leave_modes(void);

// terminal.c: whether curses is writing to the terminal, which blocks where nobody reads what it shows.
void ct_output_begins(void);
void ct_output_ends(void);
// For the handler of a signal that ends the process: lets the output that is under way go nowhere, and what follows.
void ct_abandon_output(void);
extern volatile sig_atomic_t ct_output_abandoned;

// colors.c
void ct_open_colors(void);
int ct_color_pair(int foreground, int background);

// paint.c
void ct_close_paint(void);

// input.c
bool ct_open_input(void);
void ct_close_input(void);

// signals.c
bool ct_open_signals(void);
void ct_close_signals(void);
void ct_signals_for_child(bool child_runs);
// Returns whether one of them had arrived.
bool ct_forget_signals(int bits);
// Whether a signal has arrived that ends the process.
bool ct_is_ending(void);

// suspend.c: gives the terminal back until ct_reenter, unless that has happened already or it is another job's now.
void ct_leave(void);
// The screen is somebody else's at the moment.
extern bool ct_away;

// crash.c
void ct_open_crash(const struct termios *shell_modes, const char *restore);
void ct_close_crash(void);
// Writes what gives the terminal back, and its modes; nothing that a signal handler may not do.
void ct_restore(int descriptor);

// standard_error.c: between hide and show, standard error is kept in memory.
void ct_hide_standard_error(void);
void ct_show_standard_error(void);
void ct_trim_standard_error(void);
// The same as ct_show_standard_error, with nothing that a signal handler may not do.
void ct_rescue_standard_error(void);

// Writes everything, also to a descriptor that takes it in pieces.
void ct_write_all(int descriptor, const char *bytes, size_t count);

#endif
