"""The same run on a cluster: Kubernetes manifests for one training job of one team, from a handful of parameters.

Two forms of Kubeflow's operator: "v1" is a TFJob of the Training Operator, which sets TF_CONFIG itself; "v2" is a TrainJob of Kubeflow
Trainer with a runtime of its own, since Trainer has none for TensorFlow: each pod computes TF_CONFIG from its number (`task.from_pod`).
All-or-nothing scheduling comes from Kueue, which admits the whole job or nothing, or from Volcano, which places all pods or none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

Manifest = dict[str, Any]

PORT = 2222  # of TensorFlow's gRPC servers, by the Training Operator's convention
_GPU = "nvidia.com/gpu"
_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]{0,40}[a-z0-9])?")
_CHOICES = {"strategy": ("multiworker", "ps"), "scheduler": ("kueue", "volcano"), "api": ("v1", "v2")}


@dataclass(frozen=True)
class Job:
    """A training job.

    Attributes:
      name, team: names by Kubernetes' rules; a team has a namespace and a queue.
      image: a container image that holds this project.
      strategy: "multiworker" or "ps" (with one coordinator and one parameter server).
      workers: how many; gpus: of each worker; cpus: of each pod; memory: of each pod, as Kubernetes writes it.
      quota: GPUs that the team may use at once.
      scheduler: "kueue" or "volcano".  api: "v1" or "v2".
      steps, batch: of the training program.
    """

    name: str
    team: str
    image: str
    strategy: str = "multiworker"
    workers: int = 2
    gpus: int = 1
    cpus: int = 4
    memory: str = "16Gi"
    quota: int = 8
    scheduler: str = "kueue"
    api: str = "v2"
    steps: int = 300
    batch: int = 64

    def __post_init__(self) -> None:
        for field, allowed in _CHOICES.items():
            if getattr(self, field) not in allowed:
                raise ValueError(f"{field} is {getattr(self, field)!r}; it must be {' or '.join(allowed)}.")
        for field in ("name", "team"):
            if not _LABEL.fullmatch(getattr(self, field)):
                raise ValueError(
                    f"{field} is {getattr(self, field)!r}; Kubernetes wants small letters, digits and hyphens, at most 42."
                )
        for field in ("workers", "cpus", "steps", "batch"):
            if getattr(self, field) < 1:
                raise ValueError(f"{field} is {getattr(self, field)}; it must be at least 1.")
        if self.gpus * self.workers > self.quota:
            raise ValueError(
                f"{self.workers} workers with {self.gpus} GPUs each need {self.gpus * self.workers}, and the quota of team {self.team} is "
                f"{self.quota}: such a job would wait for ever. Ask for fewer, or raise --quota with whoever owns the cluster."
            )
        if self.api == "v2" and self.strategy == "ps":
            raise ValueError(
                "parameter servers need pods of several kinds, which a TrainJob's trainer does not have; use --api v1."
            )

    @property
    def pods(self) -> int:
        """How many pods must start together."""
        return self.workers + (2 if self.strategy == "ps" else 0)


def render(job: Job) -> str:
    """All manifests as one YAML text: what the team needs once, then the job."""
    return yaml.safe_dump_all([*team(job), *run(job)], sort_keys=False)


def team(job: Job) -> list[Manifest]:
    """Namespace, quota, queue and shared storage of the team; the queue is Kueue's or Volcano's."""
    quota = {f"requests.{_GPU}": str(job.quota)}  # extended resources have no other limit
    storage = {
        "accessModes": ["ReadWriteMany"],  # all workers see the checkpoints
        "resources": {"requests": {"storage": "10Gi"}},
    }
    return [
        _object("v1", "Namespace", job.team),
        _object("v1", "ResourceQuota", f"{job.team}-gpus", job.team, spec={"hard": quota}),
        _object("v1", "PersistentVolumeClaim", "checkpoints", job.team, spec=storage),
        *(_kueue(job) if job.scheduler == "kueue" else _volcano(job)),
    ]


def _kueue(job: Job) -> list[Manifest]:
    kinds = [("cpu", 1000), ("memory", "4Ti"), (_GPU, job.quota)]
    flavor = {"name": "default", "resources": [{"name": name, "nominalQuota": value} for name, value in kinds]}
    queue = {
        "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": job.team}},
        "resourceGroups": [{"coveredResources": [name for name, _ in kinds], "flavors": [flavor]}],
    }
    api = "kueue.x-k8s.io/v1beta2"
    return [
        _object(api, "ResourceFlavor", "default"),
        _object(api, "ClusterQueue", job.team, spec=queue),
        _object(api, "LocalQueue", job.team, job.team, spec={"clusterQueue": job.team}),
    ]


def _volcano(job: Job) -> list[Manifest]:
    return [
        _object(
            "scheduling.volcano.sh/v1beta1",
            "Queue",
            job.team,
            spec={"capability": {_GPU: job.quota}, "reclaimable": True},
        )
    ]


def run(job: Job) -> list[Manifest]:
    """The job itself."""
    return [_tf_job(job)] if job.api == "v1" else [_runtime(job), _train_job(job)]


def _tf_job(job: Job) -> Manifest:
    replicas = {"Worker": job.workers} | ({"Chief": 1, "PS": 1} if job.strategy == "ps" else {})
    # Kueue holds a job back by suspending it; Volcano by the number of pods that must fit
    policy: Manifest = {"cleanPodPolicy": "Running", "backoffLimit": 3}
    if job.scheduler == "kueue":
        policy["suspend"] = True
    else:
        policy["schedulingPolicy"] = {"queue": job.team, "minAvailable": job.pods}
    specs = {
        kind: {"replicas": count, "restartPolicy": "OnFailure", "template": {"spec": _pod(job, kind, "tensorflow")}}
        for kind, count in replicas.items()
    }
    return _object(
        "kubeflow.org/v1",
        "TFJob",
        job.name,
        job.team,
        labels=_queue_label(job),
        spec={"runPolicy": policy, "tfReplicaSpecs": specs},
    )


def _runtime(job: Job) -> Manifest:
    template = {
        "metadata": {"labels": {"trainer.kubeflow.org/trainjob-ancestor-step": "trainer"}},
        "spec": {"template": {"spec": _pod(job, "Worker", "node")}},
    }
    # a group that steps together is started again together
    jobs = {"replicatedJobs": [{"name": "node", "template": template}], "failurePolicy": {"maxRestarts": 3}}
    spec: Manifest = {"mlPolicy": {"numNodes": job.workers}, "template": {"spec": jobs}}
    if job.scheduler == "volcano":
        spec["podGroupPolicy"] = {"volcano": {}}
    name = f"tensorflow-{job.name}"
    return _object("trainer.kubeflow.org/v1alpha1", "TrainingRuntime", name, job.team, spec=spec)


def _train_job(job: Job) -> Manifest:
    spec: Manifest = {
        "runtimeRef": {"apiGroup": "trainer.kubeflow.org", "kind": "TrainingRuntime", "name": f"tensorflow-{job.name}"},
        "trainer": {"numNodes": job.workers, "resourcesPerNode": _resources(job, job.gpus)},
    }
    if job.scheduler == "kueue":
        spec["suspend"] = True
    return _object("trainer.kubeflow.org/v1alpha1", "TrainJob", job.name, job.team, labels=_queue_label(job), spec=spec)


def _pod(job: Job, kind: str, container: str) -> Manifest:
    """The pod of a task: this project's program, its part of the resources, shared checkpoints, a probe."""
    program = ["python", "-m", "examples.distributed", "train", "--strategy", job.strategy, "--folder", "/checkpoints"]
    env = [{"name": "CLUSTER_HOSTS", "value": _hosts(job)}] if job.api == "v2" else []
    spec: Manifest = {
        "containers": [
            {
                "name": container,
                "image": job.image,
                "command": [*program, "--steps", str(job.steps), "--batch", str(job.batch)],
                "env": env,
                "ports": [{"containerPort": PORT, "name": "tfjob-port", "protocol": "TCP"}],
                "resources": _resources(job, job.gpus if kind == "Worker" else 0),
                "volumeMounts": [{"name": "checkpoints", "mountPath": "/checkpoints"}],
                **_probes(job, kind),
            }
        ],
        "volumes": [{"name": "checkpoints", "persistentVolumeClaim": {"claimName": "checkpoints"}}],
    }
    if job.api == "v2":
        spec["restartPolicy"] = "Never"  # the set of jobs restarts, not the pod
    if job.scheduler == "volcano":
        spec["schedulerName"] = "volcano"
    return spec


def _probes(job: Job, kind: str) -> Manifest:
    """Without a sidecar: tasks that step are asked for their last step, tasks that serve for their port."""
    if job.strategy == "ps" and kind != "Chief":
        return {"livenessProbe": {"tcpSocket": {"port": PORT}, "initialDelaySeconds": 60, "periodSeconds": 20}}
    asked = {
        "exec": {
            "command": ["python", "-m", "examples.distributed", "alive", "--folder", "/checkpoints", "--within", "300"]
        }
    }
    # ten minutes for the first step: images, data, tracing
    return {
        "startupProbe": {**asked, "periodSeconds": 20, "failureThreshold": 30, "timeoutSeconds": 10},
        "livenessProbe": {**asked, "periodSeconds": 60, "failureThreshold": 2, "timeoutSeconds": 10},
    }


def _resources(job: Job, gpus: int) -> Manifest:
    each = {"cpu": str(job.cpus), "memory": job.memory} | ({_GPU: str(gpus)} if gpus else {})
    return {"requests": each, "limits": each}


def _hosts(job: Job) -> str:
    """Where the pods of a TrainJob's job set can be reached: JobSet gives them these names."""
    return ",".join(f"{job.name}-node-0-{i}.{job.name}:{PORT}" for i in range(job.workers))


def _queue_label(job: Job) -> dict[str, str]:
    return {"kueue.x-k8s.io/queue-name": job.team} if job.scheduler == "kueue" else {"volcano.sh/queue-name": job.team}


def _object(
    api: str,
    kind: str,
    name: str,
    namespace: str = "",
    labels: dict[str, str] | None = None,
    spec: Manifest | None = None,
) -> Manifest:
    metadata: Manifest = (
        {"name": name} | ({"namespace": namespace} if namespace else {}) | ({"labels": labels} if labels else {})
    )
    return {"apiVersion": api, "kind": kind, "metadata": metadata} | ({"spec": spec} if spec else {})
