"""Runs that take elements of data sets: which, from which iterator, and how they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..environment import key_of
from ..refusal import Refusal
from ..statements import Site, Statement
from ..values import Element, Handle, Iterator, Placeholder

if TYPE_CHECKING:
    from ..evaluate import Evaluator
    from ..render import Renderer


def handles(self: Evaluator, site: Site) -> None:
    """Feeds that tell which iterator to read are none of the function's: it is given the element."""
    for key, fed in list(site.feeds):
        bound = self.environment.find(key_of(fed) or "")
        value = bound.value if bound is not None else None
        if isinstance(value, Handle):
            if site.opaque is not None:
                raise Refusal(site.node, "the handle of an iterator is fed in a dictionary with a name")
            site.handles[key] = value.iterator
            site.feeds.remove((key, fed))


def taken(inputs: Mapping[str, Placeholder], site: Site) -> list[Element]:
    """The elements that a run takes: those whose tensors it needs and does not feed.

    Raises:
      Refusal: it feeds one part of an element and takes the other.
    """
    given = {key for key, _ in site.feeds}
    found = list(dict.fromkeys(p.element for p in inputs.values() if p.element is not None))
    for element in found:
        needed = {n for n in element.names if n in inputs}
        if not needed & given:
            element.iterator.double |= _read(element.iterator, site).double
        if needed & given and needed - given:
            raise Refusal(site.node, "one part of an element is fed, and the other comes from the data set")
    return [e for e in found if not set(e.names) & given]


def _read(iterator: Iterator, site: Site) -> Iterator:
    """The iterator that a run reads: itself, or the one that its handle stands for."""
    if not iterator.handle:
        return iterator
    if iterator.handle not in site.handles:
        raise Refusal(
            site.node,
            "which data set is read is not known before the program runs",
            "give each data set a run of its own",
        )
    return site.handles[iterator.handle]


def in_order(parameters: list[str], inputs: Mapping[str, Placeholder]) -> list[str]:
    """Parameters with those of elements first, as elements have them."""
    elements = dict.fromkeys(p.element for p in inputs.values() if p.element is not None)
    first = [n for e in elements if e is not None for n in e.names if n in parameters]
    return [*first, *(p for p in parameters if p not in first)]


def only(site: Site) -> Element | None:
    """The element whose tensors are all that a run asks for."""
    values = [f.value for f in site.fetches]
    if site.feeds or site.opaque is not None or not values:
        return None
    elements = [v.element if isinstance(v, Placeholder) else None for v in values]
    names = [v.name for v in values if isinstance(v, Placeholder)]
    first = elements[0]
    if first is None or any(e is not first for e in elements):
        return None
    return first if names == first.names or len(names) == 1 else None


def text_of(element: Element, site: Site, r: Renderer) -> str:
    """The expression that takes an element."""
    path = _read(element.iterator, site).path
    reached = f"{site.receiver}.{path.removeprefix('self.')}" if site.receiver else r.name(path)
    return f"{reached}.get_next()"


def fetched(element: Element, site: Site, r: Renderer) -> str:
    """The expression for a run that asks for nothing but tensors of one element."""
    text = text_of(element, site, r)
    names = [f.value.name for f in site.fetches if isinstance(f.value, Placeholder)]
    return text if names == element.names else f"{text}[{element.names.index(names[0])}]"


def check_sessions(sites: list[tuple[Site, Mapping[str, Placeholder]]]) -> None:
    """A one-shot iterator began anew in every session of TensorFlow 1.

    Args:
      sites: runs, with the placeholders that they need.

    Raises:
      Refusal: two sessions read one.
    """
    read: dict[Iterator, Statement | None] = {}
    for site, inputs in sites:
        for element in taken(inputs, site):
            iterator, session = _read(element.iterator, site), _session(site.statement)
            if iterator.once and read.setdefault(iterator, session) is not session:
                raise Refusal(site.node, "a one-shot iterator is read in two sessions, and began anew in the second")


def _session(statement: Statement) -> Statement | None:
    """The outermost block around a run that is dissolved: that of its session."""
    found, here = None, statement.parent
    while here is not None:
        found, here = here if here.kind == "open" else found, here.parent
    return found
