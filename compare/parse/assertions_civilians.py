"""Whether civilians were at a place that was hit, and whether they were warned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon
from compare.parse.assertions_modality import irrealis, possible
from compare.parse.assertions_parties import Speaker, name, victim
from compare.parse.assertions_polarity import denied, negated
from compare.parse.assertions_presence import AT, SITES
from compare.parse.assertions_roles import Fact, antecedent, children, first_child, pobj, roles
from compare.parse.assertions_things import named_place
from compare.parse.assertions_victims import CIVIL

if TYPE_CHECKING:
    from spacy.tokens import Token

STAYING, WARNING = "staying", "warning"
_EMPTY = {"empty", "deserted", "uninhabited", "unoccupied"}
_LIVE = {"live", "shelter", "hide", "gather", "sleep", "reside", "remain", "stay"}
_GONE = {"leave", "vacate", "depart", "evacuate"}
_GIVES = {"receive", "get", "have", "give", "issue", "hear"}
_WHOLE = {"home", "town", "city", "village", "district", "area", "country"}
_STAFF = {"staff", "diplomat", "ambassador", "personnel", "envoy", "observer", "delegation"}
_TOLD = {"be", "warn"} | _LIVE | _GONE | _GIVES


def civilians_of(token: Token, lemma: str, speaker: Speaker, lexicon: Lexicon) -> Iterator[Fact]:
    """Civilians who were there, a place empty or evacuated, staff who left, a warning given."""
    if token.pos_ not in ("VERB", "AUX"):
        return
    without = pobj(token, {"without"})
    unwarned = without is not None and without.lemma_ == "warning"
    if not (unwarned or lemma in _TOLD) or irrealis(token, lexicon) or possible(token):
        return
    no = denied(token, 0, lexicon)
    if lemma == "be" or lemma in _LIVE:
        yield from _there(token, lemma, speaker, lexicon, no)
    agent, patient = roles(token)
    if lemma in _GONE and patient is not None:
        if agent is not None and antecedent(agent).lemma_ in _STAFF:
            yield Fact("occurrence", STAYING, None, "staff", not no)
        elif lemma == "evacuate" and _site(patient):
            yield Fact("occurrence", STAYING, None, _where(patient, speaker, lexicon), not no)
        elif lemma == "evacuate" and victim(patient, lexicon) in CIVIL:
            yield Fact("occurrence", STAYING, None, "civilians", not no)
    warned = patient is not None and (
        (lemma == "warn" and victim(patient, lexicon) in CIVIL)
        or (lemma in _GIVES and patient.lemma_ == "warning")
    )
    if patient is not None and warned:
        yield Fact("occurrence", WARNING, None, None, no or negated(patient, lexicon))
    elif unwarned:
        yield Fact("occurrence", WARNING, None, None, True)


def _there(verb: Token, lemma: str, speaker: Speaker, lexicon: Lexicon, no: bool) -> Iterator[Fact]:
    """Who was at a place, which was empty, or that there was no warning."""
    subject = first_child(verb, {"nsubj", "attr"})
    if subject is None:
        return
    if subject.lemma_ == "warning" and children(verb, {"expl"}):
        yield Fact("occurrence", WARNING, None, None, no or negated(subject, lexicon))
    called = {c.lower_ for c in children(verb, {"acomp"})}
    # "There were no civilians in the building in Rafah": the nearer of the two.
    at = (pobj(subject, AT) if subject.dep_ == "attr" else None) or pobj(verb, AT)
    if lemma == "be" and called & _EMPTY and _site(subject):
        yield Fact("occurrence", STAYING, None, _where(subject, speaker, lexicon), not no)
    elif at is not None and _site(at):
        none, who = no or negated(subject, lexicon), antecedent(subject)
        if victim(who, lexicon) in CIVIL:
            yield Fact("occurrence", STAYING, None, _where(at, speaker, lexicon), none)
        elif who.lemma_ in _STAFF:
            yield Fact("occurrence", STAYING, None, "staff", none)


def _site(noun: Token) -> bool:
    return noun.lemma_.lower() in SITES or named_place(noun)


def _where(at: Token, speaker: Speaker, lexicon: Lexicon) -> str:
    """Civilians in a site, by what it is; a place with a name is known as that of the claim."""
    of = pobj(at, {"of"})
    named = at.pos_ == "PROPN" or (of is not None and of.pos_ == "PROPN")
    everywhere = named or at.lemma_ in _WHOLE  # "families were in their homes"
    return "civilians" if everywhere else f"civilians in {name(at, speaker, lexicon)}"
