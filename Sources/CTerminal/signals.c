// Signals become readable events: a handler sets a bit and writes to an eventfd, and the loop does the rest.
#include "internal.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <unistd.h>

static const struct {
    int number;
    int bit;
} handled[] = {
    {SIGWINCH, CT_WINCH}, {SIGTERM, CT_TERM}, {SIGINT, CT_INT},
    {SIGHUP, CT_HUP},     {SIGCONT, CT_CONT}, {SIGTSTP, CT_TSTP},
};
enum { HANDLED = sizeof handled / sizeof *handled };

static struct sigaction previous[HANDLED];
static sigset_t previous_mask;
static bool installed;
static atomic_int arrived;
static int signal_event = -1;
static int wake_event = -1;

static void notify(int descriptor) {
    uint64_t one = 1;
    ssize_t ignored = write(descriptor, &one, sizeof one);
    (void)ignored;
}

static void drain(int descriptor) {
    uint64_t count;
    ssize_t ignored = read(descriptor, &count, sizeof count);
    (void)ignored;
}

static void note(int number) {
    int reason = errno;
    for (int i = 0; i < HANDLED; i++) {
        if (handled[i].number == number) atomic_fetch_or(&arrived, handled[i].bit);
    }
    if (ct_is_ending()) ct_abandon_output();
    notify(signal_event);
    errno = reason;
}

bool ct_open_signals(void) {
    struct sigaction ours = {.sa_handler = note, .sa_flags = SA_RESTART};
    sigset_t wanted;
    signal_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    wake_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (signal_event < 0 || wake_event < 0) return false;
    atomic_store(&arrived, 0);
    sigemptyset(&ours.sa_mask);
    sigemptyset(&wanted);
    for (int i = 0; i < HANDLED; i++) {
        sigaddset(&wanted, handled[i].number);
        sigaction(handled[i].number, NULL, &previous[i]);
        // Who started the process with HUP or INT ignored (nohup) means it.
        if (previous[i].sa_handler != SIG_IGN || handled[i].bit == CT_WINCH || handled[i].bit == CT_CONT) {
            sigaction(handled[i].number, &ours, NULL);
        }
    }
    // A parent may have had them blocked, which children inherit.
    pthread_sigmask(SIG_UNBLOCK, &wanted, &previous_mask);
    installed = true;
    return true;
}

void ct_close_signals(void) {
    if (installed) {
        for (int i = 0; i < HANDLED; i++) sigaction(handled[i].number, &previous[i], NULL);
        pthread_sigmask(SIG_SETMASK, &previous_mask, NULL);
    }
    installed = false;
    if (signal_event >= 0) close(signal_event);
    if (wake_event >= 0) close(wake_event);
    signal_event = wake_event = -1;
}

int ct_take_signals(void) { return atomic_exchange(&arrived, 0); }

bool ct_forget_signals(int bits) { return (atomic_fetch_and(&arrived, ~bits) & bits) != 0; }

bool ct_is_ending(void) { return (atomic_load(&arrived) & (CT_TERM | CT_INT | CT_HUP)) != 0; }

void ct_wake(void) { notify(wake_event); }

int ct_wait(int watch_wake, int timeout) {
    struct pollfd sources[] = {
        {.fd = STDIN_FILENO, .events = POLLIN},
        {.fd = signal_event, .events = POLLIN},
        {.fd = watch_wake ? wake_event : -1, .events = POLLIN},
    };
    if (poll(sources, 3, timeout) <= 0) return 0; // nothing in time, or interrupted by a signal that comes next time
    int found = 0;
    if (sources[0].revents & POLLIN) found |= CT_INPUT_READY;
    if (sources[0].revents & (POLLHUP | POLLERR | POLLNVAL)) found |= CT_HUNG_UP;
    if (sources[1].revents) {
        drain(signal_event);
        found |= CT_SIGNALED;
    }
    if (sources[2].revents) {
        drain(wake_event);
        found |= CT_WOKEN;
    }
    ct_trim_standard_error();
    return found;
}

// While a program of the user's runs, Ctrl-C is for it alone, and Ctrl-Z stops both.
void ct_signals_for_child(bool child_runs) {
    static struct sigaction quit;
    struct sigaction action = {.sa_handler = child_runs ? SIG_IGN : note, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGQUIT, child_runs ? &action : &quit, child_runs ? &quit : NULL);
    action.sa_handler = child_runs ? SIG_DFL : note;
    sigaction(SIGTSTP, &action, NULL);
}
