#include "locale_once.h"

#include <locale.h>
#include <pthread.h>
#include <stddef.h>

static void set_locale(void) {
    if (setlocale(LC_CTYPE, "C.UTF-8") == NULL) {
        setlocale(LC_CTYPE, "en_US.UTF-8");
    }
}

void mdw_locale_once(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, set_locale);
}
