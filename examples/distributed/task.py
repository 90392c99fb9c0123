"""What part a process plays in a cluster.

TF_CONFIG is the variable in which TensorFlow expects the addresses of a cluster and the task of this process. The launcher of this folder
sets it on one machine, Kubeflow's Training Operator on a cluster; in a pod of Kubeflow Trainer it is made here from the pod's number.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """The part of this process: its kind (chief, worker, ps) and number; ("worker", 0) when there is no cluster."""

    kind: str
    index: int

    @classmethod
    def of_this_process(cls) -> Task:
        """What TF_CONFIG says; it is set first where only the pod's number is known."""
        if "TF_CONFIG" not in os.environ and "CLUSTER_HOSTS" in os.environ:
            os.environ["TF_CONFIG"] = from_pod(os.environ["CLUSTER_HOSTS"], int(os.environ["JOB_COMPLETION_INDEX"]))
        task = json.loads(os.environ.get("TF_CONFIG", "{}")).get("task", {})
        return cls(task.get("type", "worker"), int(task.get("index", 0)))

    @property
    def is_chief(self) -> bool:
        """Whether this process writes what all share; without a task of that kind the first worker does."""
        return self.kind == "chief" or (self.kind == "worker" and self.index == 0)

    @property
    def heartbeat(self) -> str:
        """The file that this task touches after each step."""
        return f"heartbeat-{self.kind}-{self.index}"


def from_pod(hosts: str, index: int) -> str:
    """TF_CONFIG for pod number `index` of an indexed job whose pods are reached at `hosts`, with commas between them."""
    return json.dumps({"cluster": {"worker": hosts.split(",")}, "task": {"type": "worker", "index": index}})
