"""The server: TensorFlow Serving's REST interface for one model, batching, a health check, and a change of versions that nobody notices.

POST /v1/models/digits:predict   {"instances": [[64 numbers], …]} → {"predictions": [[10 numbers], …]}
GET  /v1/models/digits           which version is served
GET  /healthz                    200 while the model answers
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import numpy as np
from aiohttp import web

from .batching import Batcher, Predict
from .registry import Registry

POLL = 0.2  # seconds between two looks at which version is to be served
LARGEST = 256  # rows of a request
_ONE = np.zeros((1, 64), "float32")


def load(folder: Path) -> Predict:
    """The function of a SavedModel, ready: it has been called once."""
    import tensorflow as tf

    model = tf.saved_model.load(str(folder))  # whose variables live as long as it does

    def predict(rows: np.ndarray) -> np.ndarray:
        found: np.ndarray = model.serve(tf.constant(rows)).numpy()
        return found

    predict(_ONE)
    return predict


def constant(folder: Path) -> Predict:
    """No model: the same answer to everything. What the server costs without one."""
    del folder
    return lambda rows: np.full((len(rows), 10), 0.1, "float32")


class Server:
    """Serves what the registry says; loads another version beside the present one, then changes over between two batches.

    Args:
      loader: makes the function of a version, `load` or `constant`.
    """

    def __init__(self, registry: Registry, loader: Callable[[Path], Predict] = load) -> None:
        version = registry.served
        if version is None:
            raise ValueError(
                f"{registry.folder} has no version to serve. Make one with `python -m examples.pipeline run`."
            )
        self.registry, self.loader, self.version = registry, loader, version
        self.batcher = Batcher(self._load(version))

    def application(self) -> web.Application:
        """The application, for `web.run_app` or a test."""
        app = web.Application(client_max_size=2**22)
        app.router.add_post("/v1/models/digits:predict", self._predict)
        app.router.add_get("/v1/models/digits", self._status)
        app.router.add_get("/healthz", self._health)
        app.cleanup_ctx.append(self._running)
        return app

    def _load(self, version: int) -> Predict:
        return self.loader(self.registry.path(version) / "saved_model")

    async def _running(self, _: web.Application) -> AsyncIterator[None]:
        self.batcher.start()
        watching = asyncio.create_task(self._watch())
        yield
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching
        await self.batcher.stop()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(POLL)
            wanted = self.registry.served
            if wanted is None or wanted == self.version:
                continue
            try:
                self.batcher.predict = await asyncio.to_thread(self._load, wanted)
            except Exception as error:  # a version that cannot be loaded must not end the one that is served
                print(f"version {wanted} could not be loaded, {self.version} goes on: {error}", flush=True)
                continue
            print(f"version {wanted} is served, in place of {self.version}", flush=True)
            self.version = wanted

    async def _predict(self, request: web.Request) -> web.Response:
        try:
            rows = np.asarray((await request.json())["instances"], "float32")
        except (ValueError, TypeError, KeyError) as error:
            return _error(f'the body must be JSON like {{"instances": [[64 numbers]]}}: {error}')
        if rows.ndim != 2 or rows.shape[1] != 64 or not 0 < len(rows) <= LARGEST:
            return _error(f"instances must be 1 to {LARGEST} lists of 64 numbers; their shape is {list(rows.shape)}")
        if not np.isfinite(rows).all():
            return _error("instances hold a value that is no finite number")
        return web.json_response({"predictions": (await self.batcher(rows)).tolist()})

    async def _status(self, _: web.Request) -> web.Response:
        status = {
            "version": str(self.version),
            "state": "AVAILABLE",
            "status": {"error_code": "OK", "error_message": ""},
        }
        return web.json_response({"model_version_status": [status]})

    async def _health(self, _: web.Request) -> web.Response:
        try:
            await asyncio.wait_for(self.batcher(_ONE), 5)
        except Exception as error:
            return web.json_response({"error": f"the model does not answer: {error!r}"}, status=503)
        return web.json_response({"version": self.version})


def _error(text: str) -> web.Response:
    return web.Response(status=400, text=json.dumps({"error": text}), content_type="application/json")
