/* Faults of a disk, for tests: preloaded, it strikes at the n-th call that changes a file
 * below one folder. `arm` sets the folder, n and the fault; `calls` tells how many there were. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static char below[PATH_MAX];
static atomic_long seen, chosen;
static int fault, lasting;

/* `code` is an errno, or 0 to die as by SIGKILL; with `on`, every later call fails too. */
void arm(const char *folder, long n, int code, int on) {
    snprintf(below, sizeof below, "%s", folder);
    fault = code;
    lasting = on;
    chosen = n;
    seen = 0;
}

long calls(void) { return seen; }

static int struck(const char *path) {
    if (!below[0] || strncmp(path, below, strlen(below)) != 0) return 0;
    long now = ++seen;
    if (!chosen || now < chosen || (now > chosen && !lasting)) return 0;
    if (!fault) kill(getpid(), SIGKILL);
    errno = fault;
    return 1;
}

static int struck_file(int file) {
    char link[64], path[PATH_MAX];
    if (!below[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size <= 0) return 0;
    path[size] = 0;
    return struck(path);
}

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define BY_FILE(result, name, declared, ...) \
    result name declared { REAL(name); return struck_file(file) ? -1 : real(__VA_ARGS__); }
#define BY_PATH(result, name, declared, ...) \
    result name declared { REAL(name); return struck(path) ? -1 : real(__VA_ARGS__); }

BY_FILE(ssize_t, write, (int file, const void *from, size_t size), file, from, size)
BY_FILE(ssize_t, pwrite, (int file, const void *from, size_t size, off_t at), file, from, size, at)
BY_FILE(ssize_t, pwrite64, (int file, const void *from, size_t size, off64_t at), file, from, size, at)
BY_FILE(int, fsync, (int file), file)
BY_FILE(int, fdatasync, (int file), file)
BY_FILE(int, ftruncate, (int file, off_t size), file, size)
BY_FILE(int, ftruncate64, (int file, off64_t size), file, size)
BY_PATH(int, rename, (const char *path, const char *to), path, to)
BY_PATH(int, mkdir, (const char *path, mode_t mode), path, mode)
BY_PATH(int, truncate, (const char *path, off_t size), path, size)

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0; \
        va_end(more); \
        return (flags & (O_WRONLY | O_RDWR)) && struck(path) ? -1 : real(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)
