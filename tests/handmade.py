"""A comparison built by hand: twelve claims over three events, in invented reports.

The stages have no part in it, so that the views and the report are tested on
tables whose every cell is known.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pandas as pd

from compare import tables
from compare.schema import CAMPS
from compare.settings import Settings
from compare.view import Comparison

DOCUMENTS: dict[str, dict[str, Any]] = {
    "a": {
        "path": "documents/a.md", "publisher": "Valley Post", "published": "2021-05-03",
        "url": "https://valley.example/clashes?id=3&lang=en", "title": "Clashes near Sarband",
        "text": "Fighting broke out near Sarband on Sunday.\n\n"
        "Interior ministry spokesman Dawud Rahimi said at least 40 fighters were killed. "
        "“No civilians were hurt,” he added.\n\n"
        "The Taliban said their men still hold the bridge.",
    },
    "b": {
        "path": "documents/b.md", "publisher": "Northern Wire", "published": "2021-05-04",
        "url": "https://wire.example/2021/05/04", "title": "Twelve children among the dead",
        "text": "District councillor Parwana Noor told the agency that 12 children were killed "
        "in Sarband. Dawud Rahimi, the interior ministry's spokesman, said at least 40 fighters "
        "were killed.\n\nOCHA said it had verified 600 displaced people so far.",
    },
    "c": {
        "path": "documents/c.html", "publisher": "Relief Bulletin", "published": "2021-05-09",
        "url": None, "title": None,
        "text": "OCHA said it had verified 4,150 displaced people. "
        "Local authorities estimate that nearly 30,000 people have fled the valley.",
    },
    "d": {
        "path": "documents/d.txt", "publisher": "Capital Radio", "published": "2021-05-06",
        "url": "https://radio.example/bridge", "title": "Army: bridge retaken",
        "text": "The defence ministry said its forces had retaken the bridge. "
        "A resident said hundreds had fled.\nThe United States embassy condemned the attack.",
    },
}  # fmt: skip

ACTORS: dict[str, dict[str, Any]] = {
    "rahimi": {"actor": "Dawud Rahimi", "organisation": "Interior ministry",
               "camp": "government", "role": "party"},
    "taliban": {"actor": "Taliban", "organisation": None, "camp": "taliban", "role": "party"},
    "noor": {"actor": "Parwana Noor", "organisation": "District council",
             "camp": "local", "role": "local authority"},
    "ocha": {"actor": "OCHA", "organisation": "OCHA", "camp": "un", "role": "humanitarian"},
    "authorities": {"actor": "Local authorities", "organisation": None,
                    "camp": "local", "role": "local authority"},
    "mod": {"actor": "Ministry of Defence", "organisation": None, "camp": "andsf",
            "role": "party"},
    "resident": {"actor": "A resident", "organisation": None, "camp": "local",
                 "role": "unnamed"},
    "embassy": {"actor": "US embassy", "organisation": None, "camp": "embassy",
                "role": "ally"},
    "valley": {"actor": "Valley Post", "organisation": None, "camp": "media", "role": "media"},
}  # fmt: skip

# name, document, content, speaker as written, cue, status, actor, event
CLAIMS: list[tuple[str, str, str, str | None, str | None, str, str, int]] = [
    ("opening", "a", "Fighting broke out near Sarband on Sunday", None, None, "asserted",
     "valley", 1),
    ("forty", "a", "at least 40 fighters were killed", "Dawud Rahimi", "said", "asserted",
     "rahimi", 1),
    ("nobody", "a", "No civilians were hurt", "he", "added", "denied", "rahimi", 1),
    ("hold", "a", "their men still hold the bridge", "The Taliban", "said", "asserted",
     "taliban", 3),
    ("children", "b", "12 children were killed in Sarband", "Parwana Noor", "told", "asserted",
     "noor", 1),
    ("again", "b", "at least 40 fighters were killed", "Dawud Rahimi", "said", "asserted",
     "rahimi", 1),
    ("six", "b", "it had verified 600 displaced people so far", "OCHA", "said", "asserted",
     "ocha", 2),
    ("four", "c", "it had verified 4,150 displaced people", "OCHA", "said", "asserted",
     "ocha", 2),
    ("thirty", "c", "nearly 30,000 people have fled the valley", "Local authorities", "estimate",
     "hedged", "authorities", 2),
    ("retaken", "d", "its forces had retaken the bridge", "The defence ministry", "said",
     "asserted", "mod", 3),
    ("hundreds", "d", "hundreds had fled", "A resident", "said", "asserted", "resident", 2),
    ("condemned", "d", "the attack", "The United States embassy", "condemned", "condemned",
     "embassy", -1),
]  # fmt: skip

# claim, wording, aspect, population, low, high, rule, verified
FIGURES: list[tuple[str, str, str, str, float | None, float | None, str, bool]] = [
    ("forty", "at least 40", "killed", "fighters", 40, None, "at-least", False),
    ("again", "at least 40", "killed", "fighters", 40, None, "at-least", False),
    ("children", "12", "killed", "children", 12, 12, "exact", False),
    ("nobody", "No", "killed-or-wounded", "civilians", 0, 0, "exact", False),
    ("six", "600", "displaced", "people", 600, 600, "exact", True),
    ("four", "4,150", "displaced", "people", 4150, 4150, "exact", True),
    ("thirty", "nearly 30,000", "displaced", "people", 27000, 30000, "nearly", False),
    ("hundreds", "hundreds", "displaced", "people", 200, 999, "vague:hundreds", False),
]

# claim, wording, aspect, predicate, polarity, agent, patient
FACTS: list[tuple[str, str, str, str, str, str | None, str | None]] = [
    ("nobody", "No civilians were hurt", "victim", "civilians-hit", "denied", None, "civilians"),
    ("children", "12 children were killed", "victim", "children-hit", "affirmed", None,
     "children"),
    ("hold", "still hold the bridge", "outcome", "held", "affirmed", "taliban", "bridge"),
    ("retaken", "retaken the bridge", "outcome", "retaken", "affirmed", "andsf", "bridge"),
    ("condemned", "the attack", "position", "condemn", "affirmed", "embassy", "taliban"),
]  # fmt: skip

# left, right, aspect, population, relation, cause, score, reason
PAIRS: list[tuple[str, str, str, str, str, str, float, str]] = [
    ("nobody", "children", "victim", "civilians", "conflict", "denial", 0.9,
     "One says no civilians were hurt, the other that 12 children were killed."),
    ("hold", "retaken", "outcome", "", "conflict", "outcome", 0.8,
     "One says the bridge is held, the other that it was retaken."),
    ("six", "four", "displaced", "people", "refines", "revision", 0.95,
     "The same count by one source, 600 on 4 May and 4,150 on 9 May."),
    ("four", "thirty", "displaced", "people", "compatible", "bound", 0.6,
     "A verified count of 4,150 lies below an estimate of 27,000 to 30,000."),
    ("six", "hundreds", "displaced", "people", "agree", "", 0.7,
     "600 lies within hundreds (200 to 999)."),
]  # fmt: skip

# event, aspect, population, unit, place, verdict, cause, claims, outlets, speakers, origins
ROWS: list[tuple[int, str, str, str, str, str, str, list[str], int, int, int]] = [
    (1, "victim", "civilians", "", "Sarband", "disputed", "denial", ["nobody", "children"],
     2, 2, 2),
    (1, "killed", "fighters", "people", "Sarband", "single-source", "", ["forty", "again"],
     2, 1, 1),
    (1, "killed", "children", "people", "Sarband", "single-source", "", ["children"], 1, 1, 1),
    (2, "displaced", "people", "people", "Sarband", "revised", "revision",
     ["six", "four", "thirty", "hundreds"], 3, 3, 3),
    (3, "outcome", "", "", "Sarband", "disputed", "outcome", ["hold", "retaken"], 2, 2, 2),
    (-1, "position", "", "", "", "single-source", "", ["condemned"], 1, 1, 1),
]  # fmt: skip


def build(texts: dict[str, str] | None = None, **cells: str) -> Comparison:
    """The comparison; `texts` puts text after a document's own, `cells` changes cells.

    Args:
        texts: text added at the end of the document of that name.
        cells: `publisher`, `title`, `url`, `path`, `note` of document a; `actor`,
            `organisation` of the interior ministry's man; `reason`, `place`, `headline`
            (of the comparison) and `problem`.
    """
    documents: list[dict[str, Any]] = []
    ids: dict[str, str] = {}
    bodies: dict[str, str] = {}
    for name, document in DOCUMENTS.items():
        body = bodies[name] = document["text"] + (texts or {}).get(name, "")
        ids[name] = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        row = {**document, "document_id": ids[name], "language": "en", "note": "paraphrase",
               "text": body}  # fmt: skip
        if name == "a":
            row |= {k: cells[k] for k in ("publisher", "title", "url", "path", "note")
                    if k in cells}  # fmt: skip
        documents.append(row)
    claims: dict[str, dict[str, Any]] = {}
    sources, when_where, events, origins = [], [], [], []
    for name, doc, content, speaker, cue, status, actor, event in CLAIMS:
        body = bodies[doc]
        start = body.index(content)
        claim_id = f"{ids[doc]}:{start}-{start + len(content)}"
        row = {"claim_id": claim_id, "document_id": ids[doc], "start": start,
               "end": start + len(content), "content": content, "status": status,
               "kind": "narration" if speaker is None else
               "direct" if name == "nobody" else "indirect"}  # fmt: skip
        sentence = max(body.rfind(". ", 0, start) + 1, body.rfind("\n", 0, start) + 1)
        for part, words in (("source", speaker), ("cue", cue)):
            if words is not None:
                at = body.index(words, sentence)
                row |= {part: words, f"{part}_start": at, f"{part}_end": at + len(words)}
        claims[name] = row
        who = {**ACTORS[actor]}
        if actor == "rahimi":
            who |= {k: cells[k] for k in ("actor", "organisation") if k in cells}
        sources.append({"claim_id": claim_id, "source": speaker or who["actor"],
                        "mention": who["actor"], "actor_id": actor, "score": 1.0,
                        "how": "alias" if speaker else "publisher", **who})  # fmt: skip
        when_where.append({
            "claim_id": claim_id, "place_id": None, "place": cells.get("place", "Sarband"),
            "admin1": "Marwand", "country": "Nowhere", "place_precision": "district",
            "place_from": "claim" if "Sarband" in content else "document",
            "place_wording": "Sarband" if "Sarband" in content else "",
            "begin": pd.Timestamp("2021-05-02"), "end": pd.Timestamp("2021-05-03"),
            "date_precision": "day", "date_from": "document", "date_wording": "",
            "mentioned_place_ids": "",
        })  # fmt: skip
        events.append({"claim_id": claim_id, "event_id": event, "story_id": 1,
                       "near_threshold": False})  # fmt: skip
        origins.append(
            {
                "claim_id": claim_id,
                "origin_id": "rahimi-40" if name in ("forty", "again") else name,
                "how": "same-speaker" if name in ("forty", "again") else "own",
            }
        )
    values = [_span(claims[c], wording) | {
        "aspect": aspect, "population": population, "group": population, "low": low,
        "high": high, "unit": "people", "rule": rule, "verified": verified, "scope": "total"}
        for c, wording, aspect, population, low, high, rule, verified in FIGURES]  # fmt: skip
    assertions = [_span(claims[c], wording) | {
        "aspect": aspect, "predicate": predicate, "polarity": polarity, "agent": agent,
        "patient": patient}
        for c, wording, aspect, predicate, polarity, agent, patient in FACTS]  # fmt: skip
    judgements = []
    for left, right, aspect, population, relation, cause, score, reason in PAIRS:
        pair = sorted((claims[left]["claim_id"], claims[right]["claim_id"]))
        judgements.append({
            "claim_id_l": pair[0], "claim_id_r": pair[1], "event_id": 1, "aspect": aspect,
            "population": population, "relation": relation, "cause": cause, "score": score,
            "reason": cells.get("reason", reason), "near_threshold": False, "reviewed": False,
        })  # fmt: skip
    camp_of = {name: ACTORS[actor]["camp"] for name, *_, actor, _ in CLAIMS}
    rows = []
    for event, aspect, population, unit, place, verdict, cause, names, *counts in ROWS:
        figures = [v for v in values if v["claim_id"] in {claims[n]["claim_id"] for n in names}
                   and v["aspect"] == aspect]  # fmt: skip
        highs = [v["high"] for v in figures]
        row = {"event_id": event, "aspect": aspect, "population": population, "unit": unit,
               "place": cells.get("place", place) if place else place, "verdict": verdict,
               "cause": cause, "n_outlets": counts[0], "n_speakers": counts[1],
               "n_independent": counts[2], "reviewed": False,
               "low": min((v["low"] for v in figures), default=None),
               "high": max(highs) if highs and None not in highs else None,
               "claim_ids": " ".join(sorted(claims[n]["claim_id"] for n in names))}  # fmt: skip
        for camp in CAMPS:
            said = [claims[n]["content"] for n in names if camp_of[n] == camp]
            row[camp] = "; ".join(said) or "silent"
        rows.append(row)
    steps = [("six", 600, "first"), ("four", 4150, "up")]
    revisions = [{"actor_id": "ocha", "event_id": 2, "aspect": "displaced",
                  "population": "people", "unit": "people", "place": "Sarband", "step": i,
                  "published": pd.Timestamp(DOCUMENTS["b" if i == 1 else "c"]["published"]),
                  "low": low, "high": low, "change": change,
                  "claim_id": claims[name]["claim_id"]}
                 for i, (name, low, change) in enumerate(steps, start=1)]  # fmt: skip
    problems = [{"path": "documents/broken.pdf", "kind": "rejected", "message":
                 cells.get("problem", "broken.pdf is no PDF: it begins with b'hello'; "
                                      "give a PDF, or rename it to .txt")}]  # fmt: skip
    table = tables.from_rows("claims", list(claims.values()))
    vectors = np.random.default_rng(7).normal(size=(len(table), 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return Comparison(
        title=cells.get("headline", "Sarband, May 2021"), settings=Settings(),
        documents=tables.from_rows("documents", documents),
        problems=tables.from_rows("problems", problems), claims=table,
        sources=tables.from_rows("sources", sources),
        values=tables.from_rows("values", values),
        assertions=tables.from_rows("assertions", assertions),
        when_where=tables.from_rows("when_where", when_where), vectors=vectors,
        events=tables.from_rows("events", events), origins=tables.from_rows("origins", origins),
        judgements=tables.from_rows("judgements", judgements),
        discrepancies=tables.from_rows("discrepancies", rows),
        revisions=tables.from_rows("revisions", revisions),
    )  # fmt: skip


def _span(claim: dict[str, Any], wording: str) -> dict[str, Any]:
    start = claim["start"] + claim["content"].index(wording)
    return {"claim_id": claim["claim_id"], "wording": wording, "start": start,
            "end": start + len(wording)}  # fmt: skip
