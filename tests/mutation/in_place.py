"""A fault put into a module that is loaded: each function that differs gets its new code.

Whoever has imported the function sees the fault, because the function stays the same object.
"""

from collections.abc import Iterator
from inspect import CO_OPTIMIZED
from types import CodeType, FunctionType, ModuleType
from typing import Any


class NotInPlaceError(Exception):
    """The fault lies outside of all functions: the module must be loaded anew."""


def changed_functions(whole: str, fault: str) -> dict[str, CodeType]:
    """The new code of each outermost function or method that differs, by its qualified name.

    whole, fault: the source of a module without and with the fault.

    Raises NotInPlaceError where anything else differs, such as a constant, a class or a default.
    """
    codes = (compile(source, "module", "exec", dont_inherit=True) for source in (whole, fault))
    return dict(_differing(*codes))


def _differing(whole: CodeType, fault: CodeType) -> Iterator[tuple[str, CodeType]]:
    """Functions that differ in the code of a module or a class."""
    olds, news = _functions(whole), _functions(fault)
    if _rest(whole) != _rest(fault) or len(olds) != len(news):
        raise NotInPlaceError
    for old, new in zip(olds, news, strict=True):
        if old == new:
            continue
        if not old.co_flags & CO_OPTIMIZED:  # the body of a class
            yield from _differing(old, new)
        elif old.co_name == "<lambda>" or old.co_freevars != new.co_freevars:
            raise NotInPlaceError
        else:
            yield new.co_qualname, new


def _functions(code: CodeType) -> list[CodeType]:
    return [one for one in code.co_consts if isinstance(one, CodeType)]


def _rest(code: CodeType) -> tuple[Any, ...]:
    """What a module or class does besides making functions; as text, since 1 is equal to True."""
    constants = [repr(one) for one in code.co_consts if not isinstance(one, CodeType)]
    return code.co_code, constants, code.co_names


def functions_of(module: ModuleType) -> dict[str, FunctionType]:
    """Each function and method that a module defines, by its qualified name."""
    return {one.__qualname__: one for one in _defined(vars(module), module.__name__)}


def _defined(names: dict[str, Any], module: str) -> Iterator[FunctionType]:
    for one in list(names.values()):
        for found in (getattr(one, "fget", one), getattr(one, "__func__", one)):
            while hasattr(found, "__wrapped__"):
                found = found.__wrapped__
            if isinstance(found, FunctionType) and found.__module__ == module:
                yield found
        if isinstance(one, type) and one.__module__ == module:
            yield from _defined(dict(vars(one)), module)


def put_in(functions: dict[str, FunctionType], changed: dict[str, CodeType]) -> None:
    """Give functions their new code."""
    for name, code in changed.items():
        functions[name].__code__ = code
