"""``python -m tf2kit.tfjs.demo FOLDER``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tf2kit.export import ExportError


def main(arguments: list[str] | None = None) -> int:
    """Build the page; 0, or 2 and a sentence."""
    parser = argparse.ArgumentParser(
        prog="python -m tf2kit.tfjs.demo", description="Build the page on which digits are drawn."
    )
    parser.add_argument("folder", type=Path, help="where to put it")
    folder = parser.parse_args(arguments).folder
    from .build import build

    try:
        card = build(folder)
    except ExportError as error:
        print(error.sentence(), file=sys.stderr)
        return 2 if error.usage else 1
    print(f"{folder}/index.html: the model gets {card['accuracy']:.1%} of held-out digits right.")
    print(f"Look at it: python -m http.server --directory {folder} 8000, then http://localhost:8000")
    return 0


if __name__ == "__main__":
    sys.exit(main())
