"""The command line of the pipeline."""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

FOLDER = Path("build/pipeline")


def sample(args: argparse.Namespace) -> int:
    """Write a batch of raw data as CSV."""
    from . import data

    print(f"{args.output}: {data.write(args.output, args.span, args.fault)} rows")
    return 0


def run(args: argparse.Namespace) -> int:
    """Take a batch to a served model; exit code 1 when a stage stops it."""
    from . import stages

    try:
        stages.run(
            args.batch, _registry(args), args.epochs, lambda stage, text: print(f"{stage:17} {text}", flush=True)
        )
    except stages.StoppedError as stopped:
        print(f"{stopped.stage:17} stopped:")
        for reason in stopped.reasons[:10]:
            print(f"{'':17} - {reason}")
        if len(stopped.reasons) > 10:
            print(f"{'':17} and {len(stopped.reasons) - 10} more")
        print(f"{'':17} What is served stays as it is.")
        return 1
    return 0


def rollback(args: argparse.Namespace) -> int:
    """Serve again what was served before."""
    left, back = _registry(args).rollback()
    print(f"version {back} is served again, in place of {left}")
    return 0


def serve(args: argparse.Namespace) -> int:
    """Serve the model over HTTP until Ctrl-C; follows what `run` and `rollback` do."""
    from aiohttp import web

    from . import serving

    server = serving.Server(_registry(args), serving.constant if args.constant else serving.load)
    web.run_app(
        server.application(),
        host=args.host,
        port=args.port,
        print=lambda _: print(f"version {server.version} on http://{args.host}:{args.port}", flush=True),
        access_log=None,
    )
    return 0


def bench(args: argparse.Namespace) -> int:
    """The rate of the server with its model next to the same server returning a constant, in turns; their ratio."""
    from . import load

    rates: dict[str, list[float]] = {"constant": [], "model": []}
    for _ in range(args.rounds):
        for name, found in rates.items():
            extra = ["--constant"] if name == "constant" else []
            command = [
                sys.executable,
                "-m",
                "examples.pipeline",
                "serve",
                "--folder",
                str(args.folder),
                "--port",
                str(args.port),
                *extra,
            ]
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
                try:
                    assert process.stdout is not None
                    if not process.stdout.readline():
                        raise ValueError(f"the server did not start; `{' '.join(command[1:])}` says why")
                    result = asyncio.run(load.generate(f"http://127.0.0.1:{args.port}", args.seconds))
                finally:
                    process.terminate()
            found.append(result.rate)
            print(
                f"{name:9} {result.rate:7.0f} requests/s  median {1000 * result.median:5.1f} ms  "
                f"p99 {1000 * result.p99:5.1f} ms  failed {result.failed}",
                flush=True,
            )
    ratio = max(rates["model"]) / max(rates["constant"])
    print(f"the model is served at {ratio:.2f} of the rate of a constant")
    return 0


def _registry(args: argparse.Namespace):
    from .registry import Registry

    return Registry(args.folder / "models")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m examples.pipeline", description="From raw data to a served model.")
    commands = parser.add_subparsers(dest="command", required=True)

    def command(action, *, folder: bool = True) -> argparse.ArgumentParser:
        one = commands.add_parser(action.__name__, help=action.__doc__, description=action.__doc__)
        one.set_defaults(action=action)
        if folder:
            one.add_argument("--folder", type=Path, default=FOLDER, help=f"of the models (default: {FOLDER})")
        return one

    one = command(sample, folder=False)
    one.add_argument("output", type=Path)
    one.add_argument("--span", type=int, choices=(1, 2), default=1)
    one.add_argument(
        "--fault", choices=("scale", "unlabelled", "column", "skew"), help="spoil it, as data are spoiled in real life"
    )
    one = command(run)
    one.add_argument("batch", type=Path, help="a CSV file")
    one.add_argument("--epochs", type=int, default=15)
    command(rollback)
    one = command(serve)
    one.add_argument("--host", default="127.0.0.1")
    one.add_argument("--port", type=int, default=8501)
    one.add_argument("--constant", action="store_true", help="answer without a model, to measure what the rest costs")
    one = command(bench)
    one.add_argument("--port", type=int, default=8501)
    one.add_argument("--seconds", type=float, default=5.0)
    one.add_argument("--rounds", type=int, default=3)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 2 with a sentence for what cannot work."""
    args = _parser().parse_args(arguments)
    try:
        return int(args.action(args))
    except (ValueError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
