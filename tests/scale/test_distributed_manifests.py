"""Manifests of a training job on a cluster, held to the models that the projects publish for Python."""

import itertools
import json
import os
import re
import subprocess
import sys

import kubernetes_validate
import pytest
import yaml

from examples.distributed.manifests import Job, render
from examples.distributed.task import Task, from_pod


def _job(**changes):
    return Job("digits", "vision", "registry/tf2kit:1", **changes)


def _documents(**changes):
    return list(yaml.safe_load_all(render(_job(**changes))))


_ALL = [
    {"api": api, "scheduler": scheduler, "strategy": strategy}
    for api, scheduler, strategy in itertools.product(("v1", "v2"), ("kueue", "volcano"), ("multiworker", "ps"))
    if (api, strategy) != ("v2", "ps")
]


@pytest.mark.parametrize("changes", _ALL, ids=lambda c: "-".join(c.values()))
def test_what_is_rendered_is_what_the_published_models_say(changes):
    from kubeflow.training import ApiClient
    from kubeflow_trainer_api import models

    jobs = 0
    for document in _documents(**changes):
        kind = document["kind"]
        if document["apiVersion"] == "v1":
            kubernetes_validate.validate(document, "1.31", strict=True)
        elif kind == "TFJob":
            client = ApiClient()
            model = client._ApiClient__deserialize(document, "KubeflowOrgV1TFJob")
            # what a model does not know it forgets
            assert client.sanitize_for_serialization(model) == document
            jobs += 1
        elif kind in ("TrainJob", "TrainingRuntime"):
            model = getattr(models, f"TrainerV1alpha1{kind}")
            assert model.from_dict(document).to_dict() == document
            jobs += 1
    assert jobs == (1 if changes["api"] == "v1" else 2)


@pytest.mark.parametrize("changes", _ALL, ids=lambda c: "-".join(c.values()))
def test_pods_are_pods_of_kubernetes(changes):
    pods = []
    for document in _documents(**changes):
        spec = document.get("spec", {})
        pods += [r["template"]["spec"] for r in spec.get("tfReplicaSpecs", {}).values()]
        jobs = spec.get("template", {}).get("spec", {}).get("replicatedJobs", [])
        pods += [j["template"]["spec"]["template"]["spec"] for j in jobs]
    assert pods
    for pod in pods:
        document = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": pod}
        kubernetes_validate.validate(document, "1.31", strict=True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"gpus": 5}, "2 workers with 5 GPUs each need 10, and the quota of team vision is 8"),
        ({"strategy": "mirrored"}, "strategy is 'mirrored'; it must be multiworker or ps"),
        ({"scheduler": "slurm"}, "scheduler is 'slurm'; it must be kueue or volcano"),
        ({"workers": 0}, "workers is 0; it must be at least 1"),
        ({"api": "v2", "strategy": "ps"}, "use --api v1"),
    ],
)
def test_a_wrong_parameter_is_a_sentence(changes, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        _job(**changes)


def test_the_command_ends_with_2_and_a_sentence():
    command = [sys.executable, "-m", "examples.distributed", "manifest", "Digits!", "--team", "vision", "--image", "i"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("error: name is 'Digits!'")
    assert "Traceback" not in done.stderr


def test_all_pods_start_together():
    kueue = next(d for d in _documents(scheduler="kueue", api="v1") if d["kind"] == "TFJob")
    assert kueue["spec"]["runPolicy"]["suspend"] is True
    assert kueue["metadata"]["labels"] == {"kueue.x-k8s.io/queue-name": "vision"}
    volcano = next(d for d in _documents(scheduler="volcano", api="v1", strategy="ps") if d["kind"] == "TFJob")
    assert volcano["spec"]["runPolicy"]["schedulingPolicy"]["minAvailable"] == 4  # a chief, a server, two workers


def test_a_pod_finds_its_task_by_its_number(monkeypatch):
    job = _job(workers=3)
    runtime = next(d for d in yaml.safe_load_all(render(job)) if d["kind"] == "TrainingRuntime")
    container = runtime["spec"]["template"]["spec"]["replicatedJobs"][0]["template"]["spec"]["template"]["spec"][
        "containers"
    ][0]
    hosts = next(e["value"] for e in container["env"] if e["name"] == "CLUSTER_HOSTS")
    assert json.loads(from_pod(hosts, 2))["cluster"]["worker"][2] == "digits-node-0-2.digits:2222"
    monkeypatch.setattr(os, "environ", {"CLUSTER_HOSTS": hosts, "JOB_COMPLETION_INDEX": "2"})
    assert Task.of_this_process() == Task("worker", 2)
