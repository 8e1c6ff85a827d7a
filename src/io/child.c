#define _GNU_SOURCE /* pipe2 */
#include "io/child.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "io/book_wire.h"
#include "io/descriptors.h"
#include "schema/book.h"

enum { MEMORY_GIB = 2, FILES_MAX = 64, PIPE_FD = 3, PIPE_SIZE = 1 << 20 };

/* ---- In the child ----------------------------------------------------------------------------- */

/* Bytes of address space that this process has; 0: not known. */
static rlim_t memory_now(void)
{
    char text[64];
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t size = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;
    rlim_t pages = 0;

    if (fd >= 0)
        (void)close(fd);
    for (ssize_t i = 0; i < size && text[i] >= '0' && text[i] <= '9'; i++)
        pages = pages * 10 + (rlim_t)(text[i] - '0');
    return pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

/* At `most`, or less where this process has less itself. The kernel warns at the one and ends at the other. */
static bool set_limit(__rlimit_resource_t what, rlim_t most, rlim_t grace)
{
    struct rlimit limit;

    if (getrlimit(what, &limit) != 0)
        return false;
    if (limit.rlim_max > most + grace) /* infinity is the largest */
        limit.rlim_max = most + grace;
    limit.rlim_cur = most < limit.rlim_max ? most : limit.rlim_max;
    return setrlimit(what, &limit) == 0;
}

/* Gives up all that a reader does not need. What was there before the fork does not count as the reader's
 * memory: shadow memory of a sanitizer, or a library user's own. */
static bool give_up(const ab_child_limits *limits)
{
    rlim_t memory = memory_now() + ((rlim_t)MEMORY_GIB << 30);

    return set_limit(RLIMIT_AS, memory, 0) &&
           set_limit(RLIMIT_CPU, (rlim_t)(limits->seconds + 1) / 2, 1) &&
           set_limit(RLIMIT_FSIZE, 0, 0) && set_limit(RLIMIT_CORE, 0, 0) &&
           set_limit(RLIMIT_NOFILE, FILES_MAX, 0) && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
           prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ab__child_filter(limits->network);
}

/* Leaves nothing open but the pipe. Libraries that complain do it where nobody reads. */
static bool keep_only(int fd)
{
    int nowhere = open("/dev/null", O_RDWR);

    if (nowhere < 0 || dup2(fd, PIPE_FD) < 0)
        return false;
    for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++)
        if (dup2(nowhere, i) < 0)
            return false;
    return ab__close_from(PIPE_FD + 1);
}

static bool write_all(void *context, void *bytes, size_t size)
{
    int fd = *(const int *)context;
    const char *at = bytes;

    while (size > 0) {
        ssize_t done = write(fd, at, size);
        if (done < 0 && errno != EINTR)
            return false;
        if (done > 0) {
            at += done;
            size -= (size_t)done;
        }
    }
    return true;
}

/* What the parent does on a signal is not for its child to do. */
static void forget_handlers(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGALRM, SIGXFSZ};
    sigset_t none;

    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
        (void)signal(signals[i], SIG_DFL);
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Never returns, and runs nothing that the parent left for its own end. */
static _Noreturn void be_child(int fd, pid_t parent, const char *name, const ab_child_task *task,
                               const ab_child_limits *limits)
{
    ab_error shut_in = AB_ERROR_INIT;
    int pipe_fd = PIPE_FD;
    ab_wire to = {write_all, &pipe_fd};

    forget_handlers();
    (void)setsid(); /* without a terminal there is none to type into */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || getppid() != parent || !keep_only(fd))
        _exit(EXIT_FAILURE);
    if (!give_up(limits))
        (void)ab_fail(&shut_in, AB_IO,
                      "%s was not read: this system does not let a reader be shut in", name);
    _exit(task->speak(task->context, &shut_in, &to) ? EXIT_SUCCESS : EXIT_FAILURE);
}

/* ---- In the parent ---------------------------------------------------------------------------- */

/* What comes through the pipe, in pieces of its own size. */
typedef struct listener {
    int fd;
    int64_t until_ms;
    bool late;      /* the time is over */
    bool closed;    /* the child has closed its end, or died */
    size_t at, end; /* of what was read and not taken yet */
    char bytes[1 << 16];
} listener;

static int64_t now_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* false: the other end is closed, or the time is over. */
static bool wait_for_bytes(listener *in)
{
    for (;;) {
        int64_t left_ms = in->until_ms - now_ms();
        if (left_ms <= 0) {
            in->late = true;
            return false;
        }
        struct pollfd one = {.fd = in->fd, .events = POLLIN};
        int ready = poll(&one, 1, left_ms < INT32_MAX ? (int)left_ms : INT32_MAX);
        if (ready > 0)
            return true;
        if (ready < 0 && errno != EINTR)
            return false;
    }
}

static bool listen_on(void *context, void *bytes, size_t size)
{
    listener *in = context;
    char *to = bytes;

    while (size > 0) {
        if (in->at < in->end) {
            size_t part = in->end - in->at < size ? in->end - in->at : size;
            memcpy(to, in->bytes + in->at, part);
            in->at += part;
            to += part;
            size -= part;
            continue;
        }
        if (!wait_for_bytes(in))
            return false;
        ssize_t got = read(in->fd, in->bytes, sizeof in->bytes);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            in->closed = true;
            return false;
        }
        in->at = 0;
        in->end = got > 0 ? (size_t)got : 0;
    }
    return true;
}

/* Why a child did not come to its end; `signal_number` 0: nobody ended it. */
static ab_status explain(const char *name, const ab_child_limits *limits, int signal_number,
                         ab_error *err)
{
    switch (signal_number) {
    case SIGXCPU:
        return ab_fail(err, AB_IO,
                       "%s could not be read within %d seconds: it is damaged or far too large",
                       name, limits->seconds);
    case SIGKILL:
        return ab_fail(err, AB_IO,
                       "%s could not be read: this machine has too little memory left for it",
                       name);
    case SIGINT:
    case SIGTERM:
    case SIGHUP:
        return ab_fail(err, AB_INTERRUPTED, "stopped while %s was read", name);
    case SIGABRT:
        return ab_fail(err, AB_IO,
                       "%s could not be read within %d GiB of memory, or is damaged in a way that "
                       "its reader does not expect",
                       name, MEMORY_GIB);
    default:
        return ab_fail(err, AB_IO,
                       "%s ended its reader (%s): it is damaged, or was made to do harm; nothing "
                       "of it was used",
                       name, signal_number != 0 ? strsignal(signal_number) : "without a word");
    }
}

/* Hears the child out and sees it to its end. */
static ab_status attend(pid_t child, int fd, const char *name, const ab_child_limits *limits,
                        const ab_child_task *task, ab_error *err)
{
    listener in = {.fd = fd, .until_ms = now_ms() + (int64_t)limits->seconds * 1000};
    ab_wire from = {listen_on, &in};
    ab_error ended = AB_ERROR_INIT;
    int how = 0;

    ab_wire_end end = task->hear(task->context, &from, &ended);
    (void)close(fd);
    /* Whoever has said all is done; whoever did not in time, or talks nonsense, is not waited for. */
    if (!in.closed)
        (void)kill(child, SIGKILL);
    while (waitpid(child, &how, 0) < 0 && errno == EINTR)
        continue;
    int signal_number = in.late ? SIGXCPU : in.closed && WIFSIGNALED(how) ? WTERMSIG(how) : 0;
    if (end == AB_WIRE_NO_MEMORY)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", name);
    if (end == AB_WIRE_TORN)
        return explain(name, limits, signal_number, err);
    if (ended.status == AB_NO_MEMORY)
        return ab_fail(err, AB_NO_MEMORY, "%s could not be read within %d GiB of memory", name,
                       MEMORY_GIB);
    return ended.status == AB_OK ? AB_OK : ab_fail(err, ended.status, "%s", ended.message);
}

ab_status ab__child_do(const char *name, const ab_child_task *task, const ab_child_limits *limits,
                       ab_error *err)
{
    int ends[2];
    pid_t parent = getpid();

    if (pipe2(ends, O_CLOEXEC) != 0)
        return ab_fail(err, AB_IO, "%s was not read: no pipe for its reader: %s", name,
                       strerror(errno));
    (void)fcntl(ends[1], F_SETPIPE_SZ, PIPE_SIZE); /* fewer changes between the two; not needed */
    pid_t child = fork();
    if (child == 0)
        be_child(ends[1], parent, name, task, limits);
    int why = errno;
    (void)close(ends[1]);
    if (child < 0) {
        (void)close(ends[0]);
        return ab_fail(err, AB_IO, "%s was not read: no child could be made to read it: %s", name,
                       strerror(why));
    }
    return attend(child, ends[0], name, limits, task, err);
}

/* ---- Books ------------------------------------------------------------------------------------- */

typedef struct book_task {
    ab_child_work *work;
    void *context;
    ab_book *book;
    ab_issues *issues;
} book_task;

static bool speak_book(void *context, const ab_error *shut_in, const ab_wire *to)
{
    book_task *task = context;
    ab_error ended = *shut_in;
    ab_book *book = ab__book_new();
    ab_issues *issues = ab_issues_new(0);

    if (book == NULL || issues == NULL)
        return false;
    if (ended.status == AB_OK)
        ended.status = task->work(task->context, book, issues, &ended);
    return ab__wire_send(to, book, issues, &ended);
}

static ab_wire_end hear_book(void *context, const ab_wire *from, ab_error *ended)
{
    book_task *task = context;

    return ab__wire_receive(from, task->book, task->issues, ended);
}

ab_status ab__child_read(const char *name, ab_child_work *work, void *context,
                         const ab_child_limits *limits, ab_book *book, ab_issues *issues,
                         ab_error *err)
{
    book_task books = {work, context, book, issues};
    ab_child_task task = {speak_book, hear_book, &books};

    return ab__child_do(name, &task, limits, err);
}
