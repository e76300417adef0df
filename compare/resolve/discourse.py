"""Whom each speaker phrase of a document means: names, pronouns, titles, the unsaid."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from compare.resolve.acronyms import expand, read_named
from compare.resolve.holders import (
    antecedent_body,
    body_of,
    described,
    holder,
    people_before,
    spoken_for,
)
from compare.resolve.lexicon import lexicon
from compare.resolve.names import alike, folded_text, words
from compare.resolve.offices import find_body, find_person, local_body
from compare.resolve.phrase import Phrase, read_body, read_phrase
from compare.resolve.salience import antecedent
from compare.resolve.scene import Entity, Scene

_LATER = 0.9
_AGREE = 0.85
_ITS = frozenset(["its", "their"])
_OWN = frozenset(
    ["his", "her", "their", "its", "rights", "news", "aid", "refugee", "press", "military",
     "ruling", "interim", "transitional", "spy", "intelligence", "city", "town", "regional",
     "municipal"]
)  # fmt: skip
_SIDES = frozenset(["insurgents", "militants"])


@dataclass(frozen=True)
class Said:
    """A claim as the discourse sees it."""

    claim_id: str
    source: str
    """as written, "" if elided"""
    at: int
    """where the speaker stands, or the cue, or the content"""
    until: int
    start: int
    end: int
    """the content"""
    parent: str


@dataclass(frozen=True)
class Speaker:
    """Whom a phrase means, how it was found, how surely."""

    entity: Entity
    phrase: Phrase
    how: str
    score: float


class Discourse:
    """Reads a document's claims in order and keeps in mind who spoke last."""

    def __init__(self, scene: Scene, claims: list[Said], *, reach: int, similarity: float) -> None:
        """Claims of one document, in any order; `reach` in sentences."""
        self.scene, self.reach, self.similarity = scene, reach, similarity
        self.claims = sorted(claims, key=lambda c: (c.at, c.start, c.claim_id))
        self.contents = [(c.start, c.end) for c in self.claims]
        self.spoke: list[tuple[int, Entity]] = []
        self.found: dict[str, Speaker] = {}

    def resolve(self) -> dict[str, Speaker]:
        """The speaker of every claim, by claim id."""
        for claim in self.claims:
            speaker = self._speaker(claim)
            self.found[claim.claim_id] = speaker
            inside = any(s <= claim.at and claim.until <= e for s, e in self.contents)
            if not inside:
                self.spoke.append((claim.at, speaker.entity))
        return self.found

    def _speaker(self, claim: Said) -> Speaker:
        if not claim.source:
            return self._elided(claim)
        phrase = read_named(claim.source, self.scene.registry, self.scene.short)
        whole = expand(phrase.text, self.scene.short)
        if whole and phrase.form != "pronoun":
            phrase = read_body(whole, self.scene.registry)
        if phrase.form == "pronoun":
            return self._pronoun(claim, phrase)
        if phrase.text.casefold() in {"the former", "the latter"}:
            return self._of_two(phrase)
        if (known := self._known(claim, phrase)) is not None:
            return Speaker(known, phrase, "part of the name", 1.0)
        *rest, last = phrase.text.split() or [""]
        some = folded_text(" ".join(rest)) in {"a", "an", "another"}
        if not some and last and folded_text(last) in lexicon().writings:
            return self._writing(claim, phrase)
        if phrase.form == "person":
            return self._person(claim, phrase)
        if phrase.form == "body":
            return self._body(claim, phrase)
        if phrase.form == "office":
            return self._office(claim, phrase)
        return self._nobody(claim, phrase)

    def _elided(self, claim: Said) -> Speaker:
        """`..., adding that ...`: whoever spoke last."""
        phrase = Phrase("", "pronoun")
        if self.spoke:
            return Speaker(self.spoke[-1][1], phrase, "elided", _AGREE)
        return Speaker(self._new("unnamed", phrase, "unnamed speaker"), phrase, "unstated", 0.0)

    def _person(self, claim: Said, phrase: Phrase) -> Speaker:
        entity = self.scene.at(claim.at, claim.until)
        if entity is not None and not any(
            alike(a, b, self.similarity) for a in phrase.name for b in entity.name
        ):
            entity = None
        entity = entity or self.scene.same(phrase.name, claim.at)
        if entity is None:
            entity = self._new("person", phrase, phrase.written)
            entity.mentions.append((claim.at, claim.until, True))
        entity.known = True
        if not entity.bodies and (phrase.heads == {"spokesperson"} or phrase.words & _ITS):
            phrase = self._speaks_for(claim, phrase)
        entity.phrases.append(phrase)
        entity.gender = entity.gender or phrase.gender
        how = "name" if len(phrase.name) == len(entity.name) else "part of the name"
        return Speaker(entity, phrase, how, 1.0)

    def _speaks_for(self, claim: Said, phrase: Phrase) -> Phrase:
        """`Spokesman A` or `A, its head` with the body A is of, where neither says it by name."""
        scene = self.scene
        known = find_person(phrase.name, phrase, scene.day, scene.registry, self.similarity)
        body = None
        if not known and not phrase.body:
            own = sorted(phrase.words & _ITS)
            body = self._owner(claim, own[0]) if own else spoken_for(self, phrase, "", claim.at)
        if body is None:
            return phrase
        told = read_body(body.full, scene.registry)
        bodies = (body.actor_id,) if body.actor_id else told.bodies
        return replace(phrase, body=body.full, bodies=bodies, words=phrase.words | told.words)

    def _of_two(self, phrase: Phrase) -> Speaker:
        """`The former`, `the latter`: of the last two who spoke."""
        last = list({id(e): e for _, e in reversed(self.spoke)}.values())[:2]
        if len(last) < 2:
            return Speaker(self._new("unnamed", phrase, phrase.text), phrase, "unresolved", 0.0)
        chosen = last[1] if phrase.text.casefold().endswith("former") else last[0]
        return Speaker(chosen, phrase, "pronoun", 0.8)

    def _known(self, claim: Said, phrase: Phrase) -> Entity | None:
        """A surname that is a common word or a place too (Afghan, Paris), its bearer known."""
        items = words(phrase.text)
        if len(items) != 1 or not items[0].capital or phrase.name:
            return None
        if not phrase.bodies:
            return self.scene.same((items[0].folded,), claim.at)
        bearer = self.scene.same((items[0].folded,), claim.at)
        ruled = self.scene.registry.ruler(items)
        return bearer if bearer and bearer.known and ruled else None

    def _writing(self, claim: Said, phrase: Phrase) -> Speaker:
        """`the statement`, `the ministry's tweet`: whoever made it."""
        if phrase.bodies:
            return self._body(claim, phrase)
        owner = phrase.text.rsplit(None, 1)[0]
        if "'" in owner or "’" in owner:
            return self._speaker(replace(claim, source=owner.rstrip("s’'")))
        entity = antecedent(self, claim, Phrase(phrase.text, "pronoun", number=""))
        if entity is None:
            return self._nobody(claim, phrase)
        return Speaker(entity, phrase, "noun", _AGREE)

    def _new(self, kind: str, phrase: Phrase, full: str) -> Entity:
        entity = Entity(kind, full, phrase.name, phrases=[phrase], gender=phrase.gender,
                        number=phrase.number, known=True)  # fmt: skip
        self.scene.entities.append(entity)
        return entity

    def _body(self, claim: Said, phrase: Phrase) -> Speaker:
        scene = self.scene
        noun = phrase.text.split()[-1].casefold() if phrase.text else ""
        if phrase.bodies:
            match = find_body(phrase.body, scene.registry, self.similarity)
            actor_id = match[0] if match else phrase.bodies[0]
            return Speaker(scene.body(actor_id, phrase.body or phrase.text), phrase, "alias", 1.0)
        if (match := find_body(phrase.text, scene.registry, self.similarity)) is not None:
            return Speaker(scene.body(match[0], phrase.text), phrase, match[2], match[1])
        local = local_body(phrase, phrase.province or scene.province(claim.at), scene.registry)
        if local:
            return Speaker(scene.body(local, phrase.text), phrase, "place", _LATER)
        owned = phrase.text.split(" ")[0].casefold() in {"his", "her", "their", "its"}
        bare = not phrase.content - {noun, *_OWN} and noun in lexicon().bodies | _SIDES
        if (phrase.definite or owned) and not phrase.body and bare:
            entity = antecedent_body(self, noun, claim.at)
            if entity is not None:
                return Speaker(entity, phrase, "noun", _AGREE)
        # "the paramilitary Sanjar Force" and "Sanjar Force" are one body.
        ends = bool(phrase.body) and phrase.text.endswith(phrase.body)
        name = phrase.body if ends else re.sub(r"^[Tt]he (?=\S)", "", phrase.text)
        owner, _, own = name.replace("’s ", "'s ").rpartition("'s ")
        # Myanmar's National Unity Government is the one the case has as the NUG.
        name = own if owner and own in scene.short.values() else name
        for entity in scene.entities:
            if (
                entity.kind == "body"
                and not entity.actor_id
                and folded_text(entity.full) == folded_text(name)
            ):
                return Speaker(entity, phrase, "name", 1.0)
        return Speaker(self._new("body", phrase, name), phrase, "name", 1.0)

    def _office(self, claim: Said, phrase: Phrase) -> Speaker:
        """`the envoy`, `the interior minister`, `a spokesman for the ministry`."""
        if phrase.definite or phrase.text[:2].casefold() != "a ":
            entity = holder(self, phrase, claim.at)
            if entity is not None:
                return Speaker(entity, phrase, "title", _AGREE)
        province = phrase.province or self.scene.province(claim.at)
        local = local_body(phrase, province, self.scene.registry)
        if phrase.heads == {"spokesperson"}:
            first = phrase.text.partition(" ")[0]
            body = self._owner(claim, first) or spoken_for(self, phrase, local, claim.at)
            if body is None and phrase.body:
                body = self._new("body", phrase, phrase.body)
            if body is not None:
                body.voiced = True
                return Speaker(body, phrase, "spokesperson", _LATER)
        return self._nobody(claim, phrase)

    def _owner(self, claim: Said, whose: str) -> Entity | None:
        """The body behind `its spokesman`, `his spokeswoman`."""
        if whose.casefold() not in lexicon().pronouns:
            return None
        return body_of(self, self._pronoun(claim, read_phrase(whose, self.scene.registry)).entity)

    def _nobody(self, claim: Said, phrase: Phrase) -> Speaker:
        """Unnamed speakers: `the official` goes back, `another official` is a new one."""
        local = local_body(phrase, phrase.province or self.scene.province(claim.at),
                           self.scene.registry)  # fmt: skip
        if local.endswith("-authorities") or (
            local.endswith("-police") and phrase.head == "police"
        ):
            return Speaker(self.scene.body(local, phrase.text), phrase, "place", _LATER)
        lex = lexicon()
        same = folded_text(phrase.text)
        apart = bool(phrase.words & lex.apart) or same.split()[:1] in (["a"], ["an"], ["one"])
        if not apart:
            entity = None
            if phrase.definite:
                entity = holder(self, phrase, claim.at) or described(self, phrase, claim.at)
            for before in [entity] if entity else [e for _, e in reversed(self.spoke)]:
                if before is entity or (
                    before.kind == "unnamed" and folded_text(before.full) == same
                ):
                    return Speaker(
                        before, phrase, "title" if phrase.definite else "unnamed", _AGREE
                    )
        entity = self._new("unnamed", phrase, phrase.text)
        entity.mentions.append((claim.at, claim.until, True))
        return Speaker(entity, phrase, "unnamed", 1.0)

    def _pronoun(self, claim: Said, phrase: Phrase) -> Speaker:
        """Who `he`, `they`, `it`, `I` is; see `compare.resolve.salience`."""
        entity = antecedent(self, claim, phrase)
        if phrase.head == "they" and (group := people_before(self, entity, claim.at)):
            told = read_phrase(group, self.scene.registry)
            return Speaker(self._new("unnamed", told, group), phrase, "pronoun", 0.8)
        if entity is None:
            return Speaker(self._new("unnamed", phrase, phrase.text), phrase, "unresolved", 0.0)
        if phrase.gender in {"m", "f"} and entity.kind == "person" and not entity.gender:
            entity.gender = phrase.gender
        return Speaker(entity, phrase, "pronoun", 0.8)

    def sentence(self, at: int) -> int:
        """The number of the sentence a position lies in."""
        return bisect_right(self.scene.starts, at) - 1
