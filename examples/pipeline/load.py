"""A load generator on loopback: so many connections that ask again as soon as they are answered."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass

import aiohttp
import numpy as np

from . import data


@dataclass(frozen=True)
class Load:
    """What a load found: answered requests, failed ones, requests per second, the median and the 99th percentile of seconds per request."""

    answered: int
    failed: int
    rate: float
    median: float
    p99: float


async def generate(url: str, seconds: float, connections: int = 32) -> Load:
    """Ask for predictions of one digit each, for some seconds."""
    images, _ = data.arrays(data.span(data.EVALUATION))
    bodies = [json.dumps({"instances": [row.tolist()]}).encode() for row in images]
    took: list[float] = []
    failed = 0
    until = time.perf_counter() + seconds

    async def ask(session: aiohttp.ClientSession, mine: Sequence[bytes]) -> None:
        nonlocal failed
        number = 0
        while time.perf_counter() < until:
            began = time.perf_counter()
            try:
                async with session.post(f"{url}/v1/models/digits:predict", data=mine[number % len(mine)]) as response:
                    found = json.loads(await response.read())
                if response.status != 200 or len(found["predictions"]) != 1:
                    failed += 1
                    continue
            except (aiohttp.ClientError, ValueError, KeyError):
                failed += 1
                continue
            took.append(time.perf_counter() - began)
            number += 1

    began = time.perf_counter()
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), headers={"Content-Type": "application/json"}
    ) as session:
        await asyncio.gather(*(ask(session, bodies[i::connections]) for i in range(connections)))
    passed = time.perf_counter() - began
    median, p99 = np.quantile(took, [0.5, 0.99]) if took else (float("nan"), float("nan"))
    return Load(len(took), failed, len(took) / passed, float(median), float(p99))
