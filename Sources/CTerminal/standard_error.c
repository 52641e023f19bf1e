// Standard error while the screen is ours: kept in memory, since writing it to the terminal would spoil the screen and
// vanish with it. A crash's last words are in there.
#include "internal.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

// What is kept at most, and what is left of it when it was trimmed.
enum { LIMIT = 1 << 20, KEPT = 1 << 16 };

static int memory = -1;
static int terminal = -1;

// Only a terminal needs this: to a file or a pipe, standard error goes on.
void ct_hide_standard_error(void) {
    if (memory >= 0 || !isatty(STDERR_FILENO)) return;
    memory = memfd_create("standard-error", MFD_CLOEXEC);
    terminal = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (memory >= 0 && terminal >= 0 && dup2(memory, STDERR_FILENO) == STDERR_FILENO) return;
    if (memory >= 0) close(memory);
    if (terminal >= 0) close(terminal);
    memory = terminal = -1;
}

void ct_rescue_standard_error(void) {
    char bytes[1024];
    if (memory < 0 || dup2(terminal, STDERR_FILENO) < 0) return;
    off_t end = lseek(memory, 0, SEEK_CUR);
    for (off_t at = 0; at < end;) {
        size_t wanted = end - at < (off_t)sizeof bytes ? (size_t)(end - at) : sizeof bytes;
        ssize_t count = pread(memory, bytes, wanted, at);
        if (count <= 0) break;
        ct_write_all(STDERR_FILENO, bytes, (size_t)count);
        at += count;
    }
}

void ct_show_standard_error(void) {
    if (memory < 0) return;
    ct_rescue_standard_error();
    close(memory);
    close(terminal);
    memory = terminal = -1;
}

// Keeps the newest words of a talkative library.
void ct_trim_standard_error(void) {
    static char bytes[KEPT];
    off_t end = memory < 0 ? 0 : lseek(memory, 0, SEEK_CUR);
    if (end < LIMIT) return;
    ssize_t count = pread(memory, bytes, sizeof bytes, end - KEPT);
    if (count <= 0 || ftruncate(memory, 0) != 0) return;
    lseek(memory, 0, SEEK_SET);
    ct_write_all(memory, bytes, (size_t)count);
}
