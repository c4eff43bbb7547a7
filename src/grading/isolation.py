"""Walls around student code: namespaces, a file system of its own, limits. Linux, by its own calls.

What runs inside sees Python, the helpers and their data, all read-only, and one empty folder in
memory to write in. It has no network, no other process, and nobody's home. The process that calls
`enclose` is used for nothing else.
"""

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

try:
    import resource
except ModuleNotFoundError:  # Windows, where nothing is graded: grading.grade says so
    resource = None

HOME = "/home/student"
INSIDE = 1000  # the number of the user inside
_NOBODY = 65534

_NEWNS, _NEWUTS, _NEWIPC = 0x00020000, 0x04000000, 0x08000000
_NEWUSER, _NEWPID, _NEWNET = 0x10000000, 0x20000000, 0x40000000
_SPACES = _NEWNS | _NEWUTS | _NEWIPC | _NEWPID | _NEWNET
_NOSUID, _NODEV, _BIND, _RECURSIVE, _PRIVATE = 2, 4, 4096, 16384, 1 << 18
_DETACH = 2
_MOUNT_SETATTR, _AT_RECURSIVE, _ATTR_READ_ONLY, _ATTR_NOSUID = 442, 0x8000, 1, 2
_SET_DEATH_SIGNAL, _SET_DUMPABLE, _SET_NO_NEW_PRIVILEGES, _SET_SUBREAPER = 1, 4, 38, 36
_CAPABILITIES_VERSION_3 = 0x20080522
_DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")
_SYSTEM = ("/usr", "/bin", "/lib", "/lib64", "/etc")


@dataclass(frozen=True)
class Limits:
    """What a submission may use: seconds of a cell and of all, bytes, processes.

    cell_seconds: after them a cell is stopped and the next one begins. seconds and cpu_seconds: for
    the whole notebook. memory: beyond what Python and the tables take. output: what is kept of what
    cells print and show.
    """

    cell_seconds: float = 10.0
    seconds: float = 60.0
    cpu_seconds: int = 60
    memory: int = 1_000_000_000
    file_bytes: int = 20_000_000
    folder_bytes: int = 50_000_000
    processes: int = 1
    output: int = 8_000_000
    cell_text: int = 20_000


class IsolationError(OSError):
    """A wall that this machine cannot raise; the message says which."""


def enclose(root: Path, readable: Iterable[Path], limits: Limits) -> None:
    """Leave the file system, the network and the processes of the machine for an own set.

    root: an empty folder, on which the new file system is mounted for this process alone. readable:
    the folders that stay visible, at the same place. The children of this process, not the process
    itself, are alone in their space of processes.

    Raises IsolationError.
    """
    if not sys.platform.startswith("linux"):
        raise IsolationError("student code can be shut in on Linux only (on Windows: in WSL)")
    proc = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)
    if os.geteuid() == 0 and _libc().unshare(_SPACES) == 0:
        own_user = False
    else:
        _own_user(proc)
        _call("unshare", _SPACES)
        own_user = True
    _mount("none", "/", flags=_RECURSIVE | _PRIVATE)
    _mount("tmpfs", root, "tmpfs", _NOSUID | _NODEV, "size=1m,mode=755")
    for path in _without_nested(readable):
        _show(path, root)
    home = Path(f"{root}{HOME}")
    home.mkdir(parents=True)
    with contextlib.suppress(FileExistsError):  # this Python can live there
        (root / "tmp").symlink_to(HOME)
    _read_only(root)
    owner = "" if own_user else f",uid={_NOBODY},gid={_NOBODY}"
    size = f"size={limits.folder_bytes},nr_inodes=2000,mode=700{owner}"
    _mount("tmpfs", home, "tmpfs", _NOSUID | _NODEV, size)
    os.chdir(root)
    _call("pivot_root", b".", b".")
    _call("umount2", b".", _DETACH)
    os.chdir("/")
    if not own_user:
        _become_nobody()
        with contextlib.suppress(IsolationError):
            _own_user(proc)
    _no_more_users(proc)
    os.close(proc)


def give_up_rights(limits: Limits, taken: int) -> None:
    """Set the limits of this process and take from it every right to raise them again.

    taken: the bytes of memory that it has already (see `memory_taken`).
    """
    for name, value in (
        ("RLIMIT_AS", taken + limits.memory),
        ("RLIMIT_CPU", limits.cpu_seconds),
        ("RLIMIT_FSIZE", limits.file_bytes),
        ("RLIMIT_NPROC", limits.processes),
        ("RLIMIT_NOFILE", 64),
        ("RLIMIT_CORE", 0),
    ):
        kind = getattr(resource, name, None)
        if kind is not None:
            resource.setrlimit(kind, (value, value))
    if sys.platform.startswith("linux"):
        _call("prctl", _SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        header = (ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION_3, 0)
        _call("capset", header, (ctypes.c_uint32 * 6)())


def memory_taken() -> int:
    """The bytes of address space that this process takes now."""
    pages = Path("/proc/self/statm")
    if not pages.exists():
        return 600_000_000
    return int(pages.read_text(encoding="ascii").split()[0]) * resource.getpagesize()


def adopt_orphans() -> None:
    """Make this process the parent of its children's children, where the system can do that."""
    if sys.platform.startswith("linux"):
        _libc().prctl(_SET_SUBREAPER, 1, 0, 0, 0)


def die_with_parent() -> None:
    """Have this process killed when its parent ends, where the system can do that."""
    if sys.platform.startswith("linux"):
        _libc().prctl(_SET_DEATH_SIGNAL, 9, 0, 0, 0)


def system_folders() -> list[Path]:
    """What any program needs to run: libraries, fonts, time zones, and four harmless devices."""
    return [Path(name) for name in (*_SYSTEM, *_DEVICES) if Path(name).exists()]


def _own_user(proc: int) -> None:
    """Become the one user of a user namespace; outside it, who one was before."""
    user, group = os.geteuid(), os.getegid()
    _call("unshare", _NEWUSER)
    _write(proc, f"{os.getpid()}/setgroups", "deny")
    _write(proc, f"{os.getpid()}/uid_map", f"{INSIDE} {user} 1")
    _write(proc, f"{os.getpid()}/gid_map", f"{INSIDE} {group} 1")


def _no_more_users(proc: int) -> None:
    """Inside, no further user namespace (with rights of its own) can be made."""
    if os.geteuid() == INSIDE:
        with contextlib.suppress(IsolationError):
            _write(proc, "sys/user/max_user_namespaces", "0")


def _become_nobody() -> None:
    os.setgroups([])
    os.setresgid(_NOBODY, _NOBODY, _NOBODY)
    os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    _call("prctl", _SET_DUMPABLE, 1, 0, 0, 0)


def _without_nested(paths: Iterable[Path]) -> list[Path]:
    """The paths in order, without those that lie in another one."""
    kept: list[Path] = []
    for path in sorted(set(paths)):
        if not any(path.is_relative_to(folder) for folder in kept if not folder.is_symlink()):
            kept.append(path)
    return kept


def _show(path: Path, root: Path) -> None:
    """Make a path of the machine visible at the same place under root."""
    place = Path(f"{root}{path}")
    place.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():
        place.symlink_to(path.readlink())
        return
    if path.is_dir():
        place.mkdir(exist_ok=True)
    else:
        place.touch()
    _mount(path, place, flags=_BIND | _RECURSIVE)


def _read_only(root: Path) -> None:
    attributes = (ctypes.c_uint64 * 4)(_ATTR_READ_ONLY | _ATTR_NOSUID, 0, 0, 0)
    call = (_MOUNT_SETATTR, -100, os.fsencode(root), _AT_RECURSIVE, attributes, 32)
    _call("syscall", *call)


def _mount(
    source: str | Path, target: str | Path, kind: str = "", flags: int = 0, options: str = ""
) -> None:
    texts = (os.fsencode(source), os.fsencode(target), kind.encode() or None)
    _call("mount", *texts, ctypes.c_ulong(flags), options.encode() or None)


def _write(proc: int, name: str, text: str) -> None:
    try:
        place = os.open(name, os.O_WRONLY, dir_fd=proc)
        try:
            os.write(place, text.encode())
        finally:
            os.close(place)
    except OSError as error:
        raise IsolationError(f"writing /proc/{name}: {error.strerror}") from None


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: object) -> None:
    """A call of the C library.

    Raises IsolationError with the system's own reason when it is refused.
    """
    if getattr(_libc(), name)(*arguments) != 0:
        reason = os.strerror(ctypes.get_errno())
        raise IsolationError(f"the system refuses {name}: {reason}")
