// A crash gives the terminal back before it takes its course. Everything here is allowed in a signal handler.
#include "internal.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGSYS, SIGQUIT};
enum { FATAL = sizeof fatal / sizeof *fatal };

static struct sigaction previous[FATAL];
static struct termios shell;
static const char *restore_text;
static size_t restore_length;
static atomic_flag restored = ATOMIC_FLAG_INIT;
static void *stack_memory;
static stack_t previous_stack;
static bool installed;

void ct_restore(int descriptor) {
    ct_write_all(descriptor, restore_text, restore_length);
    tcsetattr(descriptor, TCSANOW, &shell);
}

static void crashed(int number, siginfo_t *information, void *context) {
    (void)context;
    if (!ct_away && !atomic_flag_test_and_set(&restored)) {
        ct_restore(ct_tty);
        ct_rescue_standard_error();
    }
    for (int i = 0; i < FATAL; i++) {
        if (fatal[i] == number) sigaction(number, &previous[i], NULL);
    }
    // A fault happens again on return, now under the previous handler; a signal that was sent has to be sent again.
    if (information->si_code <= 0) raise(number);
}

void ct_open_crash(const struct termios *shell_modes, const char *restore) {
    struct sigaction ours = {.sa_sigaction = crashed, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    size_t size = 64 * 1024;
    shell = *shell_modes;
    restore_text = restore;
    restore_length = strlen(restore);
    atomic_flag_clear(&restored);
    sigemptyset(&ours.sa_mask);
    // A stack of its own, for the overflow of the ordinary one; somebody else's is good enough.
    if (sigaltstack(NULL, &previous_stack) == 0 && (previous_stack.ss_flags & SS_DISABLE)) {
        stack_memory = malloc(size);
        stack_t stack = {.ss_sp = stack_memory, .ss_size = size};
        if (stack_memory && sigaltstack(&stack, NULL) != 0) {
            free(stack_memory);
            stack_memory = NULL;
        }
    }
    for (int i = 0; i < FATAL; i++) {
        sigaction(fatal[i], NULL, &previous[i]);
        sigaction(fatal[i], &ours, NULL);
    }
    installed = true;
}

void ct_close_crash(void) {
    if (!installed) return;
    installed = false;
    for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &previous[i], NULL);
    if (!stack_memory) return;
    sigaltstack(&previous_stack, NULL);
    free(stack_memory);
    stack_memory = NULL;
}
