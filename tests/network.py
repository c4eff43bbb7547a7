"""A guard that forbids every connection that leaves this machine."""

import sys
from typing import Any

LOOPBACK = ("127.", "::1", "localhost")


class NetworkForbiddenError(RuntimeError):
    """A test, or a lesson under test, tried to reach another machine."""


def forbid() -> None:
    """Forbid connections to other machines in this process, until it ends."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto") and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else host
    if name and not name.startswith(LOOPBACK):
        raise NetworkForbiddenError(f"{event} to {name}: the course works without a network")
