"""The words that attribute: `compare/data/cues.tsv`, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

ADDRESSEES = frozenset(
    [
        "reporter",
        "reporters",
        "journalist",
        "journalists",
        "media",
        "press",
        "parliament",
        "senate",
        "congress",
        "council",
        "court",
        "lawmakers",
        "audience",
        "crowd",
        "police",
        "agency",
        "reuters",
        "ap",
        "afp",
        "cnn",
        "bbc",
    ]
)
STATEMENTS = frozenset(
    [
        "statement",
        "tweet",
        "tweets",
        "letter",
        "interview",
        "release",
        "report",
        "speech",
        "conference",
        "briefing",
        "message",
        "post",
        "email",
        "e-mail",
        "remarks",
        "remark",
        "communique",
        "communiqué",
        "memo",
        "video",
        "call",
        "text",
        "testimony",
        "address",
        "blog",
        "column",
        "article",
        "editorial",
        "op-ed",
        "documents",
        "document",
        "note",
        "comment",
        "comments",
        "series",
        "thread",
        "briefing",
        "announcement",
        "update",
        "bulletin",
    ]
)
"""What a statement is made in: "in a tweet" parts no speaker from the verb."""

PLATFORMS = frozenset(
    (
        "twitter",
        "x",
        "facebook",
        "telegram",
        "instagram",
        "youtube",
        "whatsapp",
        "weibo",
        "vkontakte",
    )
)
"""What a statement is posted on, as it is made in a statement."""

TIMES = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "tonight",
        "week",
        "month",
        "year",
        "day",
        "night",
        "morning",
        "afternoon",
        "evening",
        "time",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)


@dataclass(frozen=True)
class Verb:
    """One line of the lexicon."""

    lemma: str
    frames: str
    status: str
    particles: tuple[str, ...]
    """Prepositions whose object is content."""
    joined: tuple[str, ...]
    """Prepositions whose object is content together with the object of the verb."""


@lru_cache(maxsize=1)
def verbs() -> dict[str, Verb]:
    """The verbs by lemma; two lines of one lemma are added up, the first status counts.

    >>> verbs()["deny"].status, verbs()["accuse"].joined
    ('denied', ('of',))
    """
    found: dict[str, Verb] = {}
    lines = (files("compare") / "data" / "cues.tsv").read_text("utf-8").splitlines()
    for line in lines:
        if not line or line.startswith("#"):
            continue
        lemma, frames, status, particles = line.split("\t")
        names = [p for p in particles.split(",") if p]
        verb = Verb(
            lemma,
            frames,
            status,
            tuple(p for p in names if not p.startswith("+")),
            tuple(p[1:] for p in names if p.startswith("+")),
        )
        old = found.get(lemma)
        if old:
            verb = Verb(
                lemma,
                old.frames + frames,
                old.status,
                old.particles + verb.particles,
                old.joined + verb.joined,
            )
        found[lemma] = verb
    return found


@lru_cache(maxsize=1)
def things() -> dict[str, frozenset[str]]:
    """Objects with which a verb attributes nothing, by its lemma; `compare/data/cues_things.tsv`.

    >>> "door" in things()["slam"], "attack" in things()["slam"]
    (True, False)
    """
    lines = (files("compare") / "data" / "cues_things.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {verb: frozenset(objects.split("|")) for verb, objects in rows[1:]}


@lru_cache(maxsize=1)
def speakers() -> frozenset[str]:
    """Words for who speaks: offices, bodies, groups; `compare/data/speakers.txt`.

    >>> "spokesman" in speakers(), "offensive" in speakers()
    (True, False)
    """
    lines = (files("compare") / "data" / "speakers.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
