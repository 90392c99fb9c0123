"""The parts of the pipeline that need no TensorFlow: validation, evaluation, registry, batching, serving."""

import asyncio
import json

import numpy as np
import pytest
from aiohttp import test_utils

from examples.pipeline import __main__ as command
from examples.pipeline import data, evaluation, load, serving, validation
from examples.pipeline.batching import Batcher
from examples.pipeline.registry import Registry


def _spoilt(fault):
    return data.FAULTS[fault](data.span(data.SPANS[2]))


def _before():
    return validation.Statistics.of(data.span(data.SPANS[1]))


def test_the_next_span_is_like_the_data_before():
    assert validation.anomalies(data.span(data.SPANS[2]), _before()) == []


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("scale", "break in_range(0, 16)"),
        ("unlabelled", "140 values of column label, break isin(range(0, 10)), for example -1"),
        ("column", "column pixel_20 is missing"),
        ("skew", "digit 7 is 0% of the batch"),
    ],
)
def test_a_fault_is_a_sentence(fault, said):
    found = validation.anomalies(_spoilt(fault), _before())
    assert any(said in sentence for sentence in found), found


def test_a_column_that_nobody_knows_and_a_short_batch_are_anomalies():
    table = data.span(data.SPANS[1])
    assert validation.anomalies(table.assign(extra=1.0), None) == ["column extra is not in the schema"]
    assert validation.anomalies(table.head(99), None) == ["the table breaks: at least 100 rows"]


def test_a_file_that_is_no_table_is_an_error_with_a_sentence(tmp_path, capsys):
    (tmp_path / "empty.csv").write_text("")
    assert command.main(["run", str(tmp_path / "empty.csv"), "--folder", str(tmp_path)]) == 2
    assert "is no CSV table" in capsys.readouterr().err
    assert command.main(["run", str(tmp_path / "none.csv"), "--folder", str(tmp_path)]) == 2
    assert "none.csv" in capsys.readouterr().err


def test_accuracy_is_counted_slice_by_slice():
    images = np.repeat(np.arange(6.0)[:, None], 64, axis=1).astype("float32")  # more and more ink
    labels = np.array([0, 0, 1, 1, 2, 2])
    probabilities = np.eye(10)[[0, 1, 1, 1, 2, 0]]
    found = evaluation.evaluate(probabilities, images, labels).accuracy
    assert found["all"] == pytest.approx(4 / 6)
    assert (found["digit 0"], found["digit 1"], found["digit 2"]) == (0.5, 1.0, 0.5)
    assert (found["thin"], found["medium"], found["bold"]) == (0.5, 1.0, 0.5)


def _evaluation(**changes):
    accuracy = {"all": 0.95, **{f"digit {i}": 0.95 for i in range(10)}, "thin": 0.95, "medium": 0.95, "bold": 0.95}
    return evaluation.Evaluation(accuracy | {name.replace("_", " "): value for name, value in changes.items()})


def test_a_model_is_blessed_when_it_loses_nothing_that_matters():
    assert evaluation.objections(_evaluation(), None) == []
    assert evaluation.objections(_evaluation(all=0.946), _evaluation()) == []


@pytest.mark.parametrize(
    ("new", "said"),
    [({"all": 0.8}, "at least 0.85 is asked"), ({"all": 0.94}, "all: 0.940"), ({"digit_7": 0.8}, "digit 7: 0.800")],
)
def test_a_model_that_is_worse_is_not_blessed(new, said):
    found = evaluation.objections(_evaluation(**new), _evaluation())
    assert any(said in sentence for sentence in found), found


def _registry(tmp_path, *versions):
    registry = Registry(tmp_path / "models")
    for _ in versions:
        number, folder = registry.new_version()
        (folder / "saved_model").write_text(str(number))
        registry.push(number)
    return registry


def test_a_rollback_serves_what_was_served_before(tmp_path):
    registry = _registry(tmp_path, 1, 2, 3)
    assert registry.served == 3
    assert registry.rollback() == (3, 2)
    assert (registry.served, registry.new_version()[0]) == (2, 4)  # numbers are not used twice
    registry.rollback()
    with pytest.raises(ValueError, match="no earlier version"):
        registry.rollback()


def test_requests_that_come_together_share_a_run():
    sizes = []

    def predict(rows):
        sizes.append(len(rows))
        return rows * 2

    async def story():
        batcher = Batcher(predict, largest=8)
        batcher.start()
        found = await asyncio.gather(*(batcher(np.full((1, 3), float(i))) for i in range(20)))
        await batcher.stop()
        return found

    found = asyncio.run(story())
    assert [float(f[0, 0]) for f in found] == [2.0 * i for i in range(20)]
    assert len(sizes) < 20
    assert max(sizes) <= 8


def test_a_run_that_fails_fails_for_those_who_asked_and_no_one_else():
    def predict(rows):
        if np.isnan(rows).any():
            raise ValueError("not a number")
        return rows

    async def story():
        batcher = Batcher(predict)
        batcher.start()
        with pytest.raises(ValueError, match="not a number"):
            await batcher(np.array([[np.nan]]))
        found = await batcher(np.array([[1.0]]))
        await batcher.stop()
        return found

    assert asyncio.run(story()).tolist() == [[1.0]]


def _numbered(folder):
    """A loader of models that answer with the number of their version."""
    number = float(folder.read_text())
    return lambda rows: np.full((len(rows), 10), number, "float32")


def _served(registry, story):
    """Run `story(client)` against a server."""

    async def run():
        server = serving.Server(registry, _numbered)
        async with test_utils.TestClient(test_utils.TestServer(server.application())) as client:
            return await story(client)

    return asyncio.run(run())


def test_the_server_speaks_as_tensorflow_serving_does(tmp_path):
    async def story(client):
        answer = await client.post("/v1/models/digits:predict", json={"instances": [[0] * 64] * 3})
        status = await client.get("/v1/models/digits")
        health = await client.get("/healthz")
        return answer.status, await answer.json(), await status.json(), health.status

    status, answer, model, health = _served(_registry(tmp_path, 1), story)
    assert (status, health) == (200, 200)
    assert answer == {"predictions": [[1.0] * 10] * 3}
    assert model["model_version_status"][0]["version"] == "1"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("no json", "the body must be JSON"),
        ("{}", "the body must be JSON"),
        ('{"instances": [[1, 2]]}', "64 numbers"),
        ('{"instances": []}', "64 numbers"),
        (json.dumps({"instances": [["a"] * 64]}), "the body must be JSON"),
        (json.dumps({"instances": [[1e400] * 64]}), "no finite number"),
    ],
)
def test_a_wrong_request_gets_400_and_a_sentence(tmp_path, body, said):
    async def story(client):
        answer = await client.post("/v1/models/digits:predict", data=body)
        return answer.status, (await answer.json())["error"]

    status, error = _served(_registry(tmp_path, 1), story)
    assert status == 400
    assert said in error


def test_no_request_fails_while_versions_change(tmp_path, monkeypatch):
    monkeypatch.setattr(serving, "POLL", 0.01)
    registry = _registry(tmp_path, 1)

    async def story(client):
        url = str(client.make_url("")).rstrip("/")
        loading = asyncio.create_task(load.generate(url, seconds=1.5, connections=8))
        seen = set()
        for step in range(6):
            await asyncio.sleep(0.2)
            if step == 2:
                number, folder = registry.new_version()
                (folder / "saved_model").write_text(str(number))
                registry.push(number)
            if step == 4:
                registry.rollback()
            seen.add((await (await client.get("/healthz")).json())["version"])
        return seen, await loading

    seen, found = _served(registry, story)
    assert found.failed == 0
    assert found.answered > 0
    assert seen == {1, 2}


def test_a_version_that_cannot_be_loaded_leaves_the_present_one(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(serving, "POLL", 0.01)
    registry = _registry(tmp_path, 1)

    async def story(client):
        number, folder = registry.new_version()
        (folder / "saved_model").write_text("broken")
        registry.push(number)
        await asyncio.sleep(0.2)
        return (await (await client.get("/healthz")).json())["version"]

    assert _served(registry, story) == 1
    assert "version 2 could not be loaded, 1 goes on" in capsys.readouterr().out
