"""The server that runs student code: it forks one walled-in process for each notebook.

`grading.sandbox` starts it and speaks to it: a line of JSON in, a line of JSON and what the process
sent out. A process in between raises the walls and ends, so that the one who runs the code is alone
in its space of processes, and a child of the server.
"""

import contextlib
import json
import os
import select
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, BinaryIO

from grading.isolation import (
    HOME,
    Limits,
    adopt_orphans,
    die_with_parent,
    enclose,
    give_up_rights,
    memory_taken,
    system_folders,
)

_MOST_BYTES = 60_000_000  # of all that one submission sends back
_GRACE = 2.0  # seconds between asking a cell to stop and ending its process


def serve(limits: Limits, root: Path, *, unsafe: bool) -> None:
    """Answer requests on standard input until it ends.

    root: an empty folder, which is removed at the end, also when the asking process was killed.
    """
    try:
        shell = _prepare()
        adopt_orphans()
        taken = memory_taken()
        while request := sys.stdin.buffer.readline():
            _serve_one(json.loads(request), shell, limits, root, taken, unsafe=unsafe)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _prepare() -> Any:
    """Load all that a submission needs; what is loaded once is there in each process forked."""
    import gc

    import matplotlib.font_manager  # noqa: F401 - reads its list of fonts

    from grading.cells import new_shell
    from helpers.tables import load, names

    for name in names():
        load(name)
    shell = new_shell()
    gc.collect()
    gc.freeze()
    return shell


def _serve_one(
    request: dict[str, Any], shell: Any, limits: Limits, root: Path, taken: int, *, unsafe: bool
) -> None:
    read_end, write_end = os.pipe()
    go_read, go_write = os.pipe()
    begun = time.monotonic()
    helper = os.fork()
    if helper == 0:
        os.close(read_end)
        os.close(go_write)
        _fork_inside(request, shell, limits, root, taken, (go_read, write_end), unsafe)
    os.close(write_end)
    os.close(go_read)
    os.waitpid(helper, 0)
    with os.fdopen(read_end, "rb", buffering=0) as pipe:
        first = _first_line(pipe)
        child = int(first) if first.isdigit() else None
        with contextlib.suppress(OSError):
            os.write(go_write, b"g")
        os.close(go_write)
        late, data = (False, b"")
        if child is not None:
            late, data = _collect(pipe, begun + request["seconds"] + _GRACE)
    words, cpu, status = first.decode(errors="replace"), 0.0, "refused"
    if child is not None:
        if late:
            _kill(child)
        _, code, used = os.wait4(child, 0)
        _reap()
        cpu = used.ru_utime + used.ru_stime
        status = "done" if code == 0 and not late else "ended"
        words = _how(code, late, cpu, request["seconds"], limits)
    if unsafe:
        _empty(root)
    reply = {"status": status, "words": words, "cpu": cpu, "bytes": len(data)}
    sys.stdout.buffer.write(json.dumps(reply).encode() + b"\n" + data)
    sys.stdout.buffer.flush()


def _fork_inside(
    request: dict[str, Any],
    shell: Any,
    limits: Limits,
    root: Path,
    taken: int,
    pipes: tuple[int, int],
    unsafe: bool,
) -> None:
    """In the process between: raise the walls, fork the one who stays inside, and end."""
    go, out = pipes
    try:
        if not unsafe:
            enclose(root, _readable(), limits)
        child = os.fork()
        if child:
            os.write(out, f"{child}\n".encode())
            os._exit(0)
    except BaseException as error:
        os.write(out, f"{error}\n".encode())
        os._exit(1)
    try:
        os.read(go, 1)  # the process between has ended, and the server is the parent
        die_with_parent()
        _move_in(Path(HOME) if not unsafe else root, out)
        give_up_rights(limits, taken)
        from grading.cells import run

        with os.fdopen(3, "wb", buffering=0) as pipe:
            run(shell, request["cells"], request["names"], limits, pipe.write)
            os._exit(0)
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.write(3, json.dumps({"failed": repr(error)}).encode() + b"\n")
    os._exit(70)


def _move_in(home: Path, out: int) -> None:
    """Take the folder as home; keep no open file but the pipe, as number 3."""
    os.dup2(out, 3)
    nothing = os.open("/dev/null", os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    os.closerange(4, 256)
    os.chdir(home)
    os.environ.clear()
    os.environ.update(
        HOME=str(home),
        TMPDIR=str(home),
        PATH="/usr/bin:/bin",
        LANG="C.UTF-8",
        MPLBACKEND="agg",
        MPLCONFIGDIR=str(home),
        TROTSKY_ANSWERS=str(home / "my-answers.csv"),
    )
    tempfile.tempdir = str(home)
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, signal.SIG_DFL)


def _readable() -> list[Path]:
    """What student code may read: the system's libraries, this Python, the helpers, the data."""
    import helpers
    from helpers.tables import data_path

    package = Path(helpers.__file__).parent
    data = data_path("datapackage.json").parent
    own = [Path(sys.prefix), Path(sys.base_prefix), package, data]
    return [*system_folders(), *own, *(path.resolve() for path in own)]


def _collect(pipe: BinaryIO, deadline: float) -> tuple[bool, bytes]:
    """All that the child sends, and whether it had to be cut off (late, or far too much).

    Ends this process when nobody waits for the answer any longer.
    """
    data = bytearray()
    while (left := deadline - time.monotonic()) > 0 and len(data) < _MOST_BYTES:
        ready, _, _ = select.select([pipe, sys.stdin], [], [], left)
        if sys.stdin in ready and not pipe.closed and pipe not in ready:
            return True, bytes(data)  # the asking process has ended: nothing else comes here
        if pipe in ready:
            part = pipe.read(1 << 16)
            if not part:
                return False, bytes(data)
            data += part
    return True, bytes(data)


def _first_line(pipe: BinaryIO) -> bytes:
    line = b""
    while (letter := pipe.read(1)) not in (b"", b"\n"):
        line += letter
    return line


def _kill(child: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


def _reap() -> None:
    """Forget processes that have ended and whose parents have, too."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _how(code: int, late: bool, cpu: float, seconds: float, limits: Limits) -> str:
    """How a process ended, for the teacher."""
    if late:
        return f"did not stop within {seconds:.0f} seconds: an endless loop, or too much output"
    if os.WIFSIGNALED(code):
        if cpu >= limits.cpu_seconds - 1:
            return f"used more than {limits.cpu_seconds} seconds of the processor"
        return f"was ended by the system ({signal.Signals(os.WTERMSIG(code)).name})"
    return "ended the Python process by itself (as os._exit() does)"


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()


if __name__ == "__main__":
    serve(Limits(**json.loads(sys.argv[1])), Path(sys.argv[2]), unsafe="--unsafe" in sys.argv)
