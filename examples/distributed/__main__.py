"""The command line: train in this process, launch a local cluster, compare results, ask whether a run is alive, write manifests."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

FOLDER = Path("build/distributed")
STRATEGIES = ("one", "mirrored", "multiworker", "ps")


def train(args: argparse.Namespace) -> int:
    """Train in this process, with the part that TF_CONFIG gives it."""
    from . import strategies, training
    from .task import Task

    task = Task.of_this_process()
    if args.strategy == "ps" and task.kind in ("worker", "ps"):
        strategies.serve()
        return 0
    args.folder.mkdir(parents=True, exist_ok=True)
    settings = training.Settings(args.steps, args.batch, args.seed, args.folder, args.save_every, args.pause)
    trainer = training.Trainer(
        strategies.make(args.strategy, args.devices), settings, task, _reporter(args, args.folder / task.heartbeat)
    )
    (trainer.train_with_servers if args.strategy == "ps" else trainer.train)()
    accuracy = trainer.finish()
    if task.is_chief:
        print(f"accuracy on {training.HELD_OUT} digits that were held out: {accuracy:.3f}", flush=True)
    return 0


def _reporter(args: argparse.Namespace, heartbeat: Path) -> Callable[[int, float], None]:
    """Prints steps, all of them as JSON for a launcher or some for a person, and renews the heartbeat file."""

    def report(step: int, loss: float) -> None:
        heartbeat.touch()
        if "TF_CONFIG" in os.environ:
            print(json.dumps({"step": step, "loss": loss}), flush=True)
        elif step % args.save_every == 0 or step == args.steps:
            print(f"step {step} of {args.steps}  loss {loss:.4f}", flush=True)

    return report


def launch(args: argparse.Namespace) -> int:
    """Start a cluster on this machine; afterwards compare its result with that of a single process."""
    from . import cluster
    from .view import View

    if args.workers < 1:
        raise ValueError(f"--workers {args.workers}: a cluster needs at least one worker.")
    command = ["-m", "examples.distributed", "train", "--strategy", args.strategy, *_common(args)]
    with View(args.steps, args.save_every) as view:
        code = cluster.Cluster(
            args.strategy,
            cluster.tasks(args.strategy, args.workers),
            command,
            args.folder / "logs",
            view,
            args.restarts,
        ).run()
        if code or args.strategy == "ps" or args.no_check:
            return code
        view.event("For comparison: the same run in a single process.")
    alone = args.folder / "single"
    single = [
        "-m",
        "examples.distributed",
        "train",
        *_common(argparse.Namespace(**{**vars(args), "folder": alone, "pause": 0.0})),
    ]
    with (args.folder / "logs" / "single.log").open("w", encoding="utf-8") as log:
        subprocess.run([sys.executable, *single], check=True, stdout=log, stderr=log)
    return compare(argparse.Namespace(first=args.folder / "weights.npz", second=alone / "weights.npz", tolerance=1e-5))


def compare(args: argparse.Namespace) -> int:
    """Whether two results are the same network."""
    import numpy as np

    first, second = np.load(args.first), np.load(args.second)
    difference = max(float(np.max(np.abs(first[name] - second[name]))) for name in first.files)
    same = difference <= args.tolerance
    print(
        f"largest difference of a weight: {difference:.1e} ({'the same' if same else 'NOT the same'} to {args.tolerance:.0e})"
    )
    return 0 if same else 1


def alive(args: argparse.Namespace) -> int:
    """A health probe: exit code 0 while steps are made, 1 when the last one is too long ago or there was none."""
    from .task import Task

    heartbeat = args.folder / Task.of_this_process().heartbeat
    if not heartbeat.exists():
        print(f"no step yet: there is no {heartbeat}")
        return 1
    age = time.time() - heartbeat.stat().st_mtime
    print(f"last step {age:.0f} s ago")
    return 0 if age <= args.within else 1


def manifest(args: argparse.Namespace) -> int:
    """Print the manifests of the same run on a cluster."""
    from . import manifests

    names = [field.name for field in dataclasses.fields(manifests.Job)]
    print(manifests.render(manifests.Job(**{name: getattr(args, name) for name in names})), end="")
    return 0


def _common(args: argparse.Namespace) -> list[str]:
    named = ("steps", "batch", "seed", "folder", "save_every", "pause", "devices")
    return [word for name in named for word in (f"--{name.replace('_', '-')}", str(getattr(args, name)))]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m examples.distributed", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, run in (("train", train), ("launch", launch)):
        one = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        one.set_defaults(run=run)
        names = STRATEGIES if name == "train" else STRATEGIES[2:]
        one.add_argument("--strategy", choices=names, default=names[0])
        one.add_argument("--devices", type=int, default=2, help="replicas of mirrored (default: 2)")
        one.add_argument("--steps", type=int, default=300, help="steps of the optimizer (default: 300)")
        one.add_argument(
            "--batch", type=int, default=64, help="examples per step, of all workers together (default: 64)"
        )
        one.add_argument("--seed", type=int, default=7)
        one.add_argument(
            "--folder",
            type=Path,
            default=FOLDER,
            help=f"for checkpoints and results (default: {FOLDER}); what it holds is gone on with",
        )
        one.add_argument(
            "--save-every", type=int, default=50, metavar="STEPS", help="steps between checkpoints (default: 50)"
        )
        one.add_argument(
            "--pause",
            type=float,
            default=0.0,
            metavar="SECONDS",
            help="wait after each step, so that there is time to kill a worker",
        )
        if name == "launch":
            one.add_argument("--workers", type=int, default=2)
            one.add_argument("--restarts", type=int, default=3, help="deaths that are survived (default: 3)")
            one.add_argument("--no-check", action="store_true", help="do not compare with a single process afterwards")
    one = commands.add_parser("compare", help=compare.__doc__, description=compare.__doc__)
    one.set_defaults(run=compare)
    one.add_argument("first", type=Path)
    one.add_argument("second", type=Path)
    one.add_argument("--tolerance", type=float, default=1e-5)
    one = commands.add_parser("alive", help=alive.__doc__, description=alive.__doc__)
    one.set_defaults(run=alive)
    one.add_argument("--folder", type=Path, default=FOLDER)
    one.add_argument(
        "--within", type=float, default=120.0, metavar="SECONDS", help="how long a step may take (default: 120)"
    )
    _add_manifest(commands)
    return parser


def _add_manifest(commands: Any) -> None:
    one = commands.add_parser("manifest", help=manifest.__doc__, description=manifest.__doc__)
    one.set_defaults(run=manifest)
    one.add_argument("name", help="of the job")
    one.add_argument("--team", required=True, help="whose namespace and queue it uses")
    one.add_argument("--image", required=True, help="a container image that holds this project")
    one.add_argument(
        "--api",
        default="v2",
        help="v1 (TFJob of the Training Operator) or v2 (TrainJob of Kubeflow Trainer, the default)",
    )
    one.add_argument("--scheduler", default="kueue", help="kueue (default) or volcano")
    one.add_argument("--strategy", default="multiworker", help="multiworker (default) or ps")
    one.add_argument("--memory", default="16Gi", help="of each pod (default: 16Gi)")
    for name, default, what in (
        ("workers", 2, "how many"),
        ("gpus", 1, "of each worker"),
        ("cpus", 4, "of each pod"),
        ("quota", 8, "GPUs that the team may use at once"),
        ("steps", 300, "of the optimizer"),
        ("batch", 64, "examples per step, of all workers together"),
    ):
        one.add_argument(f"--{name}", type=int, default=default, help=f"{what} (default: {default})")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 2 with a sentence for what cannot work."""
    args = _parser().parse_args(arguments)
    try:
        return int(args.run(args))
    except (ValueError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
