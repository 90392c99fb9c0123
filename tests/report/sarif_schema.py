"""The parts of SARIF 2.1.0 that tf2kit writes, as a JSON schema made by hand from the OASIS standard (sections 3.13 to 3.58).

It is stricter than the standard: a property that is not listed here is an error, so that a new one is looked up and added.
"""

from __future__ import annotations

from typing import Any


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


TEXT = {"type": "string", "minLength": 1}
POSITIVE = {"type": "integer", "minimum": 1}
MESSAGE = _object(["text"], text=TEXT)
HELP = _object(["text"], text=TEXT, markdown=TEXT)
RULE = _object(["id"], id=TEXT, name=TEXT, shortDescription=MESSAGE, fullDescription=MESSAGE, help=HELP)
REGION = _object(["startLine"], startLine=POSITIVE, startColumn=POSITIVE, endLine=POSITIVE, endColumn=POSITIVE)
# RFC 3986: a reference has no blanks, and a relative one has no colon in its first segment
URI = {"type": "string", "pattern": r"^(file:///)?[A-Za-z0-9._~!$&'()*+,;=@%/-]+$"}
LOCATION = _object(
    ["physicalLocation"],
    physicalLocation=_object(["artifactLocation"], artifactLocation=_object(["uri"], uri=URI), region=REGION),
    logicalLocations=_list(_object(["name"], name=TEXT, kind=TEXT)),
)
RESULT = _object(
    ["ruleId", "ruleIndex", "level", "message", "locations"],
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level={"enum": ["none", "note", "warning", "error"]},
    message=MESSAGE,
    locations=_list(LOCATION),
    properties={"type": "object"},
)
RUN = _object(
    ["tool", "results"],
    tool=_object(["driver"], driver=_object(["name", "rules"], name=TEXT, version=TEXT, rules=_list(RULE))),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    invocations=_list(
        _object(["executionSuccessful"], executionSuccessful={"type": "boolean"}, exitCode={"type": "integer"})
    ),
    results=_list(RESULT),
)
SCHEMA: dict[str, Any] = _object(
    ["version", "runs"],
    **{"$schema": {"type": "string", "pattern": "^https://"}},
    version={"const": "2.1.0"},
    runs=_list(RUN),
)
