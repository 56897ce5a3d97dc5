#define _GNU_SOURCE
#include "CNcurses.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

static const int numbers[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH};
enum { COUNT = sizeof numbers / sizeof *numbers, PATIENCE = 3 };
static struct sigaction before[COUNT];
static int ends[2] = {-1, -1};
static atomic_int unanswered;

static bool ends_the_program(int number) {
    return number == SIGTERM || number == SIGHUP || number == SIGINT || number == SIGQUIT;
}

static void received(int number) {
    int error = errno;
    if (ends_the_program(number) && atomic_fetch_add(&unanswered, 1) + 1 >= PATIENCE) {
        mdw_restore_now();
        signal(number, SIG_DFL);
        raise(number);
    }
    unsigned char byte = (unsigned char)number;
    // The pipe is never full: whoever sent thousands of signals has made the point.
    (void)!write(ends[1], &byte, 1);
    errno = error;
}

int mdw_signals_install(void) {
    if (ends[0] >= 0 || pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) {
        return -1;
    }
    atomic_store(&unanswered, 0);
    struct sigaction action = {.sa_handler = received, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < COUNT; i++) {
        sigaction(numbers[i], NULL, &before[i]);
        if (before[i].sa_handler != SIG_IGN) {
            sigaction(numbers[i], &action, NULL);
        }
    }
    return ends[0];
}

void mdw_signals_uninstall(void) {
    if (ends[0] < 0) {
        return;
    }
    for (int i = 0; i < COUNT; i++) {
        sigaction(numbers[i], &before[i], NULL);
    }
    close(ends[0]);
    close(ends[1]);
    ends[0] = ends[1] = -1;
}

int mdw_signals_next(void) {
    unsigned char byte;
    if (ends[0] < 0 || read(ends[0], &byte, 1) != 1) {
        return 0;
    }
    if (ends_the_program(byte)) {
        atomic_fetch_sub(&unanswered, 1);
    }
    return byte;
}

void mdw_signals_stop(void) {
    struct sigaction action = {.sa_handler = SIG_IGN}, old;
    sigemptyset(&action.sa_mask);
    sigaction(SIGTSTP, &action, &old);
    // Whoever waits for us (make, sudo) has to stop as well, or the shell doesn't get the terminal back.
    kill(0, SIGTSTP);
    action.sa_handler = SIG_DFL;
    sigaction(SIGTSTP, &action, NULL);
    sigset_t stop, mask;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
    raise(SIGTSTP);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    sigaction(SIGTSTP, &old, NULL);
}
