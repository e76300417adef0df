"""Whom a title or a noun alone goes back to: `the envoy`, `the ministry`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.resolve.infer import publishes
from compare.resolve.lexicon import lexicon
from compare.resolve.names import folded_text
from compare.resolve.offices import find_body
from compare.resolve.phrase import Phrase
from compare.resolve.scene import Entity, Scene

if TYPE_CHECKING:
    from compare.resolve.discourse import Discourse


_ANY_BODY = frozenset(
    ["company", "firm", "organisation", "organization", "group", "body", "association"]
)
"""Nouns for a body of any name."""


def know_publisher(publisher: str, scene: Scene, similarity: float) -> None:
    """Let a text know its publisher, unless that is a paper: `the ministry` is who issues it."""
    known = scene.registry
    match = find_body(publisher, known, similarity)
    if match is not None:
        if known.tenure(match[0], scene.day).camp != "media":
            scene.published_by(match[0], publisher)
        return
    if publishes(publisher, scene.day, known)[0] != "media":
        scene.published_by("", publisher)


def antecedent_body(discourse: Discourse, noun: str, at: int) -> Entity | None:
    """The body `the ministry` stands for: the last fitting speaker, else name."""
    kinds = lexicon().anaphors.get(noun, frozenset({noun}))
    spoken = [(pos, e) for pos, e in reversed(discourse.spoke) if e.kind == "body" and pos < at]
    for _, entity in spoken:
        if _called(discourse, entity, noun, kinds):
            return entity
    named = [
        (max(start for start, _, _ in e.mentions if start < at), e)
        for e in discourse.scene.entities
        if e.kind == "body" and any(start < at for start, _, _ in e.mentions)
    ]
    for _, entity in sorted(named, key=lambda p: -p[0]):
        if _called(discourse, entity, noun, kinds):
            return entity
    for entity in [e for _, e in reversed(discourse.spoke) if e.kind == "person"]:
        for body in bodies_of(discourse, entity):
            if _called(discourse, Entity("body", "", actor_id=body), noun, kinds):
                actor = discourse.scene.registry.tenure(body, discourse.scene.day).actor
                return discourse.scene.body(body, actor)
    return None


def _called(discourse: Discourse, entity: Entity, noun: str, kinds: frozenset[str]) -> bool:
    if not entity.actor_id:
        told = set(folded_text(entity.full).split())
        return noun in _ANY_BODY or bool({noun, *kinds} & told)
    rows = discourse.scene.registry.by_id[entity.actor_id]
    told = {w for r in rows for a in (r.actor, *r.aliases) for w in folded_text(a).split()}
    if noun in {"group", "movement", "organisation", "organization"}:
        return rows[0].kind == "group" or rows[0].camp == "ngo"
    if noun == "agency":
        return rows[0].camp in {"un", "media"} or bool({"agency", "intelligence", "nds"} & told)
    if noun in {"paper", "newspaper", "outlet", "channel", "broadcaster", "network"}:
        return rows[0].camp == "media"
    if noun in {"militants", "insurgents", "insurgency"}:
        return rows[0].camp == "taliban"
    return bool({noun, *kinds} & told)


def spoken_for(discourse: Discourse, phrase: Phrase, local: str, at: int) -> Entity | None:
    """The body of `a spokesman for it`, `a ministry spokesman`, or of `a spokesman` alone.

    Alone, it is that of who spoke last, else of who publishes the text; a paper's own spokesman
    is hardly ever meant.
    """
    scene = discourse.scene
    if bodies := phrase.bodies or ((local,) if local else ()):
        return scene.body(bodies[0], phrase.body or scene.registry.by_id[bodies[0]][0].actor)
    if phrase.body:
        return None
    for noun in sorted(phrase.words & lexicon().bodies):
        if (entity := antecedent_body(discourse, noun, at)) is not None:
            return entity
    if phrase.content - lexicon().heads.keys() - lexicon().ranks.keys():
        return None
    return _last(discourse) or scene.publisher


def _last(discourse: Discourse) -> Entity | None:
    """The body that spoke last, or whose person did."""
    if not discourse.spoke:
        return None
    entity = body_of(discourse, discourse.spoke[-1][1])
    rows = discourse.scene.registry.by_id
    paper = entity and entity.actor_id and rows[entity.actor_id][0].camp == "media"
    return None if paper else entity


def body_of(discourse: Discourse, entity: Entity) -> Entity | None:
    """The body that an entity is, or whose person it is."""
    if entity.kind == "body":
        return entity
    scene, bodies = discourse.scene, bodies_of(discourse, entity)[:1]
    if not bodies:
        return None
    return scene.body(bodies[0], scene.registry.name(bodies[0], scene.day))


def people_before(discourse: Discourse, entity: Entity | None, at: int) -> str:
    """Who acted in the sentence before, if `they` means them: "Residents fled. They said".

    Not if `entity`, whom the pronoun means otherwise, was named or spoke since.
    """
    scene = discourse.scene
    here = discourse.sentence(at)
    if here < 1:
        return ""
    first, last = scene.starts[here - 1], scene.starts[here]
    subject = next(
        (t for t in scene.parse if first <= t.idx < last and t.dep_ in ("nsubj", "nsubjpass")
         and t.head.dep_ == "ROOT"), None,
    )  # fmt: skip
    if subject is None or subject.tag_ != "NNS":
        return ""
    known = lexicon().heads.get(folded_text(subject.lower_), frozenset()) & lexicon().plain
    told = [start for start, _, _ in entity.mentions if start < at] if entity else []
    told += [pos for pos, who in discourse.spoke if who is entity and pos < at]
    if not known or max(told, default=-1) >= first:
        return ""
    return str(scene.parse[subject.left_edge.i : subject.i + 1].text)


def holder(discourse: Discourse, phrase: Phrase, at: int) -> Entity | None:
    """The last one before, person or unnamed, whose office is the one asked for."""
    fitting: list[tuple[int, int, Entity]] = []
    for entity in discourse.scene.entities:
        places = [start for start, _, _ in entity.mentions if start < at]
        places += [pos for pos, e in discourse.spoke if e is entity and pos < at]
        if entity.kind != "body" and places and _holds(discourse, entity, phrase):
            fitting.append((max(places), len(fitting), entity))
    return max(fitting)[2] if fitting else None


def described(discourse: Discourse, phrase: Phrase, at: int) -> Entity | None:
    """The last person before whom the same noun describes: `the striker` is Striker Luca Moretti.

    At the head of a sentence a noun no lexicon knows is read as part of the name.
    """
    nouns = folded_text(phrase.text).split()
    fitting = [
        (max(start for start, _, _ in e.mentions if start < at), n, e)
        for n, e in enumerate(discourse.scene.entities)
        if len(nouns) == 1
        and e.kind == "person"
        and nouns[0] in {*e.words, *e.name[:-1]}
        and any(start < at for start, _, _ in e.mentions)
    ]
    return max(fitting)[2] if fitting else None


def _holds(discourse: Discourse, entity: Entity, phrase: Phrase) -> bool:
    heads = entity.heads
    registered: tuple[tuple[str, ...], ...] = ()
    if entity.kind == "person":
        registered = _titles(discourse, entity)
        lex = lexicon().heads
        heads |= {h for title in registered for w in title for h in lex.get(w, ())}
    ranks = {lexicon().ranks.get(w, "") for p in entity.phrases for w in p.words}
    if not phrase.heads & heads and phrase.head not in ranks:
        return False
    if phrase.heads and phrase.heads <= lexicon().literal and phrase.head not in entity.words:
        return False
    if phrase.gender and entity.gender and phrase.gender != entity.gender:
        return False
    told = entity.words | {w for t in registered for w in t}
    for body in entity.bodies:
        for row in discourse.scene.registry.by_id[body]:
            told |= {w for a in (row.actor, *row.aliases) for w in folded_text(a).split()}
    asked = (
        {w for w in phrase.content if not lexicon().heads.get(w, frozenset()) & phrase.heads}
        - lexicon().female
        - lexicon().male
    )
    return asked <= told | {"senior", "top", "deputy", "acting", "peace", "special"}


def _titles(discourse: Discourse, entity: Entity) -> tuple[tuple[str, ...], ...]:
    """Folded titles of the registered person of exactly that name, if there is one."""
    registry = discourse.scene.registry
    found = {a for a, name in registry.people(entity.name) if name == entity.name}
    if len(found) != 1:
        return ()
    row = registry.tenure(found.pop(), discourse.scene.day)
    return tuple(tuple(folded_text(t).split()) for t in row.titles)


def bodies_of(discourse: Discourse, entity: Entity) -> list[str]:
    """The bodies a person is linked to in the document, then in the registry."""
    registry, day = discourse.scene.registry, discourse.scene.day
    found = list(entity.bodies)
    known = {a for a, name in registry.people(entity.name) if name == entity.name}
    if len(known) == 1:
        found += registry.chain(registry.tenure(known.pop(), day).organisation, day)
    return list(dict.fromkeys(found))
