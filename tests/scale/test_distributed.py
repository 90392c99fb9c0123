"""Training on several devices, several workers and parameter servers: real processes, some of them killed."""

import json
import os
import re
import signal
import subprocess
import sys

import numpy as np
import pytest

pytestmark = pytest.mark.slow

_COMMAND = [sys.executable, "-m", "examples.distributed"]


def _run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*_COMMAND, *map(str, arguments)], capture_output=True, text=True)


def _launch_and_kill(victim: str, when: str, *arguments: object) -> tuple[int, str]:
    """Launch a cluster and kill -9 the task `victim` when a line matches `when`; the exit code and what was printed."""
    command = [*_COMMAND, "launch", *map(str, arguments)]
    said: list[str] = []
    killed = False
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            if not killed and re.match(when, line):
                pids = [m[1] for s in said if (m := re.match(rf"{victim}  started as process (\d+)", s))]
                os.kill(int(pids[-1]), signal.SIGKILL)
                killed = True
    assert killed
    return process.returncode, "".join(said)


def test_a_killed_worker_costs_time_and_changes_nothing(tmp_path):
    arguments = ["--folder", tmp_path, "--steps", 90, "--save-every", 30, "--pause", 0.05]
    code, said = _launch_and_kill("worker 1", "worker 1  step 60", *arguments)
    assert code == 0, said  # 0 means that the weights are those of a single process to 1e-5
    assert "worker 1 was ended by SIGKILL" in said
    assert "(the same to 1e-05)" in said
    assert len(re.findall("worker 0  started", said)) == 2


def test_steps_of_a_killed_worker_are_done_by_the_others_when_there_are_parameter_servers(tmp_path):
    arguments = ["--folder", tmp_path, "--strategy", "ps", "--steps", 300, "--save-every", 30]
    code, said = _launch_and_kill("worker 1", "chief 0  step 30 ", *arguments)
    assert code == 0, said
    assert "worker 1 was ended by SIGKILL" in said
    result = json.loads((tmp_path / "result.json").read_text())
    assert result["steps"] == 300
    assert result["accuracy"] > 0.85


def test_two_devices_train_the_network_that_one_trains(tmp_path):
    for strategy in ("one", "mirrored"):
        done = _run("train", "--strategy", strategy, "--steps", 60, "--folder", tmp_path / strategy)
        assert done.returncode == 0, done.stderr
    done = _run("compare", tmp_path / "one" / "weights.npz", tmp_path / "mirrored" / "weights.npz")
    assert done.returncode == 0, done.stdout
    with np.load(tmp_path / "one" / "weights.npz") as weights:
        moved = {name: weights[name] + 1e-3 for name in weights.files}
    np.savez(tmp_path / "moved.npz", **moved)
    assert _run("compare", tmp_path / "one" / "weights.npz", tmp_path / "moved.npz").returncode == 1


def test_a_batch_that_the_workers_cannot_share_is_no_reason_to_start_again(tmp_path):
    done = _run("launch", "--batch", 63, "--folder", tmp_path)
    assert done.returncode == 2
    assert "A batch of 63 cannot be divided among 2 replicas" in done.stdout
    assert done.stdout.count("worker 0  started") == 1
