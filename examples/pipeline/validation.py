"""StatisticsGen, SchemaGen and ExampleValidator: a batch that breaks the schema, or is not like the data before, stops the pipeline."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import pandas as pd
import pandera.pandas as pa

from .data import LABEL, PIXELS

_ENOUGH = "at least 100 rows"
SCHEMA = pa.DataFrameSchema(
    {
        **{name: pa.Column(float, pa.Check.in_range(0, 16), coerce=True) for name in PIXELS},
        LABEL: pa.Column(int, pa.Check.isin(range(10))),
    },
    strict=True,  # nothing else
    checks=pa.Check(lambda table: len(table) >= 100, name=_ENOUGH),
)
# the largest change of a class's share, the L-infinity distance that TFX's validator measures
DRIFT = 0.08


@dataclass(frozen=True)
class Statistics:
    """What is remembered of the data that a model has seen: rows, mean ink of a pixel, share of each class."""

    rows: int
    ink: float
    shares: tuple[float, ...]

    @classmethod
    def of(cls, table: pd.DataFrame) -> Statistics:
        """Statistics of a valid batch."""
        counts = table[LABEL].value_counts(normalize=True)
        return cls(
            len(table), float(table[PIXELS].to_numpy().mean()), tuple(float(counts.get(i, 0.0)) for i in range(10))
        )

    def to_json(self) -> dict[str, object]:
        """For `json.dumps`."""
        return asdict(self)


def anomalies(table: pd.DataFrame, before: Statistics | None) -> list[str]:
    """What is wrong with a batch, a sentence each; `before` is the data that the served model has seen."""
    try:
        SCHEMA.validate(table, lazy=True)
    except pa.errors.SchemaErrors as error:
        return _sentences(error.failure_cases)
    if before is None:
        return []
    now = Statistics.of(table)
    return [
        f"digit {i} is {new:.0%} of the batch and was {old:.0%} before: the shares may differ by {DRIFT:.0%}"
        for i, (new, old) in enumerate(zip(now.shares, before.shares, strict=True))
        if abs(new - old) > DRIFT
    ]


def _sentences(failures: pd.DataFrame) -> list[str]:
    found = []
    for check, rows in failures.groupby("check", sort=False):
        columns = rows["column"].dropna().unique()
        if check == "column_in_dataframe":
            found += [f"column {name} is missing" for name in rows["failure_case"]]
        elif check == "column_in_schema":
            found += [f"column {name} is not in the schema" for name in rows["failure_case"]]
        elif not len(columns) or check == _ENOUGH:
            found.append(f"the table breaks: {check}")
        else:
            where = f"column {columns[0]}" if len(columns) == 1 else f"{len(columns)} columns, {columns[0]} first"
            found.append(f"{len(rows)} values of {where}, break {check}, for example {rows['failure_case'].iloc[0]}")
    return found
