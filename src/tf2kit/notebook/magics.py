"""``%tensorflow_version``, ``%%tf1`` and ``%%migrate``."""

from __future__ import annotations

import sys

from .session import LOADED, Session, too_late, usage_error
from .show import Shown

_AVAILABLE = "Currently selected TF version: {}\nAvailable versions:\n* 1.x\n* 2.x"
_STAYS = f"{LOADED}\nUntil then it stays in graph mode and with Keras 2; cells are no longer migrated."


def register(session: Session) -> None:
    """Give the shell of ``session`` the magics."""
    magics = _Magics(session)
    add = session.shell.register_magic_function
    add(magics.tensorflow_version, "line", "tensorflow_version")
    add(magics.tf1, "cell", "tf1")
    add(magics.migrate, "cell", "migrate")


class _Magics:
    def __init__(self, session: Session) -> None:
        self._session = session

    def tensorflow_version(self, line: str) -> None:
        """Choose the version of TensorFlow that the following cells are written for: ``1.x`` or ``2.x``.

        Without an argument, say which it is. With ``1.x``, cells, and modules that they import from source files outside site-packages,
        are migrated in memory before they run on the installed TensorFlow. Choose before TensorFlow is imported.
        """
        wanted = line.split("#")[0].strip().strip("'\"").removeprefix("v")
        if not wanted:
            print(_AVAILABLE.format(self._session.version))
            return
        version = f"{wanted[0]}.x"
        if version not in ("1.x", "2.x"):
            raise usage_error(f"`%tensorflow_version` takes 1.x or 2.x, not {line.strip()!r}")
        if wanted != version:
            print("`%tensorflow_version` only switches the major version: 1.x or 2.x.")
            print(f"You set: `{line.strip()}`. This will be interpreted as: `{version}`.\n")
        if version == self._session.version:
            print(f"TensorFlow {version} is already selected.")
            return
        if version == "1.x" and too_late():
            self._session.refuse()
        self._session.select(version)
        print(f"TensorFlow {version} selected.")
        if version == "2.x" and "tensorflow" in sys.modules:
            print(_STAYS)

    def tf1(self, line: str, cell: str) -> None:
        """Run this cell as TensorFlow 1: it is migrated in memory. ``%tensorflow_version 1.x`` does so for all cells."""
        # cells that begin with the magic never come here, see Session; this is for programs that call it
        self._session.shell.run_cell(f"%%tf1 {line}\n{cell}").raise_error()

    def migrate(self, line: str, cell: str) -> None:  # noqa: ARG002 (a cell magic has both)
        """Show what this cell becomes on TensorFlow 2, as a diff with what is left to do, and put it into the next cell. Nothing runs."""
        from tf2kit.migrate import migrate_cell

        session = self._session
        own = cell.removesuffix("\n")
        migrated = migrate_cell(own, session.names.known(own, shown=True), session.eager, alone=True)
        session.names.show(migrated.known)
        Shown(own, migrated).show(session.shell)
        if migrated.text != own:
            session.shell.set_next_input(migrated.text)
