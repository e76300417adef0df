"""Judgements, verdicts, series and independence of a case against its gold."""

from __future__ import annotations

from typing import Any

import pandas as pd

from compare.evaluate.case_gold import Match, Miss, Row, fits, plain, share
from compare.view import Comparison


def score_pairs(
    comparison: Comparison, matched: Match, rows: list[Row], misses: list[Miss]
) -> pd.DataFrame:
    """Relation and cause of the pairs in gold; a pair never compared is not comparable."""
    judged: dict[tuple[str, str], list[dict[Any, Any]]] = {}
    for judgement in comparison.judgements.to_dict("records"):
        ends = judgement["claim_id_l"], judgement["claim_id_r"]
        judged.setdefault(ends, []).append(judgement)
    relations, causes = [], []
    for row in rows:
        ids = [matched.named(row["claim_a"]), matched.named(row["claim_b"])]
        found: list[dict[Any, Any]] = []
        if ids[0] and ids[1]:
            left, right = sorted(str(i) for i in ids)
            found = [j for j in judged.get((left, right), []) if fits(j["aspect"], row["aspect"])]
        apart = bool(ids[0] and ids[1]) and not found
        relation = any(fits(j["relation"], row["relation"]) for j in found)
        both = [
            j for j in found
            if fits(j["relation"], row["relation"]) and fits(j["cause"], row["cause"])
        ]  # fmt: skip
        relations.append(relation or (apart and "not-comparable" in row["relation"].split("|")))
        causes.append(bool(both) or (apart and relations[-1]))
        if not (relations[-1] and causes[-1]):
            said = "; ".join(
                f"{j['aspect']} {j['population']} {j['relation']}/{j['cause']}: {j['reason']}"
                for j in found
            )
            misses.append(
                Miss(
                    "judgements",
                    f"{row['claim_a']} and {row['claim_b']}: {row['note']}",
                    f"{row['aspect']} {row['relation']}/{row['cause']}",
                    said or ("never compared" if apart else "a claim was not found"),
                )
            )
    return pd.DataFrame([share("relation", relations), share("relation and cause", causes)])


def score_discrepancies(
    comparison: Comparison, matched: Match, rows: list[Row], misses: list[Miss]
) -> pd.DataFrame:
    """Each row that must appear: its verdict, cause, claims and silent camps.

    The row found is the one on the aspect and population that holds most of gold's claims.
    """
    table = []
    found = comparison.discrepancies.to_dict("records")
    for row in rows:
        wanted = {matched.named(name) for name in row["claims"].split(" ")} - {None}
        fitting = [
            f
            for f in found
            if fits(f["aspect"], row["aspect"]) and fits(f["population"], row["population"] or "*")
        ]
        best = max(
            fitting, key=lambda f: len(wanted & set(f["claim_ids"].split(" "))), default=None
        )
        held = len(wanted & set(best["claim_ids"].split(" "))) if best else 0
        if best is None or held == 0:
            best, held = None, 0
        silent = [camp for camp in row["silent"].split() if best is None or best[camp] != "silent"]
        line: dict[str, object] = {
            "event": row["event"],
            "aspect": row["aspect"],
            "expected": row["verdict"],
            "verdict": best["verdict"] if best else "no row",
            "cause": best["cause"] if best else "",
            "claims": f"{held} of {len(row['claims'].split(' '))}",
            "not silent": " ".join(silent),
        }
        line["right"] = bool(
            best
            and fits(best["verdict"], row["verdict"])
            and (not row["cause"] or fits(best["cause"], row["cause"]))
            and not silent
        )
        table.append(line)
        if not line["right"] or held < len(row["claims"].split(" ")):
            lost = [
                n for n in row["claims"].split(" ")
                if best is None or matched.named(n) not in best["claim_ids"].split(" ")
            ]  # fmt: skip
            misses.append(
                Miss(
                    "discrepancies",
                    f"event {row['event']} {row['aspect']} {row['population']} {row['place']}",
                    f"{row['verdict']}/{row['cause']}, silent {row['silent']}: {row['note']}",
                    f"{line['verdict']}/{line['cause']}, not silent {silent}, lacks {lost}",
                )
            )
    return pd.DataFrame(table)


def score_revisions(
    comparison: Comparison, matched: Match, rows: list[Row], misses: list[Miss]
) -> pd.DataFrame:
    """The series of each actor in gold: which of its steps stand in one series found."""
    table = []
    wanted: dict[str, list[Row]] = {}
    for row in rows:
        wanted.setdefault(row["actor"], []).append(row)
    actors = comparison.sources.set_index("claim_id")["actor"]
    for actor, steps in wanted.items():
        claims = [matched.named(step["claim"]) for step in steps]
        series = comparison.revisions[comparison.revisions["claim_id"].isin(claims)]
        keys = ["actor_id", "event_id", "aspect", "population", "unit", "place"]
        best: list[str] = []
        for _, group in series.groupby(keys, sort=True):
            if len(group) > len(best):
                best = group.sort_values("step")["claim_id"].tolist()
        ordered = best == [c for c in claims if c in best]
        lost = [s["wording"] for s, c in zip(steps, claims, strict=True) if c not in best]
        table.append(
            {"actor": actor, "aspect": steps[0]["aspect"], "steps": len(steps)}
            | {"in one series": len(best), "in order": ordered}
            | {"speaker": ", ".join(sorted({plain(actors[c]) for c in best}))}
        )
        if lost or not ordered:
            misses.append(Miss("revisions", actor, f"{len(steps)} steps in order", f"lacks {lost}"))
    return pd.DataFrame(table)


def score_independence(
    comparison: Comparison, matched: Match, rows: list[Row], misses: list[Miss]
) -> pd.DataFrame:
    """Outlets, speakers and independent origins of the sets of claims in gold."""
    document = comparison.claims.set_index("claim_id")["document_id"]
    publisher = comparison.documents.set_index("document_id")["publisher"]
    actor = comparison.sources.set_index("claim_id")["actor_id"]
    origin = comparison.origins.set_index("claim_id")["origin_id"]
    table = []
    for row in rows:
        ids = [i for name in row["claims"].split(" ") if (i := matched.named(name))]
        counts = {
            "n_outlets": len({publisher[document[i]] for i in ids}),
            "n_speakers": len({actor[i] for i in ids}),
            "n_independent": len({origin[i] for i in ids}),
        }
        expected = {name: int(row[name]) for name in counts}
        table.append({"what": row["note"], **counts, "right": counts == expected})
        if counts != expected:
            misses.append(Miss("origins", row["note"], str(expected), str(counts)))
    return pd.DataFrame(table)
