/* A disk with faults, to be preloaded: the file that FLOWGLASS_DISK names says what happens to the calls that make
   writes durable: `eio` fails them, `slow` lets each take 200 ms; anything else, or no file, leaves them alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static int sync_with(const char *name, int fd) {
    const char *path = getenv("FLOWGLASS_DISK");
    char fault = 0;
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file >= 0) {
        if (read(file, &fault, 1) < 1) fault = 0;
        close(file);
    }
    if (fault == 'e') {
        errno = EIO;
        return -1;
    }
    if (fault == 's') usleep(200000);
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    return real(fd);
}

int fsync(int fd) { return sync_with("fsync", fd); }
int fdatasync(int fd) { return sync_with("fdatasync", fd); }
