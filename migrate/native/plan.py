"""From the runs of a region to functions: which statements each needs, what it takes and what it gives back."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import attributes, building, fed, floating, precision, soundness, sums, titles
from .context import Region
from .refusal import Refusal
from .statements import Fetch, Site, Statement
from .values import Placeholder, State, Train, leaves

if TYPE_CHECKING:
    from .families.writers import Write
    from .objects import Borrowed


@dataclass(eq=False, slots=True)
class Function:
    """One function that replaces runs.

    Attributes:
      name: its name. parameters: keys of placeholders and of other fed tensors, in order. constants: texts of placeholders that
      are always fed one literal, or that have a default. body: the statements it needs, in order. fetches: what it returns.
      trains: train operations, in order. sites: the runs that it replaces. helper: the function that it calls first.
      borrowed: what it takes from an object that builds a part of the graph.
      write: where its summaries are written. summaries: statements that only summarise.
      writes_around: whether others do as well, so that the whole function writes. step: the name of the step there.
    """

    name: str
    parameters: list[str]
    constants: dict[str, str]
    body: list[Statement]
    fetches: list[Fetch]
    trains: list[Train]
    sites: list[Site]
    inputs: dict[str, Placeholder]
    touched: dict[str, State]
    helper: Helper | None = None
    method: bool = False
    write: Write | None = None
    summaries: list[Statement] = field(default_factory=list)
    borrowed: Borrowed | None = None
    writes_around: bool = False
    step: str = "step"

    @property
    def makes_dataset(self) -> bool:
        """Whether it is a plain function that makes a data set."""
        return any(f.kind == "dataset" for f in self.fetches)

    @property
    def statements(self) -> list[Statement]:
        """Everything that it does."""
        return [*self.body, *self.summaries]


@dataclass(eq=False, slots=True)
class Helper:
    """What several functions compute alike: a function of its own that all of them call."""

    name: str
    parameters: list[str]
    body: list[Statement]
    outputs: list[str]


@dataclass(slots=True)
class Plan:
    """The functions of a region.

    Attributes:
      functions, helpers: in the order in which they are written. by_site: the function of each run.
      renames: in functions, by key: what is an attribute outside of methods and a local name inside, and the other way round.
      kept_parameters: parameters of ``__init__`` that functions read, and so become attributes.
      traced: functions that are traced once, so that layers have their variables before ``trace_before`` (None: before any run).
    """

    functions: list[Function] = field(default_factory=list)
    helpers: list[Helper] = field(default_factory=list)
    by_site: dict[int, Function] = field(default_factory=dict)
    renames: dict[str, str] = field(default_factory=dict)
    kept_parameters: list[str] = field(default_factory=list)
    traced: list[Function] = field(default_factory=list)
    trace_before: Statement | None = None


def closure(uses: dict[str, frozenset[Statement]], cut: Iterable[str]) -> list[Statement]:
    """The statements that these names depend on, in order; names in ``cut`` are given from outside."""
    given, todo = set(cut), list(uses.items())
    found: set[Statement] = set()
    while todo:
        key, makers = todo.pop()
        if key in given:
            continue
        for maker in makers - found:
            if maker.moves:
                found.add(maker)
                todo += maker.uses.items()
    return sorted(found, key=lambda s: s.index)


def make(region: Region) -> Plan:
    """Plan the functions of a region.

    Raises:
      Refusal: a run asks for something that cannot be a function.
    """
    from .families import elements

    floating.settle(region)
    plan = Plan()
    by_key: dict[object, Function] = {}
    for site in [*region.sites, *region.lent]:
        fed.check(region, site, needs_function(site))
        if not needs_function(site):
            continue
        made = _function(site)
        key = _key(made)
        if key in by_key:
            by_key[key].sites.append(site)
        else:
            by_key[key] = made
            plan.functions.append(made)
        plan.by_site[id(site)] = site.function = by_key[key]
    for function in plan.functions:
        function.method = region.is_class
        _in_order(function)
    _name(plan, region)
    _share(plan, region)
    if region.is_class:
        attributes.settle(plan, region)
    _check(plan, region)
    sums.check(plan.functions)
    precision.check(plan, region)
    elements.check_sessions([(s, _inputs(plan, s)) for s in region.sites])
    building.settle(plan, region)
    soundness.check_averages(region, plan)
    soundness.check_names(region)
    floating.check(region)
    return plan


def _in_order(function: Function) -> None:
    """Each name that a statement reads must be the one that was meant, when all statements stand one after another."""
    latest: dict[str, Statement] = {}
    for statement in function.body:
        for key, makers in statement.uses.items():
            if key in latest and latest[key] not in makers and key not in function.parameters:
                raise Refusal(statement.node, f"`{key}` means two things in what one run computes")
        for key in statement.defines:
            latest[key] = statement
    for fetch in function.fetches:
        for key, makers in fetch.uses.items():
            if key in latest and latest[key] not in makers:
                raise Refusal(fetch.node, f"`{key}` is bound to something else later in what one run computes")


def _inputs(plan: Plan, site: Site) -> dict[str, Placeholder]:
    """The placeholders that a run needs."""
    if id(site) in plan.by_site:
        return plan.by_site[id(site)].inputs
    return {k: p for f in site.fetches for k, p in f.inputs.items()}


def needs_function(site: Site) -> bool:
    """Whether a run computes anything that is not there already."""
    from .families import elements

    if elements.only(site) is not None:
        return False
    return not all(f.kind == "state" or _is_nothing(site, f) or _in_place(site, f) for f in site.fetches)


def _is_nothing(site: Site, fetch: Fetch) -> bool:
    """Whether a fetch needs no counterpart: an initializer, what nobody reads, or a summary that nobody writes."""
    return fetch.kind in ("init", "unread") or (fetch.kind == "summary" and site.write is None)


def _in_place(site: Site, fetch: Fetch) -> bool:
    """Whether a fetch is an expression over variables and Python values alone: a function would freeze the latter when traced."""
    return (
        not site.feeds
        and site.opaque is None
        and not fetch.uses
        and not fetch.inputs
        and fetch.kind in ("tensor", "value", "effect", "nest")
    )


def _function(site: Site) -> Function:
    from .families import elements

    feeds = dict(site.feeds)
    fetches = [f for f in site.fetches if not _is_nothing(site, f)]
    uses: dict[str, frozenset[Statement]] = {}
    inputs: dict[str, Placeholder] = {}
    touched: dict[str, State] = {}
    for fetch in fetches:
        for key, makers in fetch.uses.items():
            uses[key] = uses.get(key, frozenset()) | makers
        inputs.update(fetch.inputs)
        touched.update(fetch.touched)
    body = closure(uses, feeds)
    for statement in body:
        inputs.update(statement.inputs)
        touched.update(statement.touched)
    trains = [t for s in body for t in s.trains] + [
        f.value for f in fetches if f.kind == "train" and isinstance(f.value, Train) and not f.uses
    ]
    _ambiguous(site, fetches, trains)
    _metrics_apart(site, body, touched)
    given = [n for e in elements.taken(inputs, site) for n in e.names]
    needed = _needed(body, fetches, feeds)
    parameters = [k for k in feeds if k in needed or k in inputs or site.opaque is not None or not _pure(feeds[k])]
    parameters = elements.in_order([*given, *parameters], inputs)
    inputs.update(_fed_in_vain(site, parameters, inputs))
    constants = _constants(site, {k: p for k, p in inputs.items() if k not in given}, feeds)
    if site.borrowed is not None:
        body = [s for s in body if s.region is site.region]
    made = Function(
        "", [p for p in parameters if p not in constants], constants, body, fetches, trains, [site], inputs, touched
    )
    made.borrowed = site.borrowed
    _set_summaries(made, site)
    return made


def _fed_in_vain(site: Site, parameters: list[str], inputs: dict[str, Placeholder]) -> dict[str, Placeholder]:
    """Placeholders that a run feeds and does not need: they have a type, too."""
    assert site.region is not None
    found = {k: site.region.environment.find(k) for k in parameters if k not in inputs}
    return {k: b.value for k, b in found.items() if b is not None and isinstance(b.value, Placeholder)}


def _set_summaries(function: Function, site: Site) -> None:
    """Statements that do nothing but summarise come last, in one block."""
    function.write = site.write
    if site.write is None:
        return
    wanted = _written(function)
    read = {k for s in function.body if not s.summarises for k in s.uses}
    read |= {k for f in function.fetches if f.kind != "summary" for k in f.uses}
    function.summaries = [s for s in function.body if s.summarises and not s.defines & read]
    function.body = [s for s in function.body if s not in function.summaries]
    for statement in function.summaries if function.trains else []:
        if statement.summarises_numbers and any(
            s.kind == "variable" and s.trainable for s in statement.touched.values()
        ):
            raise Refusal(
                statement.node,
                "a variable is summarised by a run that changes it, and TensorFlow 1 does not say which comes first",
                "fetch the summaries in a run of their own",
            )
    around = [s for s in function.body if s.summarises]
    function.writes_around = bool(wanted & set(around))
    if function.writes_around and set(around) - wanted:
        raise Refusal(site.node, "a run writes a part of the summaries on the way to what it computes")
    names = {k for s in function.statements for k in (*s.reads, *s.uses, *s.defines)} | set(function.parameters)
    function.step = "step" if "step" not in names else "summary_step"


def _written(function: Function) -> set[Statement]:
    """The statements whose summaries the run fetches."""
    found: set[Statement] = set()
    todo = [m for f in function.fetches if f.kind == "summary" for ms in f.uses.values() for m in ms if m.summarises]
    while todo:
        statement = todo.pop()
        found.add(statement)
        todo += [m for k in statement.merges for m in statement.uses.get(k, ())]
    return found


def _needed(body: list[Statement], fetches: list[Fetch], fed: dict[str, ast.expr]) -> set[str]:
    """Names of fed tensors that are no placeholders and are read."""
    parts: list[Statement | Fetch] = [*body, *fetches]
    read = {k for p in parts for k in (*p.uses, *p.reads)}
    return read & set(fed)


def _constants(site: Site, inputs: dict[str, Placeholder], fed: dict[str, ast.expr]) -> dict[str, str]:
    found = {}
    for key, placeholder in inputs.items():
        if key in fed:
            value = fed[key]
            if isinstance(value, ast.Constant) and isinstance(value.value, bool) and site.opaque is None:
                found[key] = repr(value.value)
            elif placeholder.dtype.endswith("bool"):
                raise Refusal(value, "a boolean is fed whose value is not literal")
        elif placeholder.default is not None:
            found[key] = placeholder.default
        else:
            raise Refusal(site.node, f"the placeholder `{key}` is needed here and not fed")
    return found


def _ambiguous(site: Site, fetches: list[Fetch], trains: list[Train]) -> None:
    """TensorFlow 1 does not say whether a variable is read before or after a training step of the same run."""
    read = [leaf for f in fetches if f.kind in ("state", "nest") for leaf in leaves(f.value)]
    if trains and any(isinstance(leaf, State) for leaf in read):
        raise Refusal(site.node, "a variable is fetched together with an operation that changes it")


def _metrics_apart(site: Site, body: list[Statement], touched: dict[str, State]) -> None:
    """Nor whether the value of a metric is one before or after the batch that the same run counts."""
    counted = {id(c.value) for s in body for c in s.created}
    if any(s.kind == "metric" and id(s) in counted for s in touched.values()):
        raise Refusal(site.node, "the value of a metric is fetched together with the operation that updates it")


def _pure(node: ast.expr) -> bool:
    return not any(isinstance(n, (ast.Call, ast.Await, ast.Yield, ast.NamedExpr)) for n in ast.walk(node))


def _key(function: Function) -> object:
    """What tells whether two runs can share a function."""
    fetched = tuple((f.kind, _identity(f)) for f in function.fetches)
    writer = function.write.writer if function.write is not None else ""
    return fetched, tuple(sorted(function.parameters)), tuple(sorted(function.constants.items())), writer


def _identity(fetch: Fetch) -> object:
    """What a fetch asks for, however it reaches it."""
    uses = tuple(sorted((k, tuple(sorted(m.index for m in ms))) for k, ms in fetch.uses.items()))
    if isinstance(fetch.node, (ast.Name, ast.Attribute)) and len(uses) == 1:
        return uses
    return uses, ast.unparse(fetch.node)


def _name(plan: Plan, region: Region) -> None:
    """Names that say what a function is for."""
    for function in plan.functions:
        function.name = titles.of(function, region)


def _share(plan: Plan, region: Region) -> None:
    """What several functions compute alike becomes one helper."""
    candidates = [f for f in plan.functions if _shareable(f)]
    if len(candidates) < 2:
        return
    common = set(candidates[0].body)
    for function in candidates[1:]:
        common &= set(function.body)
    common = {s for s in common if not s.trains and not s.gradients}
    body = sorted(common, key=lambda s: s.index)
    body = [s for s in body if all(m in common for ms in s.uses.values() for m in ms)]
    if len(body) < 2:
        return
    outputs = _outputs(body, candidates)
    inputs = dict.fromkeys(k for s in body for k in s.inputs)
    helper = Helper(region.fresh("forward"), list(inputs), body, outputs)
    plan.helpers.append(helper)
    for function in candidates:
        function.helper = helper


def _shareable(function: Function) -> bool:
    elements = {n for p in function.inputs.values() if p.element is not None for n in p.element.names}
    cut = set(function.parameters) - set(function.inputs) - elements
    return bool(function.body) and not cut and not function.makes_dataset


def _outputs(body: list[Statement], functions: list[Function]) -> list[str]:
    inside = set(body)
    found: dict[str, None] = {}
    for function in functions:
        for statement in function.statements:
            if statement not in inside:
                found.update({k: None for k, ms in statement.uses.items() if ms & inside})
        for fetch in function.fetches:
            found.update({k: None for k, ms in fetch.uses.items() if ms & inside})
    order = {k: s.index for s in body for k in s.defines}
    return sorted((k for k in found if k in order), key=lambda k: order[k])


def _check(plan: Plan, region: Region) -> None:
    """Names that moved code reads must not be bound anew later: it would read them when it runs, not where it stood."""
    bound: dict[str, list[Statement]] = {}
    for statement in region.statements:
        for key in statement.defines:
            bound.setdefault(key, []).append(statement)
    for function in plan.functions:
        for statement in function.statements:
            for key in statement.reads:
                later = [
                    s for s in bound.get(key, []) if s.index > statement.index and s.kind != "graph" and _same_scope(s)
                ]
                if later:
                    raise Refusal(later[0].node, f"`{key}` is bound anew here, and the graph has read it before")


def _same_scope(statement: Statement) -> bool:
    """Whether a statement binds names of the region itself, not of a function in it."""
    here: Statement | None = statement.parent
    while here is not None:
        if isinstance(here.node, ast.FunctionDef):
            return False
        here = here.parent
    return True
