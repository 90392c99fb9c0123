"""``python -m tests.lessons [--jobs N] [--open] [NUMBER …]``: execute lessons and print a table of their times."""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ThreadPoolExecutor

from tests.lessons.execute import execute
from tf2kit.lessons.course import lessons


def main() -> int:
    """Returns 1 when a lesson has problems."""
    parser = argparse.ArgumentParser(prog="python -m tests.lessons", description=__doc__)
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time (default: 2)")
    parser.add_argument("--open", action="store_true", help="leave all exercises open, as a learner has them first")
    parser.add_argument("--show", action="store_true", help="print all that a learner would read")
    parser.add_argument("numbers", nargs="*", help="lessons (default: all)")
    args = parser.parse_args()
    keys = [number.zfill(2) for number in args.numbers] or list(lessons())
    begin, bad = time.perf_counter(), 0
    with ThreadPoolExecutor(args.jobs) as pool:
        for key, outcome in zip(keys, pool.map(lambda key: execute(key, not args.open), keys), strict=True):
            slow = "; ".join(f"{seconds} s: {line}" for seconds, line in outcome.slowest)
            used = f"{outcome.seconds:6.1f} s, {outcome.processor:5.1f} s of a processor"
            print(f"{key}  {used}  {'FAILED' if outcome.problems else 'good'}  ({slow})", flush=True)
            if args.show:
                print(outcome.printed)
            for problem in outcome.problems:
                print(f"      {problem}")
            bad += bool(outcome.problems)
    print(f"{len(keys)} lessons in {time.perf_counter() - begin:.0f} s, {bad} with problems")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
