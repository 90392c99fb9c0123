"""What becomes of the runs themselves: calls of the functions that replace them, with results as NumPy values as before."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from .families import elements, sparse
from .functions import parameter
from .plan import Function, Plan, needs_function
from .refusal import Refusal
from .render import Renderer
from .sites import is_unread
from .statements import Fetch, Site, Statement
from .values import Sequence, State

VALUES = ("tensor", "value", "nest", "state")


@dataclass(slots=True)
class Runs:
    """All runs of a module, with the plan of the region that each belongs to."""

    plans: dict[int, Plan] = field(default_factory=dict)
    by_statement: dict[int, list[Site]] = field(default_factory=dict)

    def add(self, plan: Plan, sites: list[Site], renderer: Renderer) -> None:
        """Note the runs of one region; their nodes render as calls from now on."""
        for site in sites:
            self.plans[id(site)] = plan
            self.by_statement.setdefault(id(site.statement), []).append(site)
            renderer.replacements[site.node] = lambda r, site=site: self.result(site, r)

    def statement(self, statement: Statement, renderer: Renderer) -> str | None:
        """The text of a statement that unpacks the results of a run, or only runs; None for others."""
        node = statement.node
        for site in self.by_statement.get(id(statement), []):
            if isinstance(node, ast.Expr) and node.value is site.node:
                return self.call(site, renderer)
            if isinstance(node, ast.Assign) and node.value is site.node and len(node.targets) == 1:
                target = node.targets[0]
                if isinstance(target, (ast.Tuple, ast.List)) and isinstance(site.structure, (ast.List, ast.Tuple)):
                    return self._unpacked(site, target, renderer)
                if all(f.kind == "summary" for f in site.fetches):
                    return self.call(site, renderer)
                if all(f.kind not in VALUES for f in site.fetches):
                    return f"{self.call(site, renderer)}\n{' ' * node.col_offset}{renderer.text(target)} = None"
        return None

    def _unpacked(self, site: Site, target: ast.Tuple | ast.List, renderer: Renderer) -> str:
        assert isinstance(site.structure, (ast.List, ast.Tuple))
        if len(target.elts) != len(site.structure.elts) or any(isinstance(e, ast.Starred) for e in target.elts):
            raise Refusal(site.node, "as many names are bound as are not fetched")
        kept, lost = [], []
        for name, fetch in zip(target.elts, site.structure.elts, strict=True):
            leaf = next((f for f in site.fetches if f.node is fetch), None)
            if leaf is None:
                raise Refusal(site.node, "lists inside what is fetched are unpacked")
            if leaf.kind in VALUES:
                kept.append((name, leaf))
            elif leaf.kind != "summary" and not (
                isinstance(name, ast.Name) and is_unread(name, renderer.context.module.tree)
            ):
                lost.append(name)
        call = self.call(site, renderer)
        pad = " " * site.statement.node.col_offset
        extra = "".join(f"\n{pad}{renderer.text(n)} = None" for n in lost)
        if not kept:
            return call + extra
        names = ", ".join(renderer.text(n) for n, _ in kept)
        return f"{names} = {self._numbers(call, [f for _, f in kept], renderer)}{extra}"

    def call(self, site: Site, renderer: Renderer) -> str:
        """The call that replaces a run; its results are tensors."""
        element = elements.only(site)
        if element is not None:
            return elements.fetched(element, site, renderer)
        if not needs_function(site):
            return ", ".join(renderer.text(f.node) for f in site.fetches if f.kind not in ("init", "summary"))
        function = self.plans[id(site)].by_site[id(site)]
        call = self._function_call(site, function, renderer)
        return f"{renderer.name(site.starts.path)} = iter({call})" if site.starts is not None else call

    def _function_call(self, site: Site, function: Function, renderer: Renderer) -> str:
        receiver = f"{site.receiver}." if site.receiver else "self." if function.method else ""
        if site.opaque is not None:
            step = [f"{function.step}={site.write.step_text(renderer)}"] if site.write is not None else []
            first = _elements(site, function, renderer)
            return f"{receiver}{function.name}({', '.join([*first, f'**{renderer.text(site.opaque)}', *step])})"
        return f"{receiver}{function.name}({', '.join(self._arguments(site, function, renderer))})"

    def _arguments(self, site: Site, function: Function, renderer: Renderer) -> list[str]:
        given = [(k, renderer.text(v)) for k, v in site.feeds if k in function.parameters]
        step = site.write.step_text(renderer) if site.write is not None else ""
        if any(k not in function.inputs or not function.inputs[k].dtype for k in function.parameters) and step:
            # without a signature every other number would be traced anew
            step = f"{renderer.tf('tf.constant')}({step}, {renderer.tf('tf.int64')})"
        first = _elements(site, function, renderer)
        taken = [n for e in elements.taken(function.inputs, site) for n in e.names]
        if [k for k, _ in given] == [p for p in function.parameters if p not in taken]:
            return [*first, *(text for _, text in given), *([step] if step else [])]
        named = [f"{parameter(k)}={text}" for k, text in given]
        return [*first, *named, *([f"{function.step}={step}"] if step else [])]

    def _numbers(self, call: str, leaves: list[Fetch], renderer: Renderer) -> str:
        only = leaves[0].value
        if sparse.is_sparse(only):
            return f"sparse_value({call})"
        if len(leaves) == 1 and isinstance(only, Sequence) and all(isinstance(v, State) for v in only.items):
            return f"[v.numpy() for v in {call}]"
        if any(f.kind == "nest" for f in leaves):
            return f"{renderer.tf('tf.nest.map_structure')}(lambda t: t.numpy(), {_iterable(call)})"
        if len(leaves) == 1:
            return f"{_atom(call)}.numpy()"
        return f"(t.numpy() for t in {_iterable(call)})"

    def result(self, site: Site, renderer: Renderer) -> str:
        """What a run returned, as NumPy values in the same structure."""
        if site.traced:
            return f"{self.plans[id(site)].by_site[id(site)].name}.get_concrete_function().{site.traced}"
        values = [f for f in site.fetches if f.kind in VALUES]
        call = self.call(site, renderer)
        if not isinstance(site.structure, (ast.List, ast.Tuple)):
            if isinstance(site.structure, ast.Dict) and all(f.node is not site.structure for f in site.fetches):
                raise Refusal(site.node, "a dictionary of values and operations is fetched", "fetch operations apart")
            return self._numbers(call, values, renderer) if values else call
        if len(values) != len(site.fetches):
            raise Refusal(site.node, "numbers and operations are fetched together and not unpacked")
        if any(f.kind == "nest" for f in values):
            return self._numbers(call, values, renderer)
        if len(values) == 1:
            return f"[{self._numbers(call, values, renderer)}]"
        return f"[t.numpy() for t in {_iterable(call)}]"


def _elements(site: Site, function: Function, renderer: Renderer) -> list[str]:
    """The arguments that come from iterators."""
    found = elements.taken(function.inputs, site)
    return [f"{'*' if e.several else ''}{elements.text_of(e, site, renderer)}" for e in found]


def _atom(text: str) -> str:
    """In parentheses unless a method can be called on it as it is."""
    try:
        node = ast.parse(text, mode="eval").body
    except SyntaxError:
        return f"({text})"
    return text if isinstance(node, (ast.Name, ast.Attribute, ast.Call, ast.Subscript)) else f"({text})"


def _iterable(text: str) -> str:
    try:
        node = ast.parse(text, mode="eval").body
    except SyntaxError:
        return f"({text})"
    return f"({text})" if isinstance(node, ast.Tuple) and not text.startswith("(") else text
