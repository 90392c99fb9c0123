"""Whole programs from TensorFlow 1 to TensorFlow 2: one module by itself, or several joined."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from ..module import Module
from . import tidy, written
from .context import Context
from .lift import lift, rewritten
from .modules import Joined, chosen, join, split
from .output import inspect, inspect_attributes
from .refusal import Refusal


def lift_program(modules: Mapping[str, Module]) -> dict[str, str]:
    """The new text of every module of a program, by path; the first is the one that is started.

    Raises:
      Refusal: something in one of them is not known to be sound; its ``path`` says in which.
    """
    texts = {path: module.text.decode("utf-8") for path, module in modules.items()}
    paths = chosen(modules)
    if len(paths) > 1:
        texts |= _joined(modules, paths)
    for path in paths:
        module = modules[path]
        try:
            if len(paths) == 1:
                texts[path] = lift(module, alone=len(modules) == 1).text
            inspect(Module(path, texts[path].encode("utf-8"), module.package), module)
        except Refusal as refusal:
            refusal.path = path
            raise
    inspect_attributes({path: Module(path, text.encode()) for path, text in texts.items()}, modules)
    return texts


def _joined(modules: Mapping[str, Module], paths: list[str]) -> dict[str, str]:
    """Lift several modules as one text."""
    joined = join(modules, paths)
    try:
        own, place = written.out(joined.module)
        try:
            text, context, _ = rewritten(own, joined.imported(), joined.taken())
            _made_on_import(joined, context)
        except Refusal as refusal:
            place(refusal)
            raise
        return split(joined, tidy.tidied(text, context, alone=len(paths) == len(modules)), context)
    except Refusal as refusal:
        joined.place(refusal)
        raise


def _made_on_import(joined: Joined, context: Context) -> None:
    """What modules make when they are imported belongs to no graph that the program makes later.

    Raises:
      Refusal: one makes variables or tensors then.
    """
    last = joined.line_of_last(context.module)
    for statement in context.regions[context.module.tree].statements:
        if not (statement.moves or statement.states or statement.created or statement.kind == "site"):
            continue
        outermost = statement
        while outermost.parent is not None:
            outermost = outermost.parent
        made_later = isinstance(outermost.node, (ast.FunctionDef, ast.ClassDef))
        if outermost.node.lineno < last and not made_later:
            raise Refusal(statement.node, "a module makes a part of the graph when it is imported")
