"""A fault put into a module that is loaded: into its functions, or into its constants.

Whoever has imported a function sees the fault, because the function stays the same object and only
its code is new. A constant is a new object: it is put wherever the old one stands under its name.
"""

import ast
import sys
from collections.abc import Iterator
from inspect import CO_OPTIMIZED
from types import CodeType, FunctionType, ModuleType
from typing import Any


class NotInPlaceError(Exception):
    """The fault lies outside of all functions: the module must be loaded anew."""


def change(whole: str, fault: str) -> dict[str, CodeType] | CodeType:
    """What a fault changes: functions, or else the constants of the module.

    Raises NotInPlaceError where it changes anything else, such as a class or a default.
    """
    try:
        return changed_functions(whole, fault)
    except NotInPlaceError:
        return changed_constants(whole, fault)


def changed_functions(whole: str, fault: str) -> dict[str, CodeType]:
    """The new code of each outermost function or method that differs, by its qualified name.

    whole, fault: the source of a module without and with the fault.

    Raises NotInPlaceError where anything else differs, such as a constant, a class or a default.
    """
    return dict(_differing(_compiled(whole), _compiled(fault)))


def _compiled(source: str) -> CodeType:
    return compile(source, "module", "exec", dont_inherit=True)


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


def put_functions(functions: dict[str, FunctionType], changed: dict[str, CodeType]) -> None:
    """Give functions their new code."""
    for name, code in changed.items():
        functions[name].__code__ = code


def changed_constants(whole: str, fault: str) -> CodeType:
    """The code of a module whose constants alone differ; run it for their new values.

    Raises NotInPlaceError where anything but an assignment of the module itself differs.
    """
    statements = (ast.parse(source).body for source in (whole, fault))
    for old, new in zip(*statements, strict=True):
        if ast.dump(old) != ast.dump(new) and not isinstance(old, ast.Assign):
            raise NotInPlaceError
    return _compiled(fault)


def put_constants(module: ModuleType, code: CodeType) -> set[str]:
    """Give a module's constants their new values; the names of the modules that have them."""
    values = {"__name__": module.__name__, "__file__": module.__file__}
    exec(code, values)  # noqa: S102 - code of the course itself
    olds = {name: old for name, old in vars(module).items() if _is_constant(name, old, values)}
    holders = set()
    for holder in list(sys.modules.values()):
        for name, old in olds.items():
            if getattr(holder, "__dict__", {}).get(name) is old:
                setattr(holder, name, values[name])
                holders.add(holder.__name__)
    return holders


def _is_constant(name: str, old: Any, values: dict[str, Any]) -> bool:
    """Whether a name of a module is data that the fault has changed."""
    made = isinstance(old, (type, FunctionType, ModuleType)) or hasattr(old, "__wrapped__")
    return not made and not name.startswith("__") and repr(old) != repr(values.get(name, old))
