"""The report as one self-contained HTML page: no network, light and dark, readable with a keyboard and a screen reader.

`view` says what stands on the page, page.html where; `sides` and `chart` draw.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from . import chart, view

if TYPE_CHECKING:
    from ...verify.model import Verification
    from ..model import Report


def render(report: Report | None, verification: Verification | None = None) -> str:
    """The page of a migration, of a verification, or of both.

    Args:
      report: what `tf2kit migrate` did; None when only a verification was made.
      verification: what `tf2kit verify` found; its programs are matched with those of the report by name.
    """
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_text), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )  # fmt: skip
    environment.filters |= {"number": view.number, "prose": view.prose}
    environment.globals |= {"draw": chart.draw, "style": Markup(_text("page.css")), "script": Markup(_text("page.js"))}
    return environment.get_template("page.html").render(page=view.page(report, verification))


def _text(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")
