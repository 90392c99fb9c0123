"""A kernel whose cells run as TensorFlow 1: each cell's text becomes the tree of its migrated text, with the places of the user's own.

IPython parses a cell with ``shell.compile.ast_parse``. That is where we step in: magics have become calls by then, and what is behind it
(the value of the last expression, top-level ``await``, tracebacks, the history) goes on with the user's text.
"""

from __future__ import annotations

import ast
import os
import re
import sys
import types
from typing import Any

from .names import Names

LOADED = "TensorFlow is already loaded. Please restart the runtime to change versions."  # Colab's words
_SELECTED = re.compile(r"^get_ipython\(\)\.run_line_magic\('tensorflow_version', '\D*([12])", re.M)
_TF1 = "#%%tf1"
_SHELL_LINE = re.compile(r"[ \t]*[!%].*\bpip3?\b.*tensorflow")
_TOO_LATE = f"""{LOADED}
This kernel has imported TensorFlow as version 2, with Keras 3. Restart it, and run %load_ext tf2kit and %tensorflow_version 1.x
before the first cell that imports TensorFlow."""
_SHELL_CELL = re.compile(r"%%(?:bash|sh|shell|script|system|sx|!)\b")


class Session:
    """What one shell runs, and as what.

    Attributes:
      shell: the IPython shell. version: "1.x" or "2.x". names: what the names of the notebook stand for.
      eager: whether the notebook has called ``enable_eager_execution``.
    """

    def __init__(self, shell: Any) -> None:
        self.shell = shell
        self.version = "2.x"
        self.eager = False
        self.names = Names(shell.user_ns)
        self._cells: dict[str, tuple[bytes, bytes]] = {}  # by file name: migrated and own text
        self._program: Any = None  # of the modules that cells import; made when it is first needed
        self._finder: Any = None
        self._legacy: str | None = None
        self._parse = shell.compile.ast_parse
        shell.compile.ast_parse = self._ast_parse
        shell.input_transformers_cleanup.append(self._clean)
        shell.events.register("post_run_cell", self._ran)

    def close(self) -> None:
        """Take everything back but TensorFlow itself."""
        self.select("2.x")
        self.shell.compile.ast_parse = self._parse
        self.shell.input_transformers_cleanup.remove(self._clean)
        self.shell.events.unregister("post_run_cell", self._ran)

    def select(self, version: str) -> None:
        """Run the cells from now on, and the modules that they import, as this version."""
        self.version = version
        self._follow(version == "1.x")

    def refuse(self) -> None:
        """Say that this kernel cannot run TensorFlow 1 any more.

        Raises:
          UsageError: always.
        """
        raise usage_error(_TOO_LATE)

    def _follow(self, on: bool) -> None:
        """Switch the import hook and the choice of Keras 2, which TensorFlow looks at once, while it is imported."""
        if on and self._finder is None:
            self._prepare()
        if on and self._finder not in sys.meta_path:
            sys.meta_path.insert(0, self._finder)
            self._legacy = os.environ.get("TF_USE_LEGACY_KERAS")
            os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")
        elif not on and self._finder in sys.meta_path:
            sys.meta_path.remove(self._finder)
            if self._legacy is None and "tensorflow" not in sys.modules:
                os.environ.pop("TF_USE_LEGACY_KERAS", None)

    def _prepare(self) -> None:
        """Make the import hook for the modules of the notebook's folder."""
        from ..runner import autograph, children
        from ..runner.importer import Finder
        from ..runner.places import Places
        from ..runner.program import Program

        self._program = Program(None, Places(os.getcwd()))
        self._program.cells = self._text
        self._program.eager = self.eager
        self._finder = Finder(self._program)
        children.install(self._program)
        if autograph.PARSER in sys.modules:
            autograph.repair(sys.modules[autograph.PARSER], self._program.text)

    def _text(self, name: str) -> tuple[bytes, types.CodeType] | None:
        """The migrated text and the code of the cell that tracebacks call ``name``."""
        from ..runner.lines import placed

        if name not in self._cells:
            return None
        text, own = self._cells[name]
        return text, compile(placed(text, own), name, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)

    # -- what IPython calls ------------------------------------------------------------------------------------------

    def _clean(self, lines: list[str]) -> list[str]:
        """Make ``%%tf1`` a comment, which `_ast_parse` looks for; and install no TensorFlow 1, which nobody can."""
        if lines and re.match(r"%%tf1\b", lines[0]):
            lines = ["#" + lines[0], *lines[1:]]
        if self.version == "1.x" or (lines and lines[0].startswith(_TF1)):
            if lines and _SHELL_CELL.match(lines[0]):
                return [_installable(line) for line in lines]
            return [_installable(line) if _SHELL_LINE.match(line) else line for line in lines]
        return lines

    def _ast_parse(self, source: str, filename: str = "<unknown>", symbol: str = "exec") -> ast.AST:
        once = source.startswith(_TF1)
        selected = _SELECTED.findall(source)
        if symbol != "exec" or not (once or (f"{selected[-1]}.x" if selected else self.version) == "1.x"):
            tree: ast.AST = self._parse(source, filename, symbol)
            return tree
        if once and too_late():
            return ast.parse("get_ipython().tf2kit.refuse()")
        if once:
            self._follow(True)
        return self._migrated(source, filename) or self._parse(source, filename, symbol)

    def _migrated(self, source: str, filename: str) -> ast.AST | None:
        """The tree of the migrated text of a cell; None where the cell stays as it is, or cannot be read: Python will say why."""
        from tf2kit.migrate import migrate_cell

        from ..runner.lines import placed

        cell = migrate_cell(source, self.names.known(source), self.eager)
        self.eager = cell.eager
        if self._program is not None:
            self._program.eager = cell.eager
        self.names.expect(cell.known)
        for told in cell.diagnostics:
            if told.severity.value == "error" and not told.fixed and told.code != "NBK501":
                print(f"tf2kit: line {told.line}: {told.message} ({told.code})", file=sys.stderr)
        if cell.text == source:
            return None
        self._cells[filename] = (cell.text.encode(), source.encode())
        return placed(*self._cells[filename])

    def _ran(self, result: Any) -> None:
        self.names.learn(bool(getattr(result, "success", False)))
        if self.version != "1.x":
            self._follow(False)


def _installable(line: str) -> str:
    from tf2kit.migrate.rules.notebook import pip_install

    return pip_install.rewrite(line) or line


def usage_error(text: str) -> Exception:
    """The error that IPython shows without a traceback."""
    from IPython.core.error import UsageError

    error: Exception = UsageError(text)
    return error


def too_late() -> bool:
    """Whether TensorFlow is loaded with Keras 3: it brings in one of the two while it is imported."""
    return "tensorflow" in sys.modules and "tf_keras" not in sys.modules
