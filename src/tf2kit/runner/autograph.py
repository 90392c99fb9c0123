"""AutoGraph reads the source of functions to rewrite them (those given to ``Dataset.map``, for example). It must read the migrated text.

Code of a program has the lines of the user's file, and there stands TensorFlow 1. So AutoGraph's parser is given a twin of the function
whose code lies in the migrated text, which `linecache` gets under a name of its own.
"""

from __future__ import annotations

import linecache
import types
from collections.abc import Callable, Iterator
from importlib.machinery import ModuleSpec, SourceFileLoader
from typing import Any

PARSER = "tensorflow.python.autograph.pyct.parser"
Texts = Callable[[str], tuple[bytes, types.CodeType] | None]


def repaired(spec: ModuleSpec | None, texts: Texts) -> ModuleSpec | None:
    """The specification of AutoGraph's parser, which will be told of twins when it is loaded."""
    if spec is not None and type(spec.loader) is SourceFileLoader:
        spec.loader = _Loader(spec.loader.name, spec.loader.path, texts)
    return spec


class _Loader(SourceFileLoader):
    def __init__(self, name: str, path: str, texts: Texts) -> None:
        super().__init__(name, path)
        self._texts = texts

    def exec_module(self, module: types.ModuleType) -> None:
        super().exec_module(module)
        repair(module, self._texts)


def repair(parser: Any, texts: Texts) -> None:
    """Have ``parser`` read the twins of functions; ``texts`` gives the migrated text and the code with the user's lines, by file name."""
    original = parser.parse_entity

    def parse_entity(entity: Any, future_features: Any) -> Any:
        return original(twin(entity, texts), future_features)

    parser.parse_entity = parse_entity


def twin(function: Any, texts: Texts) -> Any:
    """A function like ``function`` whose source is the migrated text; itself, if it is none of the program's."""
    code = getattr(function, "__code__", None)
    found = texts(code.co_filename) if isinstance(code, types.CodeType) else None
    if found is None or code is None:
        return function
    text, placed = found
    name = f"{code.co_filename} as TensorFlow 2"
    lines = text.decode("utf-8").splitlines(keepends=True)
    linecache.cache[name] = (len(text), None, lines, name)
    migrated = compile(text.decode("utf-8"), name, "exec", dont_inherit=True)
    for here, there in zip(_all(placed), _all(migrated), strict=True):
        if _key(here) == _key(code):
            real = getattr(function, "__func__", function)  # of a method
            return types.FunctionType(there, real.__globals__, real.__name__, real.__defaults__, real.__closure__)
    return function


def _key(code: types.CodeType) -> tuple[object, ...]:
    return code.co_name, code.co_firstlineno, code.co_varnames, code.co_names


def _all(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            yield from _all(const)
