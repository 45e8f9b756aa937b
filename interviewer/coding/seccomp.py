"""A filter of system calls for the sandbox, as the bytes that `bwrap --seccomp` reads.

Refused are new processes (threads are allowed), tracing, mounts, namespaces, sockets, shared memory outside the
address space, keys, watching or locking the files that all boxes share, giving up the signal that ends the process with
its parent, and the kernel's own controls. See seccomp(2) and linux/filter.h for the format. Not covered: other
processors than x86-64 and 64-bit ARM.
"""

import errno
import platform
import struct

_LOAD, _EQUAL, _AT_LEAST, _HAS_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _ARCH_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_CLONE_THREAD = 0x00010000
_SET_DEATH_SIGNAL = 1  # of prctl
_X32 = 0x40000000

# Number of the architecture, clone, clone3, prctl, execve and execveat, and what is refused, in the order of the names:
# fork vfork ptrace mount umount2 pivot_root chroot unshare setns keyctl add_key request_key bpf perf_event_open
# userfaultfd io_uring_setup process_vm_readv process_vm_writev memfd_create shmget semget msgget socket open_tree
# move_mount fsopen fsconfig fsmount name_to_handle_at open_by_handle_at kexec_load init_module finit_module
# delete_module reboot swapon personality syslog quotactl acct mq_open memfd_secret pidfd_open pidfd_getfd fspick
# mount_setattr kexec_file_load inotify_init1 fanotify_init flock kcmp process_madvise migrate_pages move_pages
# lookup_dcookie quotactl_fd, and inotify_init where there is one
_CALLS: dict[str, tuple[int, int, int, int, tuple[int, int], tuple[int, ...]]] = {
    "x86_64": (
        0xC000003E, 56, 435, 157, (59, 322),
        (57, 58, 101, 165, 166, 155, 161, 272, 308, 250, 248, 249, 321, 298, 323, 425, 310, 311, 319, 29, 64, 68, 41,
         428, 429, 430, 431, 432, 303, 304, 246, 175, 313, 176, 169, 167, 135, 103, 179, 163, 240, 447, 434, 438,
         433, 442, 320, 294, 300, 73, 312, 440, 256, 279, 212, 443, 253),
    ),
    "aarch64": (
        0xC00000B7, 220, 435, 167, (221, 281),
        (117, 40, 39, 41, 51, 97, 268, 219, 217, 218, 280, 241, 282, 425, 270, 271, 279, 194, 190, 186, 198, 428,
         429, 430, 431, 432, 264, 265, 104, 105, 273, 106, 142, 224, 92, 116, 60, 89, 180, 447, 434, 438,
         433, 442, 294, 26, 262, 32, 272, 440, 238, 239, 18, 443),
    ),
}  # fmt: skip


def supported(machine: str | None = None) -> bool:
    return (machine or platform.machine()) in _CALLS


def program(machine: str | None = None) -> bytes:
    """The filter for a machine. Raises KeyError for one that is not supported."""
    arch, clone, clone3, prctl, _, refused = _CALLS[machine or platform.machine()]
    lines = [(_LOAD, 0, 0, _ARCH_AT), (_EQUAL, 1, 0, arch), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, _NUMBER_AT)]
    lines += [(_AT_LEAST, 0, 1, _X32), _refusal(errno.EPERM)]
    lines += [(_EQUAL, 0, 1, clone3), _refusal(errno.ENOSYS)]  # libraries fall back to clone, whose flags can be seen
    for number in refused:
        lines += [(_EQUAL, 0, 1, number), _refusal(errno.EPERM)]
    lines += [(_EQUAL, 0, 4, prctl), (_LOAD, 0, 0, _FIRST_ARGUMENT_AT), (_EQUAL, 0, 1, _SET_DEATH_SIGNAL)]
    lines += [_refusal(errno.EPERM), (_RETURN, 0, 0, _ALLOW)]
    lines += [(_EQUAL, 0, 3, clone), (_LOAD, 0, 0, _FIRST_ARGUMENT_AT), (_HAS_BITS, 1, 0, _CLONE_THREAD)]
    lines += [_refusal(errno.EPERM), (_RETURN, 0, 0, _ALLOW)]
    return _bytes(lines)


def seal(machine: str | None = None) -> bytes:
    """A second filter, which the harness puts on itself: no program may be started in its place any more.

    The first cannot refuse it, because it is there before the harness is started.
    """
    execve, execveat = _CALLS[machine or platform.machine()][4]
    lines = [(_LOAD, 0, 0, _NUMBER_AT), (_EQUAL, 1, 0, execve), (_EQUAL, 0, 1, execveat), _refusal(errno.EPERM)]
    return _bytes([*lines, (_RETURN, 0, 0, _ALLOW)])


def _bytes(lines: list[tuple[int, int, int, int]]) -> bytes:
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


def _refusal(number: int) -> tuple[int, int, int, int]:
    return (_RETURN, 0, 0, _ERRNO | number)
