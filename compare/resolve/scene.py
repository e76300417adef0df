"""Everyone a document names: persons with their fullest name and office, bodies, provinces."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from compare.resolve.acronyms import expand, introduced, read_named
from compare.resolve.grammar import acting_bodies, acts
from compare.resolve.lexicon import lexicon
from compare.resolve.marks import mark, name_runs
from compare.resolve.names import Word, alike, bare, same_person, words
from compare.resolve.phrase import Phrase, read_body
from compare.resolve.registry import Registry

if TYPE_CHECKING:
    from spacy.tokens import Doc

_REACH = 14
"""Words of a title before or after a name."""
_JOIN = {"of", "for", "the", "s", "to", "in"}


@dataclass
class Entity:
    """One person or body of a document."""

    kind: str
    """person, body or unnamed"""
    full: str
    name: tuple[str, ...] = ()
    actor_id: str = ""
    phrases: list[Phrase] = field(default_factory=list)
    mentions: list[tuple[int, int, bool]] = field(default_factory=list)
    """start, end, is it a subject"""
    gender: str = ""
    number: str = "sg"
    marked: str = ""
    """what tells one unnamed speaker from another"""
    known: bool = False
    """certainly a person: registered, titled, a speaker, or so tagged"""
    voiced: bool = False
    """a body for which a spokesperson without a name spoke"""

    @property
    def heads(self) -> frozenset[str]:
        """Classes of office it is given anywhere."""
        return frozenset(h for p in self.phrases for h in p.heads)

    @property
    def words(self) -> frozenset[str]:
        """Words it is described with anywhere."""
        return frozenset(w for p in self.phrases for w in p.words)

    @property
    def bodies(self) -> tuple[str, ...]:
        """Registered bodies it is linked to, in order of mention."""
        return tuple(dict.fromkeys(b for p in self.phrases for b in p.bodies))

    def described(self) -> Phrase:
        """All that is said of it, as one phrase."""
        found = [p for p in self.phrases if p.heads or p.bodies or p.body]
        first = found[0] if found else Phrase(self.full, "person")
        return Phrase(
            text=first.text,
            form="person",
            name=self.name,
            written=self.full,
            heads=self.heads,
            head=first.head,
            words=self.words,
            bodies=self.bodies,
            body=next((p.body for p in self.phrases if p.body), ""),
            province=next((p.province for p in self.phrases if p.province), ""),
            gender=self.gender,
        )


class Scene:
    """A document's persons and bodies; `entities` in order of first mention."""

    def __init__(
        self, text: str, parse: Doc, day: date | None, registry: Registry, similarity: float,
        short: Mapping[str, str],
    ) -> None:  # fmt: skip
        """Find them in `text`, whose parse is `parse`, published on `day`.

        `short` holds short forms that other texts of the case introduce.
        """
        self.text, self.parse, self.day = text, parse, day
        self.registry, self.similarity = registry, similarity
        self.entities: list[Entity] = []
        self.publisher: Entity | None = None
        self.starts = [s.start_char for s in parse.sents]
        self.items = words(text)
        self.reading = mark(self.items, registry)
        self.places = self._provinces()
        self.short = {**short, **introduced(text, self.items)}
        self._people()
        named = acting_bodies(self.parse)
        for hit in self.reading.hits:
            start, end = self.items[hit.first].start, self.items[hit.last - 1].end
            inner = hit.last - hit.first == 1 and any(a < start < b for a, b in named)
            if "T" in self.reading.marks[hit.first : hit.last] or inner:
                continue
            # The case may give a short form to another body than the registry does.
            whole = expand(text[start:end], self.short)
            told = read_body(whole, registry).bodies if whole else (hit.actor_id,)
            for actor_id in told[:1]:
                self.body(actor_id, text[start:end]).mentions.append(
                    (start, end, acts(self.parse, start, end))
                )
        for start, end in named:
            self._organisation(start, end)
        for entity in self.entities:
            entity.mentions.sort()

    def _organisation(self, start: int, end: int) -> None:
        """A body the registry does not hold; persons and registered bodies come first."""
        if any(a < end and start < b for e in self.entities for a, b, _ in e.mentions):
            return
        full = self.text[start:end].removeprefix("the ").removeprefix("The ")
        entity = next((e for e in self.entities if e.kind == "body" and e.full == full), None)
        if entity is None:
            entity = Entity("body", full, phrases=[read_body(full, self.registry)])
            self.entities.append(entity)
        entity.mentions.append((start, end, True))

    def _provinces(self) -> list[tuple[int, str]]:
        found = []
        for size in (3, 2, 1):
            for n in range(len(self.items) - size + 1):
                part = tuple(w.folded for w in self.items[n : n + size])
                if part in self.registry.provinces and self.items[n].capital:
                    found.append((self.items[n].start, self.registry.provinces[part]))
        return sorted(found)

    def province(self, at: int) -> str:
        """The province in question at a position: the last one named, datelines aside."""
        outside = [p for p in self.places if p[1] != "kabul"] or self.places
        before = [p for start, p in outside if start <= at]
        return before[-1] if before else outside[0][1] if outside else ""

    def _people(self) -> None:
        sure = {n for h in self.reading.persons for n in range(h.first, h.last)}
        runs = [self._trim(first, last) for first, last in name_runs(self.reading)]
        runs = [(f, last) for f, last in runs if f < last]
        for first, last in sorted(runs, key=lambda r: (r[0] - r[1], r[0])):
            part = self.items[first:last]
            name = tuple(w.folded for w in part if w.folded not in lexicon().honorifics)
            if not name or part[-1].folded in lexicon().bodies or any(w.acronym for w in part):
                continue
            placed = first > 0 and self.items[first - 1].text in {"in", "at", "near", "from", "of"}
            if placed and first not in sure and not self._tagged(part[0].start, part[-1].end):
                continue
            tagged = self._tagged(part[0].start, part[-1].end)
            known = first in sure or (first > 0 and self.reading.marks[first - 1] in "HT")
            if len(name) > 1 or known:
                self._mention(part, name, (first, last), known or tagged)
            else:
                self._surname(part[0], name[0])

    def _trim(self, first: int, last: int) -> tuple[int, int]:
        """A sentence's first word is no name for its capital alone."""
        word = self.items[first]
        if word.start in self.starts and last - first > 1:
            token = self.parse.char_span(word.start, word.end, alignment_mode="expand")
            if token is not None and token[0].pos_ not in {"PROPN", "NOUN", "ADJ", "X"}:
                return first + 1, last
        return first, last

    def _tagged(self, start: int, end: int) -> bool:
        span = self.parse.char_span(start, end, alignment_mode="expand")
        return span is not None and any(t.ent_type_ == "PERSON" for t in span)

    def _mention(
        self, part: list[Word], name: tuple[str, ...], at: tuple[int, int], known: bool
    ) -> None:
        entity = self.same(name, part[0].start)
        if entity is None:
            entity = Entity("person", self.text[part[0].start : part[-1].end].rstrip("'’s "), name)
            entity.full = _bare(self.text[part[0].start : part[-1].end])
            self.entities.append(entity)
        phrase = self._extended(*at)
        entity.phrases.append(phrase)
        entity.gender = entity.gender or phrase.gender
        entity.known = entity.known or known or bool(phrase.heads)
        start, end = part[0].start, part[-1].end
        entity.mentions.append((start, end, acts(self.parse, start, end)))

    def same(self, name: tuple[str, ...], at: int) -> Entity | None:
        """The one person so far whom this name fits; a surname, the one it ends with."""
        people = [e for e in self.entities if e.kind == "person" and e.mentions]
        name = bare(name)
        if len(name) > 1:
            scored = [
                (same_person(name, e.name, self.similarity, loose=True), n, e)
                for n, e in enumerate(people)
            ]
            scored = [s for s in scored if s[0] > 0]
            best = max((s[0] for s in scored), default=0.0)
            top = [e for score, _, e in scored if score == best]
            return top[0] if len(top) == 1 or (top and top[0].name == name) else None
        last = [e for e in people if alike(name[0], e.name[-1], self.similarity) >= 0.9]
        anywhere = [
            e for e in people if any(alike(name[0], w, self.similarity) >= 0.9 for w in e.name)
        ]
        found = last or anywhere
        before = [e for e in found if min(m[0] for m in e.mentions) < at]
        chosen = before or found
        if len(chosen) > 1:
            chosen = [max(chosen, key=lambda e: max(m[0] for m in e.mentions if m[0] < at))] \
                if before else []  # fmt: skip
        return chosen[0] if chosen else None

    def _surname(self, word: Word, name: str) -> None:
        entity = self.same((name,), word.start)
        if entity is not None:
            entity.mentions.append((word.start, word.end, acts(self.parse, word.start, word.end)))

    def _extended(self, first: int, last: int) -> Phrase:
        """The name with the title before it and the apposition after it."""
        items, marks, text = self.items, self.reading.marks, self.text
        left = first
        # "the governor, A, said" tells who A is; "fighters killed the governor, A said" does not.
        closed = re.match(r"\s*(?:[^\s\w]|$)", text[items[last - 1].end :]) is not None
        linked = first > 0 and items[first - 1].text in {"in", "at", "near", "from", "of", "for"}
        while left and not linked and first - left < _REACH:
            gap = text[items[left - 1].end : items[left].start]
            word = items[left - 1]
            titles = set(marks[left:first]) <= {"H"}
            comma = closed and gap == ", " and marks[left - 1] in "TB" and titles
            told = marks[left - 1] in "TBHP" or word.folded in _JOIN or self._telling(word)
            if not ((gap in {" ", "-", ". "} and (gap != ". " or marks[left - 1] == "H")) or comma):
                break
            if not told and not (word.capital and word.start not in self.starts):
                break
            left -= 1
        while left < first and items[left].folded in _JOIN:
            left += 1
        right = last
        if text[items[last - 1].end : items[last - 1].end + 2] == ", ":
            stop = items[last].start if last < len(items) else len(text)
            found = re.match(r"[^,.;:\n“”\"()]{0,120}", text[stop:])
            end = stop + (found.end() if found else 0)
            right = next((n for n in range(last, len(items)) if items[n].end > end), len(items))
            titled = any(m in "TB" for m in marks[last:right])
            named = any(h.first >= last and h.last <= right for h in self.reading.persons)
            finite = self._finite(items[last].start, end) if last < len(items) else True
            if right - last > _REACH or not titled or named or finite:
                right = last
        start, end = items[left].start, items[right - 1].end
        return read_named(text[start:end], self.registry, self.short)

    def _finite(self, start: int, end: int) -> bool:
        span = self.parse.char_span(start, end, alignment_mode="contract")
        return span is None or any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in span)

    def _telling(self, word: Word) -> bool:
        lex = lexicon()
        listed = any(word.folded in told for _, _, told in lex.camps)
        return listed or word.folded in lex.bodies or word.folded in {"deputy", "acting", "peace",
            "special", "senior", "former", "chief", "head", "refugees", "public"}  # fmt: skip

    def body(self, actor_id: str, full: str) -> Entity:
        """The entity of a registered body, made when first met."""
        for entity in self.entities:
            if entity.actor_id == actor_id:
                return entity
        entity = Entity("body", full, actor_id=actor_id)
        self.entities.append(entity)
        return entity

    def published_by(self, actor_id: str, name: str) -> None:
        """Take the body that publishes the text for one named before its first word."""
        if actor_id:
            self.publisher = self.body(actor_id, name)
        else:
            self.publisher = Entity("body", name, phrases=[read_body(name, self.registry)])
            self.entities.append(self.publisher)
        self.publisher.mentions.insert(0, (-1, -1, True))

    def at(self, start: int, end: int) -> Entity | None:
        """The person whose name lies inside a span."""
        return next(
            (
                e
                for e in self.entities
                if e.kind == "person" and any(start <= a and b <= end for a, b, _ in e.mentions)
            ),
            None,
        )


def _bare(name: str) -> str:
    """A name in one line, without a possessive."""
    return " ".join(re.sub(r"['’]s?$", "", name).split())
