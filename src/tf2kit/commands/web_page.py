"""``--report FILE``: the outcome of a command as one HTML page."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..cli_errors import UsageError
from ..terminal import Output

if TYPE_CHECKING:
    from tf2kit.migrate.report.model import Report
    from tf2kit.migrate.verify.model import Verification


def write(path: str, report: Report | None, err: Output, verification: Verification | None = None) -> None:
    """Write the page and say where it is.

    Raises:
      UsageError: the file cannot be written.
    """
    from tf2kit.migrate import atomic
    from tf2kit.migrate.report import html

    page = html.render(report, verification).encode("utf-8", "backslashreplace")
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        atomic.replace(path, page, sync=False)
    except OSError as error:
        raise UsageError(f"--report: {path} cannot be written ({error.strerror}); name another file") from None
    err.line(f"tf2kit: the page is {path}; open it in a browser.")
