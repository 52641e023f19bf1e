// Leaving the screen for a while: for the shell (Ctrl-Z) or for a program such as an editor.
#include "internal.h"

#include <curses.h>
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

bool ct_away = false;

// A process in the background is stopped when it changes the modes of the terminal. One that lost its terminal is not.
static bool is_in_foreground(void) {
    pid_t group = tcgetpgrp(ct_tty);
    return group < 0 || group == getpgrp();
}

void ct_leave(void) {
    if (ct_away || !is_in_foreground()) return;
    if (ct_output_abandoned) {
        // Curses speaks to nobody now. What waits unread makes room for the way back.
        tcflush(STDOUT_FILENO, TCOFLUSH);
        ct_restore(STDOUT_FILENO);
    } else {
        ct_leave_modes();
        endwin();
    }
    ct_show_standard_error();
    ct_away = true;
}

void ct_reenter(void) {
    // `bg` and `kill` continue a stopped job without giving it the terminal: stop again, or go on to the end.
    // Where nobody could continue it, the system does not stop it.
    bool stopped = true;
    while (stopped && !is_in_foreground()) {
        if (ct_is_ending()) return;
        ct_forget_signals(CT_CONT);
        raise(SIGTTOU);
        stopped = ct_forget_signals(CT_CONT);
    }
    ct_away = false;
    ct_hide_standard_error();
    reset_prog_mode();
    ct_enter_modes();
    clearok(curscr, TRUE);
}

void ct_suspend(void) {
    struct sigaction ours, stop = {.sa_handler = SIG_DFL};
    sigemptyset(&stop.sa_mask);
    ct_leave();
    sigaction(SIGTSTP, &stop, &ours);
    kill(0, SIGTSTP); // all processes of the job, as the terminal would
    // The process stands still here until it is continued.
    sigaction(SIGTSTP, &ours, NULL);
    ct_forget_signals(CT_TSTP | CT_CONT);
    ct_reenter();
}

// Starts a program with the signals as a shell would hand them over.
static int spawn(char *const arguments[], pid_t *child) {
    posix_spawnattr_t attributes;
    sigset_t all, none;
    int failure = posix_spawnattr_init(&attributes);
    if (failure) return failure;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    failure = posix_spawnp(child, arguments[0], NULL, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    return failure;
}

int ct_run(char *const arguments[]) {
    pid_t child = 0;
    int status = 0;
    ct_leave();
    ct_signals_for_child(true);
    int failure = spawn(arguments, &child);
    while (!failure) {
        pid_t ended = waitpid(child, &status, WUNTRACED);
        if (ended < 0 && errno == EINTR) continue;
        if (ended < 0) {
            failure = errno;
        } else if (WIFSTOPPED(status)) {
            // It stopped itself alone: stop with it, and continue it when we are continued.
            kill(getpid(), SIGTSTP);
            kill(child, SIGCONT);
        } else {
            break;
        }
    }
    ct_signals_for_child(false);
    ct_forget_signals(CT_TSTP | CT_CONT);
    ct_reenter();
    return failure ? -failure : status;
}
