/* What the kernel refuses a reader (seccomp(2), BPF). Calls that a file's reader never makes fail with EPERM:
 * a library that asks in vain goes on or fails, and the reader can still say so. */
#include "io/child.h"

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef __x86_64__
enum { MACHINE = (int)AUDIT_ARCH_X86_64 };
#else
enum { MACHINE = (int)AUDIT_ARCH_AARCH64 };
#endif
/* Calls of x86-64's 32-bit pointers have this bit: none of ours. */
enum { OTHER_CALLS = 0x40000000 };

/* Programs, other processes, the machine, and names of files. io_uring makes calls past this filter, and
 * openat2 has its flags where a filter cannot look. */
static const unsigned short never[] = {
    __NR_execve,
    __NR_execveat,
    __NR_ptrace,
    __NR_process_vm_readv,
    __NR_process_vm_writev,
    __NR_kexec_load,
    __NR_init_module,
    __NR_finit_module,
    __NR_delete_module,
    __NR_mount,
    __NR_umount2,
    __NR_pivot_root,
    __NR_chroot,
    __NR_setns,
    __NR_unshare,
    __NR_bpf,
    __NR_perf_event_open,
    __NR_keyctl,
    __NR_add_key,
    __NR_request_key,
    __NR_userfaultfd,
    __NR_io_uring_setup,
    __NR_io_uring_enter,
    __NR_openat2,
    __NR_open_by_handle_at,
    __NR_unlinkat,
    __NR_renameat,
    __NR_renameat2,
    __NR_linkat,
    __NR_symlinkat,
    __NR_mkdirat,
    __NR_mknodat,
    __NR_fchmod,
    __NR_fchmodat,
    __NR_fchown,
    __NR_fchownat,
    __NR_truncate,
    __NR_ftruncate,
    __NR_fallocate,
    __NR_utimensat,
    __NR_setxattr,
    __NR_fsetxattr,
    __NR_lsetxattr,
    __NR_shmget,
    __NR_shmat,
    __NR_mq_open,
    __NR_kill,
    __NR_tkill,
    __NR_rt_sigqueueinfo,
    __NR_rt_tgsigqueueinfo,
    __NR_pidfd_send_signal,
#ifdef __x86_64__
    __NR_fork,
    __NR_vfork,
    __NR_creat,
    __NR_unlink,
    __NR_rmdir,
    __NR_rename,
    __NR_link,
    __NR_symlink,
    __NR_mkdir,
    __NR_mknod,
    __NR_chmod,
    __NR_chown,
    __NR_lchown,
    __NR_utime,
    __NR_utimes,
    __NR_futimesat,
    __NR_uselib,
#endif
};

/* A resolver of names has threads; nothing else here starts any, and a process of its own would outlive the
 * limits. */
static const unsigned short of_network[] = {
    __NR_clone, __NR_clone3, __NR_socket, __NR_socketpair, __NR_connect, __NR_bind, __NR_listen, __NR_accept, __NR_accept4,
};

enum { COUNT_NEVER = sizeof never / sizeof never[0] };
enum { COUNT_NETWORK = sizeof of_network / sizeof of_network[0] };
enum { PROGRAM_MAX = 24 + 2 * (COUNT_NEVER + COUNT_NETWORK) };

typedef struct program {
    struct sock_filter at[PROGRAM_MAX];
    unsigned short size;
} program;

static void add(program *to, struct sock_filter instruction)
{
    to->at[to->size++] = instruction;
}

static void load(program *to, size_t offset)
{
    add(to, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned)offset));
}

static void give(program *to, unsigned answer)
{
    add(to, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, answer));
}

/* The loaded number is `call`: refuse. */
static void refuse(program *to, unsigned call)
{
    add(to, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1));
    give(to, SECCOMP_RET_ERRNO | EPERM);
}

/* Opening a file in any way but for reading: refuse. Flags are argument `argument`. */
static void refuse_writing(program *to, unsigned call, int argument)
{
    static const unsigned writes = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;
    /* Little-endian: the low half of an argument comes first. */
    size_t flags = offsetof(struct seccomp_data, args) + 8 * (size_t)argument;

    add(to, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 4));
    load(to, flags);
    add(to, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, writes, 0, 1));
    give(to, SECCOMP_RET_ERRNO | EPERM);
    load(to, offsetof(struct seccomp_data, nr));
}

/* A signal to anybody but this process: refuse. It may raise its own, as abort() does. */
static void refuse_others(program *to, unsigned call)
{
    add(to, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 4));
    load(to, offsetof(struct seccomp_data, args));
    add(to, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)getpid(), 1, 0));
    give(to, SECCOMP_RET_ERRNO | EPERM);
    load(to, offsetof(struct seccomp_data, nr));
}

bool ab__child_filter(bool network)
{
    program filter = {.size = 0};

    load(&filter, offsetof(struct seccomp_data, arch));
    add(&filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)MACHINE, 1, 0));
    give(&filter, SECCOMP_RET_KILL_PROCESS);
    load(&filter, offsetof(struct seccomp_data, nr));
    add(&filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, OTHER_CALLS, 0, 1));
    give(&filter, SECCOMP_RET_KILL_PROCESS);
    for (int i = 0; i < COUNT_NEVER; i++)
        refuse(&filter, never[i]);
    for (int i = 0; i < COUNT_NETWORK && !network; i++)
        refuse(&filter, of_network[i]);
#ifdef __x86_64__
    refuse_writing(&filter, __NR_open, 1);
#endif
    refuse_writing(&filter, __NR_openat, 2);
    refuse_others(&filter, __NR_tgkill);
    give(&filter, SECCOMP_RET_ALLOW);
    struct sock_fprog all = {filter.size, filter.at};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &all, 0, 0) == 0;
}

#else

bool ab__child_filter(bool network)
{
    (void)network;
    return true;
}

#endif
