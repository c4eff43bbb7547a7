"""Which functions of the course a test calls: also those whose answer a cache has kept.

A cache of `functools` hides from the second test what the first one called. So the caches are
replaced, before the course is loaded, by these, which know what each kept answer rests on.
"""

import functools
import sys
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

# A module and the name of a function or method in it, such as ("evidence", "_require").
Place = tuple[str, str]


class Calls:
    """What is called in some files, in the innermost block that listens."""

    def __init__(self, files: dict[str, str]) -> None:
        """Listen to nothing yet; files: the name of the module by the path of its file."""
        self.files = files
        self._sets: list[set[Place]] = [set()]
        self._caches: list[dict[Hashable, tuple[Any, set[Place]]]] = []

    @contextmanager
    def heard(self) -> Iterator[set[Place]]:
        """All that is called while the block lasts; the block around it hears it, too."""
        called: set[Place] = set()
        self._sets.append(called)
        try:
            yield called
        finally:
            self._sets.pop()
            self._sets[-1] |= called

    @contextmanager
    def listening(self) -> Iterator[set[Place]]:
        """The same, and calls themselves are watched, which makes all twice as slow."""
        with self.heard() as called:
            sys.setprofile(self._hear)
            try:
                yield called
            finally:
                sys.setprofile(None)

    def _hear(self, frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename in self.files:
            outermost = code.co_qualname.partition(".<locals>")[0]
            self._sets[-1].add((self.files[code.co_filename], outermost))

    def replace_caches(self) -> None:
        """Let what is loaded from now on use caches that know what their answers rest on."""
        functools.cache = self.cache
        functools.lru_cache = lambda maxsize=None, typed=False: (
            self.cache(maxsize) if callable(maxsize) else self.cache
        )

    def cache(self, function: Callable) -> Callable:
        """As `functools.cache`."""
        kept: dict[Hashable, tuple[Any, set[Place]]] = {}
        self._caches.append(kept)

        @functools.wraps(function)
        def answer(*arguments: Hashable, **named: Hashable) -> Any:
            key = arguments, tuple(named.items())
            if key not in kept:
                with self.heard() as called:
                    kept[key] = function(*arguments, **named), called
            found, called = kept[key]
            self._sets[-1] |= called
            return found

        answer.cache_clear = kept.clear
        return answer

    def forget(self, concerned: Callable[[set[Place]], bool]) -> None:
        """Drop each kept answer whose calls are concerned by a change."""
        for kept in self._caches:
            for key in [key for key, (_, called) in kept.items() if concerned(called)]:
                del kept[key]
