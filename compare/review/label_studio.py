"""Decisions and claims as Label Studio tasks, and back without loss.

One task a document. The automatic spans (source, cue, content, figure) are a *prediction*;
each decision is an *annotation*: a region over its claim with one choice, the action, and a
text area for every cell that is not empty. `LABEL_CONFIG` is the project's labelling setup.
Offsets are code points, as in Label Studio since its version 1.5.

Source: https://labelstud.io/guide/task_format and https://labelstud.io/tags/textarea
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import pandas as pd

from compare.errors import DecisionError
from compare.review.decision import Decision, plain
from compare.schema import ACTIONS

_CELLS = tuple(f.name for f in fields(Decision) if f.name != "action")
LABELS = ("content", "source", "cue", "figure")
LABEL_CONFIG = (
    '<View><Labels name="label" toName="text">'
    + "".join(f'<Label value="{name}"/>' for name in LABELS)
    + '</Labels><Text name="text" value="$text"/>'
    + '<Choices name="action" toName="text" perRegion="true">'
    + "".join(f'<Choice value="{name}"/>' for name in ACTIONS)
    + "</Choices>"
    + "".join(
        f'<TextArea name="{name}" toName="text" perRegion="true" placeholder="{name}"/>'
        for name in _CELLS
    )
    + "</View>"
)


def _region(key: str, name: str, kind: str, span: tuple[int, int], text: str,
            values: list[str]) -> dict[str, Any]:  # fmt: skip
    field = {"labels": "labels", "choices": "choices", "textarea": "text"}[kind]
    value: dict[str, Any] = {"start": span[0], "end": span[1], field: values}
    if kind == "labels":
        value["text"] = text[span[0] : span[1]]
    return {"id": key, "from_name": name, "to_name": "text", "type": kind, "value": value}


def _key(*parts: object) -> str:
    return hashlib.sha256(json.dumps([str(p) for p in parts]).encode()).hexdigest()[:10]


def _automatic(
    text: str, claims: Sequence[Mapping[Any, Any]], figures: Mapping[str, list[tuple[int, int]]]
) -> Iterator[dict[str, Any]]:
    for claim in claims:
        spans = [("content", int(claim["start"]), int(claim["end"]))]
        spans += [
            (part, int(claim[f"{part}_start"]), int(claim[f"{part}_end"]))
            for part in ("source", "cue") if not pd.isna(claim[f"{part}_start"])
        ]  # fmt: skip
        spans += [("figure", a, b) for a, b in figures.get(claim["claim_id"], ())]
        for label, start, end in spans:
            key = _key(claim["claim_id"], label, start, end)
            yield _region(key, "label", "labels", (start, end), text, [label])


def _annotation(decision: Decision, text: str, span: tuple[int, int]) -> dict[str, Any]:
    key = decision.decision_id
    cells = asdict(decision)
    result = [
        _region(key, "label", "labels", span, text, ["content"]),
        _region(key, "action", "choices", span, text, [decision.action]),
    ]
    result += [
        _region(key, name, "textarea", span, text, [cells[name]]) for name in _CELLS if cells[name]
    ]
    return {"created_at": decision.at, "result": result}


def to_label_studio(
    documents: pd.DataFrame,
    claims: pd.DataFrame,
    values: pd.DataFrame,
    decisions: Sequence[Decision] = (),
) -> list[dict[str, Any]]:
    """Tasks to import into Label Studio, one a document, in the order of documents.

    A decision on a claim whose document is gone becomes a task of its own, over its words.
    """
    by_document: defaultdict[str, list[dict[Any, Any]]] = defaultdict(list)
    for row in claims.to_dict("records"):
        by_document[row["document_id"]].append(row)
    figures: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in values[["claim_id", "start", "end"]].drop_duplicates().to_dict("records"):
        figures[row["claim_id"]].append((int(row["start"]), int(row["end"])))
    spans = {r["claim_id"]: (int(r["start"]), int(r["end"])) for r in claims.to_dict("records")}
    of = {r["claim_id"]: r["document_id"] for r in claims.to_dict("records")}
    decided: defaultdict[str, list[Decision]] = defaultdict(list)
    loose: list[Decision] = []
    for decision in decisions:
        if decision.claim_id in spans:
            decided[of[decision.claim_id]].append(decision)
        else:
            loose.append(decision)
    tasks = []
    for row in documents.to_dict("records"):
        text, name = row["text"], row["document_id"]
        tasks.append({
            "data": {"text": text, "document_id": name, "publisher": row["publisher"]},
            "predictions": [{
                "model_version": "compare",
                "result": list(_automatic(text, by_document[name], figures)),
            }],
            "annotations": [_annotation(d, text, spans[d.claim_id]) for d in decided[name]],
        })  # fmt: skip
    for decision in loose:
        text = decision.quote or decision.claim_id
        tasks.append({
            "data": {"text": text, "document_id": "", "publisher": ""}, "predictions": [],
            "annotations": [_annotation(decision, text, (0, len(text)))],
        })  # fmt: skip
    return tasks


def from_label_studio(tasks: Any) -> list[Decision]:
    """Decisions from exported tasks, in order of time.

    Every region with an action is a decision. Cells that the annotator left empty are taken
    from the region: the claim from the document and the characters of a content region (for
    a figure, of the content around it), its words from the text, who and when from the
    annotation.

    Args:
        tasks: the parsed JSON of Label Studio's export, format JSON.

    Raises:
        DecisionError: not such an export, or a region that makes no decision.
    """
    found = []
    try:
        for task in tasks:
            data = task["data"]
            for annotation in task.get("annotations") or ():
                regions: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
                for item in annotation["result"]:
                    if item.get("type") in ("labels", "choices", "textarea"):
                        regions[item["id"]].append(item)
                found += [
                    _decision(items, list(regions.values()), data, annotation)
                    for items in regions.values()
                    if any(item["type"] == "choices" for item in items)
                ]
    except (
        KeyError, TypeError, AttributeError, IndexError, ValueError, OverflowError,
    ) as error:  # fmt: skip
        raise DecisionError(
            f"not a Label Studio export: {type(error).__name__} {error}; export as JSON with the "
            "labelling setup LABEL_CONFIG"
        ) from error
    return sorted(found, key=lambda d: (d.at, d.decision_id))


def _decision(
    items: Sequence[Mapping[str, Any]],
    regions: Sequence[Sequence[Mapping[str, Any]]],
    data: Mapping[str, Any],
    annotation: Mapping[str, Any],
) -> Decision:
    cells: dict[str, str] = {}
    for item in items:
        name, value = item["from_name"], item["value"]
        if item["type"] == "choices":
            cells["action"] = str(value["choices"][0])
        elif item["type"] == "textarea" and name in _CELLS:
            text = value["text"]
            cells[name] = text if isinstance(text, str) else "\n".join(text)
    if not cells.keys() & {"claim_id", "quote"}:
        cells |= _from_region(items, regions, data)
    if "who" not in cells:
        who = annotation.get("completed_by") or ""
        cells["who"] = str(who.get("email", "") if isinstance(who, dict) else who)
    cells.setdefault("when", str(annotation.get("created_at") or ""))
    return Decision(**cells)


def _from_region(
    items: Sequence[Mapping[str, Any]],
    regions: Sequence[Sequence[Mapping[str, Any]]],
    data: Mapping[str, Any],
) -> dict[str, str]:
    start, end, label = _span(items)
    text = str(data["text"])
    cells = {}
    if label == "figure":
        cells["wording"] = text[start:end]
        around = [_span(r) for r in regions]
        holding = [s for s in around if s[2] == "content" and s[0] <= start and end <= s[1]]
        if not holding:
            raise DecisionError(f"no content region holds the figure {text[start:end]!r}")
        start, end, label = min(holding, key=lambda s: s[1] - s[0])
    if label != "content":
        raise DecisionError(f"a decision is on a content or figure region, not on {label!r}")
    quote = plain(text[start:end])
    return cells | {"claim_id": f"{data['document_id']}:{start}-{end}", "quote": quote}


def _span(items: Sequence[Mapping[str, Any]]) -> tuple[int, int, str]:
    label = next((i["value"]["labels"][0] for i in items if i["type"] == "labels"), "")
    value = items[0]["value"]
    return int(value["start"]), int(value["end"]), str(label)


def write_label_studio(tasks: Sequence[Mapping[str, Any]], folder: Path) -> tuple[Path, Path]:
    """Write `label-studio.json` and its labelling setup to `folder`; return both paths."""
    folder.mkdir(parents=True, exist_ok=True)
    json_path, config = folder / "label-studio.json", folder / "label-studio.xml"
    json_path.write_text(json.dumps(tasks, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")
    config.write_text(LABEL_CONFIG + "\n", encoding="utf-8")
    return json_path, config
