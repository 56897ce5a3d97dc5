#define _GNU_SOURCE
#include "CNcurses.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios saved_modes;
static int saved_input = -1;
static int saved_output = -1;
static char restore_bytes[512];
static size_t restore_count;
static atomic_bool armed;

static const int crash_signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGTRAP, SIGFPE};
enum { CRASH_COUNT = sizeof crash_signals / sizeof *crash_signals };
static struct sigaction before[CRASH_COUNT];
static bool installed;
static stack_t stack_before;
static char crash_stack[64 * 1024];

bool mdw_restore_save(int input, int output) {
    if (tcgetattr(input, &saved_modes) != 0) {
        return false;
    }
    saved_input = input;
    saved_output = output;
    return true;
}

void mdw_restore_arm(const void *bytes, size_t count) {
    static bool registered;
    if (!registered) {
        registered = atexit(mdw_restore_now) == 0;
    }
    atomic_store(&armed, false);
    restore_count = count < sizeof restore_bytes ? count : sizeof restore_bytes;
    memcpy(restore_bytes, bytes, restore_count);
    atomic_store(&armed, true);
}

void mdw_restore_disarm(void) { atomic_store(&armed, false); }

void mdw_restore_modes(void) { tcsetattr(saved_input, TCSANOW, &saved_modes); }

void mdw_restore_now(void) {
    if (!atomic_exchange(&armed, false)) {
        return;
    }
    int error = errno;
    const char *next = restore_bytes;
    size_t count = restore_count;
    // A terminal that takes nothing for 200 ms must not keep a dying process alive.
    struct pollfd output = {.fd = saved_output, .events = POLLOUT};
    while (count > 0 && poll(&output, 1, 200) == 1) {
        ssize_t written = write(saved_output, next, count);
        if (written <= 0) {
            break;
        }
        next += written;
        count -= (size_t)written;
    }
    mdw_restore_modes();
    errno = error;
}

static void crashed(int number) {
    mdw_restore_now();
    // Not the handler that was here before: Swift's backtracer would take the terminal again and wait for a key.
    signal(number, SIG_DFL);
    // Blocked while this handler runs, so it strikes on return.
    raise(number);
}

void mdw_crash_install(void) {
    if (installed) {
        return;
    }
    installed = true;
    // The alternate stack is this thread's only: elsewhere the handler runs on the stack of whoever crashed.
    stack_t stack = {.ss_sp = crash_stack, .ss_size = sizeof crash_stack};
    sigaltstack(&stack, &stack_before);
    struct sigaction action = {.sa_handler = crashed, .sa_flags = SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    // tcsetattr by a background process would stop it.
    sigaddset(&action.sa_mask, SIGTTOU);
    for (int i = 0; i < CRASH_COUNT; i++) {
        sigaction(crash_signals[i], &action, &before[i]);
    }
}

void mdw_crash_uninstall(void) {
    if (!installed) {
        return;
    }
    installed = false;
    for (int i = 0; i < CRASH_COUNT; i++) {
        sigaction(crash_signals[i], &before[i], NULL);
    }
    sigaltstack(&stack_before, NULL);
}
