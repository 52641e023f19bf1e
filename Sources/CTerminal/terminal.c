// Opening and closing: which terminal it is, its locale, and the modes that are ours.
#include "internal.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

// <term.h> defines macros such as `lines` and `columns`; this is the one function of it that is needed.
extern int setupterm(const char *name, int descriptor, int *result);

// Bounds against a nonsensical TIOCGWINSZ: no screen is larger, and buffers are allocated by it.
enum { MAXIMUM_COLUMNS = 2000, MAXIMUM_ROWS = 1000 };

int ct_tty = -1;
bool ct_utf8 = false;

static SCREEN *screen;
static FILE *output;
static bool speaks_ansi;
static char restore[512];

// Output blocks while nobody reads it, as behind a connection that died; the end of the process must not wait for that.
static pthread_t writer;
static volatile sig_atomic_t is_writing;
volatile sig_atomic_t ct_output_abandoned;
static int nowhere = -1;

// Button presses and the wheel in SGR encoding, and bracketed paste; ctlseqs.txt of xterm.
static const char modes_on[] = "\033[?1000;1006h\033[?2004h";
static const char modes_off[] = "\033[?2004l\033[?1006;1000l";

void ct_write_all(int descriptor, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written > 0) {
            bytes += written;
            count -= (size_t)written;
        } else if (written < 0 && errno == EAGAIN) {
            struct pollfd room = {.fd = descriptor, .events = POLLOUT};
            if (poll(&room, 1, 1000) <= 0) return;
        } else if (written < 0 && errno != EINTR) {
            return; // the terminal is gone
        }
    }
}

void ct_write(const char *bytes, size_t count) {
    ct_output_begins();
    if (screen && !ct_is_ending()) ct_write_all(ct_tty, bytes, count);
    ct_output_ends();
}

void ct_output_begins(void) {
    writer = pthread_self();
    is_writing = 1;
}

void ct_output_ends(void) { is_writing = 0; }

void ct_abandon_output(void) {
    if (!is_writing || ct_output_abandoned) return;
    ct_output_abandoned = 1;
    dup3(nowhere, ct_tty, O_CLOEXEC);
    // The write that is under way still knows the terminal; any signal to its thread ends it.
    if (!pthread_equal(pthread_self(), writer)) pthread_kill(writer, SIGWINCH);
}

// The locale of the user; numbers stay as programs write them. A locale that names UTF-8 but is not installed, and
// FLOWGLASS_UTF8=1, give the characters of C.UTF-8.
static void choose_locale(void) {
    const char *name = getenv("LC_ALL");
    if (!name || !*name) name = getenv("LC_CTYPE");
    if (!name || !*name) name = getenv("LANG");
    const char *forced = getenv("FLOWGLASS_UTF8");

    bool found = setlocale(LC_ALL, "") != NULL;
    setlocale(LC_NUMERIC, "C");
    bool named = name && (strcasestr(name, "UTF-8") || strcasestr(name, "UTF8"));
    if ((!found && named) || (forced && strcmp(forced, "1") == 0)) setlocale(LC_CTYPE, "C.UTF-8");
    ct_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static bool has(const char *capability) {
    const char *value = tigetstr(capability);
    return value && value != (const char *)-1 && *value;
}

// Finds the terminfo entry: TERM's own, or xterm's for the many terminals that resemble it and are not in the database.
static ct_open_result choose_entry(const char **name) {
    const char *term = getenv("TERM");
    if (!term || !*term) return CT_TERM_UNSET;
    if (strcmp(term, "dumb") == 0) return CT_TERM_DUMB;
    const char *candidates[] = {term, "xterm-256color", "xterm", NULL};
    for (int i = 0; candidates[i]; i++) {
        int result = 0;
        if (setupterm(candidates[i], STDOUT_FILENO, &result) == OK && result == 1) {
            *name = candidates[i];
            if (!has("cup") || !has("ed")) return CT_TERM_INCAPABLE;
            return CT_OPENED;
        }
    }
    return CT_TERM_UNKNOWN;
}

// Appends a terminfo string without its $<padding>.
static void append_restore(const char *value) {
    size_t used = strlen(restore);
    if (!value || value == (const char *)-1) return;
    while (*value && used < sizeof restore - 1) {
        const char *end = value[0] == '$' && value[1] == '<' ? strchr(value, '>') : NULL;
        if (end) {
            value = end + 1;
        } else {
            restore[used++] = *value++;
        }
    }
    restore[used] = 0;
}

// Everything that a crash has to write, prepared while that is still safe.
static void prepare_restore(void) {
    static const char *capabilities[] = {"rmkx", "sgr0", "op", "cnorm", "rmcup"};
    restore[0] = 0;
    if (speaks_ansi) append_restore(modes_off);
    for (size_t i = 0; i < sizeof capabilities / sizeof *capabilities; i++) append_restore(tigetstr(capabilities[i]));
    append_restore("\r\n");
}

void ct_enter_modes(void) {
    if (speaks_ansi) ct_write_all(ct_tty, modes_on, sizeof modes_on - 1);
}

void ct_leave_modes(void) {
    if (speaks_ansi) ct_write_all(ct_tty, modes_off, sizeof modes_off - 1);
}

static bool open_output(void) {
    ct_tty = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    if (ct_tty < 0) return false;
    output = fdopen(ct_tty, "w");
    nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    ct_output_abandoned = 0;
    return output != NULL && nowhere >= 0;
}

static void close_output(void) {
    if (output) {
        fclose(output);
    } else if (ct_tty >= 0) {
        close(ct_tty);
    }
    if (nowhere >= 0) close(nowhere);
    output = NULL;
    ct_tty = nowhere = -1;
}

ct_open_result ct_open(void) {
    static bool registered;
    struct termios shell_modes;
    const char *name = NULL;

    if (screen) return CT_ALREADY_OPEN;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) return CT_NOT_A_TERMINAL;
    choose_locale();
    ct_open_result entry = choose_entry(&name);
    if (entry != CT_OPENED) return entry;
    if (tcgetattr(STDIN_FILENO, &shell_modes) != 0) return CT_SYSTEM_ERROR;

    // Ours are installed first: curses then leaves those signals alone.
    if (!open_output() || !ct_open_signals()) goto failed;
    ct_away = false;
    screen = newterm(name, output, stdin);
    if (!screen) goto failed;

    const char *cup = tigetstr("cup");
    speaks_ansi = cup && cup != (const char *)-1 && strncmp(cup, "\033[", 2) == 0;
    prepare_restore();
    ct_open_crash(&shell_modes, restore);
    ct_hide_standard_error();
    raw();
    noecho();
    nonl();
    if (!getenv("ESCDELAY")) set_escdelay(25);
    curs_set(0);
    ct_open_colors();
    if (!ct_open_input()) {
        ct_close();
        errno = ENOMEM;
        return CT_SYSTEM_ERROR;
    }
    ct_enter_modes();
    if (!registered) registered = atexit(ct_close) == 0;
    return CT_OPENED;

failed:;
    int reason = errno;
    ct_close_signals();
    close_output();
    errno = reason;
    return CT_SYSTEM_ERROR;
}

void ct_close(void) {
    if (!screen) return;
    ct_leave();
    ct_close_input();
    ct_close_paint();
    delscreen(screen);
    screen = NULL;
    ct_close_crash();
    ct_close_signals();
    ct_show_standard_error();
    close_output();
}

int ct_is_utf8(void) { return ct_utf8; }

static int within(int value, int most) { return value < 1 ? 1 : value > most ? most : value; }

void ct_update_size(int *columns, int *rows) {
    struct winsize size = {0};
    if (!screen || ct_away) return;
    if (ioctl(ct_tty, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) {
        // A serial line knows no size: the terminfo entry's, or the classic one.
        int entry_columns = tigetnum("cols"), entry_rows = tigetnum("lines");
        size.ws_col = (unsigned short)(entry_columns > 0 ? within(entry_columns, MAXIMUM_COLUMNS) : 80);
        size.ws_row = (unsigned short)(entry_rows > 0 ? within(entry_rows, MAXIMUM_ROWS) : 24);
    }
    *columns = within(size.ws_col, MAXIMUM_COLUMNS);
    *rows = within(size.ws_row, MAXIMUM_ROWS);
    resizeterm(*rows, *columns);
    clearok(curscr, TRUE);
}
