"""Persons the registry does not hold, brought together over all documents of a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from compare.resolve.lexicon import lexicon
from compare.resolve.names import same_person, skeleton, slug, spellings
from compare.resolve.phrase import Phrase
from compare.resolve.surnames import SURE, Surnames, alone
from compare.tables import check

STRANGERS = [
    "claim_id", "score", "place", "name", "written", "text", "head", "heads", "bodies", "words",
    "gender",
]  # fmt: skip
"""Columns of the table of unlisted persons: a claim, its score, and the draft of its speaker.

A row without a claim holds the name of somebody a document names in full, who may be listed.
"""


@dataclass(frozen=True)
class Draft:
    """An unlisted person as one document knows them."""

    place: str
    """where it stands, only to find it again"""
    name: tuple[str, ...]
    written: str
    phrase: Phrase

    @property
    def told(self) -> Hashable:
        """All that tells whether another draft may be the same person."""
        phrase = self.phrase
        return self.name, phrase.heads, frozenset(phrase.bodies), phrase.content, phrase.gender


def assign(
    drafts: Sequence[Draft], similarity: float, named: Iterable[tuple[str, ...]] = ()
) -> dict[str, tuple[str, str, float, str]]:
    """For every draft's place an actor id, a display name, a score and, by surname, how.

    Drafts of one name, or of spellings of it, whose offices do not exclude
    each other are one person. A name that fits two persons joins neither. A surname
    alone joins the one person who bears it, of all drafts and all who are `named` in
    full. The outcome does not depend on the order of the drafts.

    >>> a = Draft("a", ("omar", "rezai"), "Omar Rezai", Phrase("", "person"))
    >>> b = Draft("b", ("omer", "rezai"), "Omer Rezai", Phrase("", "person"))
    >>> [found[0] for found in assign([b, a], 0.9).values()]
    ['unlisted:omar-rezai', 'unlisted:omar-rezai']
    >>> assign([a, Draft("c", ("rezai",), "Rezai", Phrase("", "person"))], 0.9)["c"]
    ('unlisted:omar-rezai', 'Omar Rezai', 0.8, 'surname')
    """
    groups: list[list[Draft]] = []
    members: list[dict[Hashable, Draft]] = []  # of each group one draft of those told alike
    by_sound: defaultdict[str, set[int]] = defaultdict(set)
    by_first: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    holding: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for draft in sorted(drafts, key=lambda d: (-len(d.name), d.name, d.phrase.text, d.place)):
        heard = [by_sound[skeleton(word)] for word in draft.name]
        alike = (g for name in _alike(draft.name, holding) for g in by_first[name])
        near = sorted(g for g in alike if any(g in said for said in heard))
        scored = [(_fit(draft, members[g].values(), similarity), g) for g in near]
        best = max((s for s, _ in scored), default=0.0)
        top = [g for s, g in scored if s == best and s > 0]
        if len(top) == 1:
            groups[top[0]].append(draft)
            chosen = top[0]
        else:
            groups.append([draft])
            members.append({})
            chosen = len(groups) - 1
            by_first[draft.name].append(chosen)
            for word in draft.name:
                for key in spellings(word):
                    holding[key].add(draft.name)
        members[chosen].setdefault(draft.told, draft)
        for word in draft.name:
            by_sound[skeleton(word)].add(chosen)
    return _by_surname(groups, _named(groups), similarity, sorted(set(named)))


def _alike(
    name: tuple[str, ...], holding: Mapping[str, set[tuple[str, ...]]]
) -> set[tuple[str, ...]]:
    """Of names as long or longer, by the keys of their words, all that may be this one.

    Every word but an initial must be found in the other, and so one of its keys.
    """
    words = [word for word in name if len(word) > 1]
    if len(name) < 2 or not words:
        return {name} if len(name) < 2 else set().union(*holding.values())
    keys = ((*spellings(word), f"{word[0]}.") for word in words)
    found = [set().union(*(holding.get(k, ()) for k in one)) for one in keys]
    return {name}.union(set.intersection(*found))


def _by_surname(
    groups: Sequence[Sequence[Draft]],
    found: Mapping[str, tuple[str, str, float]],
    similarity: float,
    named: Sequence[tuple[str, ...]],
) -> dict[str, tuple[str, str, float, str]]:
    """What is found, surnames alone under the id of their one bearer."""
    short = {n for n, g in enumerate(groups) if all(alone(d.name, d.written) for d in g)}
    whole = [g for n, g in enumerate(groups) if n not in short]
    people = Surnames([sorted({d.name for d in g}) for g in whole], named, similarity)
    joined = {place: (*told, "") for place, told in found.items()}
    for n in sorted(short):
        who = people.bearers(groups[n][0].name)
        if len(who) != 1 or who[0] < 0:
            continue
        person = whole[who[0]]
        told, known = ({d.told: d.phrase for d in group}.values() for group in (groups[n], person))
        if any(_apart(a, b) for a in told for b in known):
            continue
        actor_id, actor, _ = found[person[0].place]
        joined |= {d.place: (actor_id, actor, SURE, "surname") for d in groups[n]}
    return joined


def _apart(a: Phrase, b: Phrase) -> bool:
    """The gender or the office told of two persons keeps them from being one."""
    return bool(a.gender and b.gender and a.gender != b.gender) or _excluded(a, b)


def stranger(draft: Draft, claim_id: str, score: float) -> dict[str, object]:
    """A draft as a row of strangers, for the claim it speaks with `score`."""
    p = draft.phrase
    cells = (draft.place, list(draft.name), draft.written, p.text, p.head, sorted(p.heads),
             list(p.bodies), sorted(p.words), p.gender)  # fmt: skip
    return dict(zip(STRANGERS, (claim_id, score, *cells), strict=True))


def bearer(name: tuple[str, ...]) -> dict[str, object]:
    """The name in full of somebody a document names, as a row of strangers without a claim."""
    return stranger(Draft("", name, "", Phrase("", "person")), "", 0.0)


def _draft(row: Mapping[Hashable, Any]) -> Draft:
    phrase = Phrase(
        row["text"], "person", head=row["head"], heads=frozenset(row["heads"]),
        bodies=tuple(row["bodies"]), words=frozenset(row["words"]), gender=row["gender"],
    )  # fmt: skip
    return Draft(row["place"], tuple(row["name"]), row["written"], phrase)


def name_strangers(
    sources: pd.DataFrame, strangers: pd.DataFrame, *, name_similarity: float
) -> pd.DataFrame:
    """Table `sources` with one id and name for each unlisted person, over all documents.

    `sources` and `strangers` are those of every part of a case, see `resolve_within`.
    """
    every = strangers.to_dict("records")
    rows = [row for row in every if row["claim_id"]]
    names = [tuple(row["name"]) for row in every if not row["claim_id"]]
    drafts = {row["place"]: _draft(row) for row in rows}
    found = assign(list(drafts.values()), name_similarity, names)
    told = {row["claim_id"]: (row["score"], *found[row["place"]]) for row in rows}
    at = sources["claim_id"].isin(told)
    cells = []
    for claim_id, how in zip(sources.loc[at, "claim_id"], sources.loc[at, "how"], strict=True):
        sure, actor_id, actor, score, joined = told[claim_id]
        # A pronoun for somebody known by surname stays found by pronoun.
        how = joined if joined and how == "unlisted" else how
        cells.append((actor_id, actor, round(score * sure, 6), how))
    columns = ["actor_id", "actor", "score", "how"]
    new = pd.DataFrame(cells, columns=columns, index=sources.index[at])
    named = sources.assign(**{
        str(name): new[name].reindex(sources.index).fillna(sources[name]) for name in new
    })  # fmt: skip
    return check("sources", _with_sides(named, at))


def _with_sides(sources: pd.DataFrame, at: pd.Series[bool]) -> pd.DataFrame:
    """Unlisted persons whose side one document tells stand there in documents that do not."""
    sources = sources.copy()
    open_ = sources["camp"] == "unknown"
    both = {*sources.loc[at & open_, "actor_id"]} & {*sources.loc[at & ~open_, "actor_id"]}
    for _, rows in sources[at & sources["actor_id"].isin(both)].groupby("actor_id"):
        known = rows[rows["camp"] != "unknown"]
        lacking = rows.index[rows["camp"] == "unknown"]
        if len(known[["camp", "role"]].drop_duplicates()) == 1:
            sources.loc[lacking, ["camp", "role"]] = known[["camp", "role"]].iloc[0].to_list()
            bodies = known["organisation"].dropna().unique()
            if len(bodies) == 1:
                lacking = lacking[sources.loc[lacking, "organisation"].isna()]
                sources.loc[lacking, "organisation"] = bodies[0]
    return sources


def _fit(draft: Draft, group: Iterable[Draft], similarity: float) -> float:
    """How surely a draft is the person of a group: every member must allow it."""
    scores = []
    for other in group:
        if len(draft.name) < 2 or len(other.name) < 2:
            score = 1.0 if draft.name == other.name and _said_alike(draft, other) else 0.0
        elif draft.name == other.name:
            score = 1.0 if not _weak(draft.name) or _said_alike(draft, other) else 0.0
        else:
            score = _one_person(draft.name, other.name, similarity)
        if score == 0 or _excluded(draft.phrase, other.phrase):
            return 0.0
        scores.append(score)
    return min(scores, default=0.0)


@lru_cache(maxsize=1 << 18)
def _one_person(a: tuple[str, ...], b: tuple[str, ...], similarity: float) -> float:
    return same_person(a, b, similarity, loose=False)


def _weak(name: Sequence[str]) -> bool:
    return all(word in lexicon().weak for word in name)


def _said_alike(a: Draft, b: Draft) -> bool:
    """Both are given the same kind of office, and the same body if any."""
    return bool(a.phrase.heads & b.phrase.heads) and set(a.phrase.bodies) == set(b.phrase.bodies)


def _excluded(a: Phrase, b: Phrase) -> bool:
    """Offices no one person is likely to hold: another kind, with another body or none."""
    if not a.heads or not b.heads or a.heads & b.heads:
        return False
    return not set(a.bodies) & set(b.bodies) and not (a.content & b.content)


def _named(groups: Sequence[Sequence[Draft]]) -> dict[str, tuple[str, str, float]]:
    """Ids from the fullest name; namesakes are told apart by their office."""
    full = [min(g, key=lambda d: (-len(d.name), d.written)) for g in groups]
    wanted: dict[str, list[int]] = defaultdict(list)
    for n, draft in enumerate(full):
        wanted[slug(draft.written)].append(n)
    found: dict[str, tuple[str, str, float]] = {}
    for name, members in sorted(wanted.items()):
        for n in members:
            told = sorted({p.phrase.head for p in groups[n] if p.phrase.head})[:1]
            marked = f"{name}-{told[0]}" if len(members) > 1 and told else name
            for draft in groups[n]:
                score = 1.0 if draft.name == full[n].name else 0.9
                found[draft.place] = (f"unlisted:{marked}", full[n].written, score)
    return found
