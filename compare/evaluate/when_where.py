"""Measure dates and places: own gold, the news of 5W1H, and dateparser beside it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from compare.errors import EvaluationError
from compare.evaluate.score import Result
from compare.parse.dates import DateMention, find_dates
from compare.parse.places import PlaceMention, find_places

FIVE_W = Path("events") / "news_5w1h_dev.jsonl.gz"
DAY = timedelta(days=1)
Found = tuple[str, datetime | None, datetime | None, str]
"""A date found: wording, begin, until, precision."""


def evaluate(data: Path, gold: Path | None = None) -> list[Result]:
    """Dates and places on the project's gold and on `news_5w1h_dev`.

    A date is right if its interval and precision are those of the gold and its
    wording overlaps; parts of a day count as the days they touch. A text whose
    gold names no date is right if none is found. A place is right if the id is
    that of the gold, or both leave the name open.

    Args:
        data: the folder of evaluation data, such as `../shared/data`.
        gold: the folder of the project's own gold, such as `fixtures/gold`.

    Raises:
        EvaluationError: a file is missing.
    """
    folder = gold or Path("fixtures/gold")
    dates = pd.concat([_dates(folder, split) for split in ("dev", "test")])
    places = pd.concat([_places(folder, split) for split in ("dev", "test")])
    misses = pd.concat([dates.pop("misses").explode(), places.pop("misses").explode()]).dropna()
    articles = read_five_w(data / FIVE_W)
    count = f"{len(articles)} articles"
    return [
        Result("Dates", f"own gold, {int(dates['texts'].sum() / 2)} phrases", dates),
        Result("Places", f"own gold, {int(places['texts'].sum())} phrases", places),
        Result("Misses on dev", "own gold", pd.DataFrame({"miss": sorted(map(str, misses))})),
        Result("When and where in news", f"news_5w1h_dev, {count}", five_w(articles)),
    ]


def read_gold(path: Path) -> pd.DataFrame:
    """One gold file, all text, empty cells "".

    Raises:
        EvaluationError: it is missing.
    """
    if not path.is_file():
        raise EvaluationError(f"no {path}; expected the project's gold, such as fixtures/gold")
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def read_five_w(path: Path) -> list[dict[str, Any]]:
    """The articles of `news_5w1h_dev`.

    Raises:
        EvaluationError: the file is missing.
    """
    if not path.is_file():
        raise EvaluationError(f"no {path}; expected the evaluation data, see docs/evaluation.md")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def ours(text: str, published: datetime) -> list[Found]:
    """Dates as `compare.parse.dates` finds them."""
    return [(m.wording, m.begin, m.until, m.precision) for m in find_dates(text, published)]


def dateparsers(text: str, published: datetime) -> list[Found]:
    """Dates as `dateparser.search` finds them: each a day, or an hour with a time of day."""
    from dateparser.search import search_dates

    settings: Any = {"RELATIVE_BASE": published, "PREFER_DATES_FROM": "past"}
    found = search_dates(text, languages=["en", "fa"], settings=settings) or []
    made: list[Found] = []
    for wording, moment in ((f[0], f[1].replace(tzinfo=None)) for f in found):
        timed = ":" in wording
        begin = moment if timed else moment.replace(hour=0, minute=0, second=0, microsecond=0)
        step = timedelta(hours=1) if timed else DAY
        made.append((wording, begin, begin + step, "hour" if timed else "day"))
    return made


def _dates(folder: Path, split: str) -> pd.DataFrame:
    gold = read_gold(folder / f"dates_{split}.csv")
    rows = []
    tools: dict[str, Callable[[str, datetime], list[Found]]] = {
        "compare": ours,
        "dateparser": dateparsers,
    }
    for tool, find in tools.items():
        right, days, misses = 0, 0, []
        for row in gold.itertuples():
            found = find(str(row.text), datetime.fromisoformat(str(row.published)))
            right += (whole := date_fits(row, found, precision=True))
            days += date_fits(row, found, precision=False)
            if not whole and split == "dev" and tool == "compare":
                misses.append(f"{row.text} ({row.published}): {found}")
        rows.append(
            {
                "split": split,
                "tool": tool,
                "texts": len(gold),
                "interval and precision": right / len(gold),
                "interval": days / len(gold),
                "misses": misses,
            }
        )
    return pd.DataFrame(rows)


def date_fits(gold: Any, found: Sequence[Found], *, precision: bool) -> bool:
    """Whether one of the dates found is the gold row's, or none where it has none."""
    if not gold.wording:
        return not found
    begin, until = datetime.fromisoformat(gold.begin), datetime.fromisoformat(gold.until)
    for wording, first, last, fine in found:
        overlaps = wording in gold.wording or gold.wording in wording
        if first is None or last is None or not overlaps:
            continue
        if gold.precision != "hour":
            first, last = _midnight(first), _midnight(last - timedelta(milliseconds=1)) + DAY
        if (first, last) == (begin, until) and (fine == gold.precision or not precision):
            return True
    return False


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _places(folder: Path, split: str) -> pd.DataFrame:
    gold = read_gold(folder / f"places_{split}.csv")
    right, found_at_all, misses = 0, 0, []
    for row in gold.itertuples():
        found = find_places(str(row.text))
        right += (whole := place_fits(row, found))
        found_at_all += (
            not row.wording if not found else any(m.wording == row.wording for m in found)
        )
        if not whole and split == "dev":
            misses.append(f"{row.text} [{row.wording}]: {[(m.wording, m.place_id) for m in found]}")
    return pd.DataFrame(
        [
            {
                "split": split,
                "texts": len(gold),
                "place": right / len(gold),
                "wording": found_at_all / len(gold),
                "misses": misses,
            }
        ]
    )


def place_fits(gold: Any, found: Sequence[PlaceMention]) -> bool:
    """Whether the gold row's wording was found with its id, or nothing where it has none."""
    if not gold.wording:
        return not found
    return any(m.wording == gold.wording and (m.place_id or "") == gold.place_id for m in found)


def five_w(articles: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Shares of articles whose `when` and `where` is found.

    A phrase is found if the wording of a mention lies in it or it in the
    wording. `first` takes one answer an article: the first day named, or the day
    of publication where none is, and the place named most. The annotators'
    dates are the event's for all its articles, and a day off for two of the
    events by the articles' own words, so a day's difference is counted apart.
    """
    when_text = [a for a in articles if _phrases(a, "when")]
    where_text = [a for a in articles if _phrases(a, "where")]
    dated = [a for a in articles if _published(a) and _gold_days(a)]
    rows = [
        ("when: phrase found", when_text, lambda a: _any(_phrases(a, "when"), _dates_of(a))),
        ("when: first answer, the day", dated, lambda a: _near(a, 0)),
        ("when: first answer, a day apart at most", dated, lambda a: _near(a, 1)),
        ("where: phrase found", where_text, lambda a: _any(_phrases(a, "where"), _places_of(a))),
        (
            "where: first answer",
            where_text,
            lambda a: _any(_phrases(a, "where"), _places_of(a)[:1]),
        ),
        ("where: first three", where_text, lambda a: _any(_phrases(a, "where"), _places_of(a)[:3])),
    ]
    return pd.DataFrame(
        [
            {"measure": name, "articles": len(of), "right": sum(map(fits, of)) / len(of)}
            for name, of, fits in rows
        ]
    )


def _phrases(article: dict[str, Any], question: str) -> list[str]:
    answers = article["fiveWoneH"].get(question, [])
    return [a["text"].strip() for a in answers if a.get("text")]


def _any(phrases: Sequence[str], wordings: Sequence[str]) -> bool:
    low = [p.casefold() for p in phrases]
    return any(w.casefold() in p or p in w.casefold() for w in wordings for p in low)


def _text(article: dict[str, Any]) -> str:
    return "\n\n".join(article[part] or "" for part in ("title", "description", "text"))


def _published(article: dict[str, Any]) -> datetime | None:
    day = article["date_publish"]
    return datetime.fromisoformat(day) if day and day != "None" else None


def _mentions(article: dict[str, Any]) -> list[DateMention]:
    return find_dates(_text(article), _published(article))


def _dates_of(article: dict[str, Any]) -> list[str]:
    return [m.wording for m in _mentions(article)]


def _gold_days(article: dict[str, Any]) -> list[datetime]:
    answers = article["fiveWoneH"].get("when", [])
    return [datetime.fromisoformat(a["parsed"]) for a in answers if a.get("parsed")]


def _near(article: dict[str, Any], days: int) -> bool:
    fine = [m for m in _mentions(article) if m.precision in ("hour", "day") and m.begin]
    published = _published(article)
    answer = fine[0].begin if fine else published
    assert answer is not None
    return any(abs(_midnight(answer) - day) <= days * DAY for day in _gold_days(article))


def _places_of(article: dict[str, Any]) -> list[str]:
    """Wordings of the places named, the most named place first, then the earliest."""
    found = find_places(_text(article))
    weight = {m.place_id or m.wording: 0 for m in found}
    for mention in found:
        weight[mention.place_id or mention.wording] += 2 if mention.locative else 1
    ranked = sorted(found, key=lambda m: (-weight[m.place_id or m.wording], m.start))
    return list(dict.fromkeys(m.wording for m in ranked))
