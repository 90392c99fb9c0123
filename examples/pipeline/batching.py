"""Requests that come at the same time share one run of the model."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

Predict = Callable[[np.ndarray], np.ndarray]


class Batcher:
    """Collects rows while the model is busy, and hands them to it together.

    Nobody waits for company: what has arrived when the model becomes free is the next batch.

    Attributes:
      predict: float32 [N, 64] → [N, 10]; may be replaced at any time, and counts from the next batch on.
    """

    def __init__(self, predict: Predict, largest: int = 256) -> None:
        self.predict, self.largest = predict, largest
        self._waiting: asyncio.Queue[tuple[np.ndarray, asyncio.Future[np.ndarray]]] = asyncio.Queue()
        self._thread = ThreadPoolExecutor(1, "model")
        self._task: asyncio.Task[None] | None = None

    async def __call__(self, rows: np.ndarray) -> np.ndarray:
        """The model's answer to these rows."""
        answer: asyncio.Future[np.ndarray] = asyncio.get_running_loop().create_future()
        await self._waiting.put((rows, answer))
        return await answer

    def start(self) -> None:
        """Begin to serve, in the running event loop."""
        self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """End."""
        assert self._task is not None
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        self._thread.shutdown()

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            batch = [await self._waiting.get()]
            while not self._waiting.empty() and sum(len(rows) for rows, _ in batch) < self.largest:
                batch.append(self._waiting.get_nowait())
            try:
                found = await loop.run_in_executor(
                    self._thread, self.predict, np.concatenate([rows for rows, _ in batch])
                )
            except Exception as error:
                for _, answer in batch:
                    if not answer.done():
                        answer.set_exception(error)
                continue
            first = 0
            for rows, answer in batch:
                if not answer.done():  # whoever asked may have gone
                    answer.set_result(found[first : first + len(rows)])
                first += len(rows)
