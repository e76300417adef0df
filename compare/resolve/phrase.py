"""What a speaker phrase says of itself: a name, an office, a body, or nobody in particular."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from compare.resolve.lexicon import lexicon
from compare.resolve.marks import Reading, body_end, is_plural, mark, name_runs
from compare.resolve.names import Word, words
from compare.resolve.registry import Registry

_RELATIVE = re.compile(
    r"\s*[,;]?\s+(?:who|whom|whose|which|that|where|when|while|speaking|talking|citing|quoting|"
    r"on condition of|in (?:a|an|his|her|their|its) (?:statement|tweet|interview|report|post)|"
    r"(?:seen|viewed|reviewed|obtained|verified|interviewed|contacted|quoted|cited) by)\b.*",
    re.DOTALL,
)
_POSTED = re.compile(
    r"\b(?P<who>mission|delegation|ambassador|envoy|representative|delegate) to (?:the )?"
    r"(?:UN|U\.N\.|United Nations|EU|European Union|NATO|Security Council|African Union|OSCE|OPCW)"
    r"(?![\w-])"
)
"""Who speaks for a government at a body of states, not for that body."""
_NAMED = re.compile(
    r"(?:[Tt]he )?(?P<name>(?:[A-Z]\w+ )*(?:Front|Sultanate|Emirate|Republic|Movement|Party|League"
    r"|Association|Federation|Brotherhood|Army|Assembly|Congress|Alliance|Coalition|Union|Council"
    r"|Committee|Organi[sz]ation) (?:of|for)(?: (?:the|of|for|and|[A-Z][\w'’-]+))* [A-Z][\w'’-]+)"
)
"""A body whose name says whose or what for it is: the Front for the Liberation of the Congo."""
_BRACKETS = re.compile(r"(?<=\w)\s*\([^()]{0,80}\)")
_AFTER = {"and", "himself", "herself", "has", "had", "was", "is", "as"}
_LINKS = {"for", "of", "from", "at", "with", "to", "in", "on", "under", "by", "near"}
_EMPTY = {"of", "for", "the", "in", "to", "at", "a", "an", "and", "with", "from", "acting", "new",
          "on", "said", "has", "by", "top", "senior", "countrys", "country", "here"}  # fmt: skip


@dataclass(frozen=True)
class Phrase:
    """A speaker phrase taken apart."""

    text: str
    form: str
    """pronoun, person, body, office, unnamed or collective"""
    name: tuple[str, ...] = ()
    """folded words of a person's name, without honorifics"""
    written: str = ""
    """the name as written"""
    heads: frozenset[str] = frozenset()
    """classes of the office itself"""
    head: str = ""
    """the office as written, folded"""
    words: frozenset[str] = frozenset()
    """folded words besides the name"""
    bodies: tuple[str, ...] = ()
    """registry ids of the bodies named"""
    body: str = ""
    """a body's name as written, known or not"""
    province: str = ""
    gender: str = ""
    number: str = "sg"
    definite: bool = False
    acronym: str = ""

    @property
    def content(self) -> frozenset[str]:
        """Words that tell this office from another."""
        return self.words - _EMPTY


def read_phrase(text: str, registry: Registry) -> Phrase:
    """A speaker phrase as written, taken apart by the lexicon and the registry.

    >>> from compare.resolve.registry import registry
    >>> p = read_phrase("Omar Rezai, a spokesman for the Helmand governor", registry(None))
    >>> p.form, p.written, p.bodies, sorted(p.heads)
    ('person', 'Omar Rezai', ('helmand-governor',), ['spokesperson'])
    >>> read_phrase("two security sources", registry(None)).form
    'unnamed'
    """
    text = _RELATIVE.sub("", _BRACKETS.sub("", text.strip())).strip(" ,;:–—-“”\"'‘’()[]")
    if _POSTED.search(text):
        return replace(read_phrase(_POSTED.sub(_government, text), registry), text=text)
    reading = mark(words(text), registry)
    if not reading.items:
        return Phrase(text, "unnamed")
    if len(reading.items) <= 2 and (pronoun := _pronoun(reading.items)):
        return Phrase(text, "pronoun", head=pronoun[0], gender=pronoun[1], number=pronoun[2])
    told = frozenset(w.folded for w in reading.items)
    if not reading.hits and (government := registry.ruler(reading.items)):
        return Phrase(text, "body", words=told, bodies=(government,), body=text)
    if not reading.hits and (named := _NAMED.fullmatch(text)):
        return Phrase(text, "body", words=told, body=named["name"])
    if len(parts := text.split(" and ")) == 2 and all(registry.ruler(words(p)) for p in parts):
        return Phrase(text, "unnamed", words=told, number="pl")
    return _descriptor(text, reading, registry)


def _government(posted: re.Match[str]) -> str:
    one = posted["who"] in {"mission", "delegation"}
    return "government" if one else "government representative"


def read_body(name: str, registry: Registry) -> Phrase:
    """A name known to be a body's, registered or not.

    >>> from compare.resolve.registry import registry
    >>> read_body("Government of National Accord", registry(None)).body
    'Government of National Accord'
    """
    phrase = read_phrase(name, registry)
    if phrase.bodies:
        return phrase
    return replace(phrase, form="body", name=(), written="", text=name, body=name)


def _pronoun(items: Sequence[Word]) -> tuple[str, str, str] | None:
    found = lexicon().pronouns.get(items[0].folded)
    second = len(items) == 1 or items[1].folded in {"himself", "herself", "itself"}
    if found is None or not second or items[0].acronym:
        return None
    return items[0].folded, *found


def _descriptor(text: str, reading: Reading, registry: Registry) -> Phrase:
    lex = lexicon()
    items, marks = reading.items, reading.marks
    runs = name_runs(reading)
    name = _name(text, reading, runs)
    own = range(name[0], name[1]) if name else range(0)
    rest = [n for n in range(len(items)) if n not in own]
    folded = frozenset(items[n].folded for n in rest)
    main = _main(reading, rest, text)
    inside = {n for h in reading.hits for n in range(h.first, h.last) if marks[n] == "B"}
    heads = lex.heads.get(items[main].folded, frozenset()) if main is not None else frozenset()
    province = next(
        (
            registry.provinces[tuple(items[m].folded for m in range(n, n + size))]
            for size in (3, 2, 1)
            for n in range(len(items) - size + 1)
            if tuple(items[m].folded for m in range(n, n + size)) in registry.provinces
            and n not in own
        ),
        "",
    )
    bodies = tuple(dict.fromkeys(h.actor_id for h in reading.hits))
    body = _body(text, reading, runs, name)
    first = items[0].folded
    plural = main is not None and is_plural(items[main].folded)
    acronym = next((w.text for w in items if w.acronym), "")
    found = Phrase(
        text=text,
        form="office",
        heads=heads,
        head=items[main].folded if main is not None else "",
        words=folded,
        bodies=bodies,
        body=body,
        province=province,
        gender=_gender(items, own),
        number="pl" if plural else "sg",
        definite=first in {"the", "this", "that", "these", "those"},
        acronym=acronym,
    )
    if name:
        bare = [n for n in own if items[n].folded not in lex.honorifics or marks[n] == "N"]
        written = text[items[bare[0]].start : items[bare[-1]].end]
        written = " ".join(re.sub(r"['’]s?$", "", written).split())
        return _with(found, form="person", name=tuple(items[n].folded for n in bare),
                     written=written)  # fmt: skip
    if main is None and (reading.hits or body):
        return _with(found, form="body")
    if main is None and set(folded) & lex.collective:
        return _with(found, form="collective")
    if main is None:
        return _with(found, form="body" if folded & lex.bodies else "unnamed")
    if main in inside:
        return _with(found, form="body")
    if items[main].folded in {"authority", "governor"} and "office" in folded:
        return _with(found, form="body")
    anybody = plural or first in lex.numbers or bool(heads & lex.plain and not found.definite)
    if heads == {"spokesperson"} or not anybody:
        return found
    return _with(found, form="unnamed")


def _with(phrase: Phrase, **changes: object) -> Phrase:
    return replace(phrase, **changes)  # type: ignore[arg-type]


def _name(text: str, reading: Reading, runs: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The stretch of words that names the speaking person, honorifics left out."""
    items, marks, lex = reading.items, reading.marks, lexicon()
    best: tuple[int, tuple[int, int]] | None = None
    known = {(h.first, h.last) for h in reading.persons}
    titled = "T" in marks or "B" in marks
    for first, last in runs:
        start = first
        while start and marks[start - 1] == "H":
            start -= 1
        before = items[start - 1].folded if start else ""
        linked = before in _LINKS and items[start - 1].text.islower()
        owner = items[last - 1].text.endswith(("'s", "’s")) and last < len(items)
        bodied = items[last - 1].folded in lex.bodies or (
            last < len(items) and marks[last] == "." and items[last].folded in lex.bodies
        )
        # The Free Syrian Army: the nationality in the middle is no part of a name's run.
        bodied = bodied or (last < len(items) and items[last].folded in lex.foreign
                            and body_end(items, last) > 0)  # fmt: skip
        sure = any(first <= f and e <= last for f, e in known) or start < first
        after = items[last] if last < len(items) else None
        noun = after is not None and after.text.islower() and after.folded not in _LINKS | _AFTER
        attached = noun and after is not None and after.start - items[last - 1].end == 1
        if linked or owner or attached or (bodied and not sure):
            continue
        if last - first == 1 and items[first].acronym and not sure:
            continue
        titled_before = start > 0 and marks[start - 1] in "TB"
        opens = start == 0 and (last == len(items) or "," in text[items[last - 1].end :][:2])
        closes = last == len(items) or text[items[last - 1].end :][:1] in ",("
        if last - first == 1 and titled and not (sure or titled_before or opens):
            continue
        rank = 8 * sure + 4 * titled_before + 3 * opens + 2 * closes + (last - first > 1)
        if best is None or rank > best[0]:
            best = (rank, (first, last))
    return best[1] if best else None


def _main(reading: Reading, rest: list[int], text: str) -> int | None:
    """The word that names the office: before the first `for`, `of`, ... the last title word."""
    items, marks = reading.items, reading.marks
    lex = lexicon()
    known = set(rest)
    titles = [n for n in rest if marks[n] == "T"]
    if not titles:
        titles = [n for n in rest if marks[n] == "B" and items[n].folded in {"governor", "police"}]
        if titles and titles[-1] + 1 in known and items[titles[-1] + 1].folded in lex.bodies:
            titles = []
    if not titles:
        return None
    link = next(
        (n for n in rest if n > titles[0] and items[n].folded in _LINKS | {"and"}), len(items)
    )
    chosen = [n for n in titles if n < link][-1]
    following = items[chosen + 1].folded if chosen + 1 < min(link, len(items)) else ""
    if following in lex.bodies and chosen + 1 in known and marks[chosen + 1] != "N":
        return None
    if items[chosen].folded == "general" and chosen and items[chosen - 1].folded == "secretary":
        return chosen - 1
    return chosen


def _gender(items: Sequence[Word], own: range) -> str:
    """m, f or "" by title, form of address, or given name."""
    lex = lexicon()
    for word in items:
        if word.folded in lex.female:
            return "f"
    for word in items:
        if word.folded in lex.male:
            return "m"
    for n in list(own)[: 1 if len(own) > 1 else 0]:
        if items[n].folded in lex.female_names:
            return "f"
        if items[n].folded in lex.male_names:
            return "m"
    return ""


def _body(
    text: str, reading: Reading, runs: list[tuple[int, int]], name: tuple[int, int] | None
) -> str:
    """The body named in the phrase, as written, registered or not."""
    if reading.hits:
        hit = max(reading.hits, key=lambda h: (h.last - h.first, -h.first))
        return text[reading.items[hit.first].start : reading.items[hit.last - 1].end]
    items, lex = reading.items, lexicon()
    for first, last in runs:
        if (first, last) == name:
            continue
        if last < len(items) and items[last].folded in lex.bodies:
            last += 1
        elif last < len(items) and items[last].folded in lex.foreign:
            last = body_end(items, last) or last
        start = first
        while start and items[start - 1].folded in lex.foreign:
            start -= 1
        before = {w.folded for w in items[:start]}
        if start and items[start - 1].folded == "in" and lex.bodies & before:
            start = int(items[0].folded == "the")  # "the health ministry in Sanaa"
        written = re.sub(r"['’]s$", "", text[items[start].start : items[last - 1].end])
        bodily = items[last - 1].folded in lex.bodies or items[last - 1].acronym
        linked = first > 0 and items[start - 1].folded in _LINKS - {"in", "from", "on", "near"}
        if bodily or linked or last - first > 1 or (name is None and "T" not in reading.marks):
            return " ".join(written.split())
    return ""
