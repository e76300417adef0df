"""Read the data of the attribution evaluation: PolNeAR articles and own gold."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compare.errors import EvaluationError
from compare.evaluate.attribution_match import Attribution

_MARKS = '"“”„«»'


@dataclass(frozen=True)
class Passage:
    """One text with its gold attributions."""

    name: str
    text: str
    attributions: tuple[Attribution, ...]
    family: str = ""
    half: str = ""


def read_articles(path: Path) -> list[Passage]:
    """PolNeAR articles; where several people annotated one, the first of the file counts.

    An attribution is direct if its content lies in quotation marks, mixed if part
    of it does, else indirect: the corpus itself does not say.

    Raises:
        EvaluationError: the file is missing or a line has another shape.
    """
    passages = []
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                gold = [
                    _polnear(row["text"], item)
                    for item in row["annotations"][0]["attributions"]
                    if item.get("content")
                ]
                passages.append(Passage(row["id"], row["text"], tuple(gold)))
    except FileNotFoundError as error:
        raise EvaluationError(
            f"{path} is missing; attribution is measured on PolNeAR dev, "
            "pass the folder that holds attribution/ with --data"
        ) from error
    except (KeyError, ValueError, OSError) as error:
        raise EvaluationError(
            f"{path}, line {len(passages) + 1}: expected text and annotations, got {error}"
        ) from error
    return passages


def _polnear(text: str, item: dict[str, Any]) -> Attribution:
    def spans(role: str) -> tuple[tuple[int, int], ...]:
        return tuple((a, b) for part in item.get(role, []) for a, b in part["spans"])

    contents, cue, source = spans("content"), spans("cue"), spans("source")
    return Attribution(
        contents,
        (source[0][0], source[-1][1]) if source else None,
        (cue[0][0], cue[-1][1]) if cue else None,
        _kind(text, contents),
        "",
    )


def _kind(text: str, contents: tuple[tuple[int, int], ...]) -> str:
    parts = [text[a:b].strip(" ,.\xa0") for a, b in contents]
    whole = [
        (p[:1] in _MARKS and p[-1:] in _MARKS) or (p[:2] == "''" and p[-2:] == "''") for p in parts
    ]
    if all(whole):
        return "direct"
    some = any(mark in part for part in parts for mark in (*_MARKS, "''"))
    return "mixed" if some else "indirect"


def read_passages(path: Path) -> list[Passage]:
    """Own gold, one JSON object a line, with offsets that are checked here.

    Raises:
        EvaluationError: the file is missing, or an offset does not give its words.
    """
    if not path.is_file():
        raise EvaluationError(f"{path} is missing; pass the folder of gold files with --gold")
    passages = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        row = json.loads(line)
        text, gold = row["text"], []
        for claim in row["claims"]:
            if text[claim["start"] : claim["end"]] != claim["content"]:
                raise EvaluationError(
                    f"{path}, line {number}: {claim['content']!r} does not stand at "
                    f"{claim['start']}-{claim['end']}; correct the offsets"
                )
            source = (claim["source_start"], claim["source_end"]) if "source" in claim else None
            cue = (claim["cue_start"], claim["cue_end"]) if "cue" in claim else None
            gold.append(
                Attribution(
                    ((claim["start"], claim["end"]),), source, cue, claim["kind"], claim["status"]
                )
            )
        half = "odd" if int(row["id"].rsplit("-", 1)[1]) % 2 else "even"
        passages.append(Passage(row["id"], text, tuple(gold), row["family"], half))
    return passages
