"""Mutants of code: a module with one small fault each, made by the operators of mutmut.

mutmut's own runner leaves out functions with a decorator, such as all that are cached, and the
constants of a module. So the tree is walked here, and only the operators are mutmut's.
"""

from collections.abc import Iterator
from typing import NamedTuple

import libcst as cst
import libcst.matchers as m
from libcst.metadata import ByteSpanPositionProvider, MetadataWrapper
from mutmut.mutation.mutators import mutation_operators

# Of no use to mutate: what is only said of types, and what only other programs read.
_SKIPPED = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom)
# Their one argument cannot be taken away: it would fail at once.
_WITNESSES = ("len", "isinstance")


class Mutant(NamedTuple):
    """One fault: its line, the operator, the code before and after, and the whole module."""

    line: int
    kind: str
    before: str
    after: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a module's source that is not the source itself, from top to bottom."""
    wrapper = MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True)
    module, spans, raw = wrapper.module, wrapper.resolve(ByteSpanPositionProvider), source.encode()
    for node in _nodes(module):
        for kind, operator in mutation_operators:
            for changed in operator(node) if isinstance(node, kind) else ():
                start, end = spans[node].start, spans[node].start + spans[node].length
                before, after = raw[start:end], module.code_for_node(changed).strip().encode()
                if before != after:
                    words = operator.__name__.removeprefix("operator_").replace("_", " ")
                    made = (raw[:start] + after + raw[end:]).decode()
                    line = raw.count(b"\n", 0, start) + 1
                    yield Mutant(line, words, before.decode(), after.decode(), made)


def _nodes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A node and all below it, without those of which a mutant says nothing."""
    if isinstance(node, _SKIPPED) or _is_docstring(node):
        return
    if m.matches(node, m.Call(func=m.OneOf(*map(m.Name, _WITNESSES)))):
        return
    yield node
    for child in node.children:
        yield from _nodes(child)


def _is_docstring(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Expr) and isinstance(node.value, cst.SimpleString)
