"""Whether people were made to do what they did, and how those held were treated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.parse.assertions_lexicon import Lexicon, gerunds
from compare.parse.assertions_modality import irrealis, possible
from compare.parse.assertions_parties import Speaker, name, party
from compare.parse.assertions_polarity import denied
from compare.parse.assertions_roles import Fact, children, first_child, pobj, roles

if TYPE_CHECKING:
    from spacy.tokens import Token

COERCION, TORTURE = "coercion", "torture"
_MAKES = {"force", "coerce", "compel", "pressure"}
_MOVES = {"leave", "return", "go", "flee", "move", "relocate", "evacuate", "depart", "cross",
          "travel", "join", "confess", "surrender", "resign", "sign", "vote"}  # fmt: skip
_MOVING = gerunds(_MOVES)
_MOVED = {"deport", "transfer", "displace", "relocate", "remove", "evict", "recruit", "conscript",
          "return", "move", "evacuate", "repatriate"}  # fmt: skip
_FREELY = {"voluntarily", "willingly", "freely"}
_UNFREELY = {"forcibly", "forcefully", "involuntarily"}
_OWN = {"accord", "will", "volition"}
_WELL = {"well", "humanely", "properly", "kindly", "decently", "respectfully"}
_HELD = {"detainee", "prisoner", "inmate", "captive", "hostage"}
_ABUSES = {"abuse", "beat", "flog", "whip", "kick", "electrocute", "starve"}
_TOLD = _MAKES | _MOVES | _MOVED | _ABUSES | {"treat", "torture", "threaten", "bully"}


def will_of(token: Token, lemma: str, speaker: Speaker, lexicon: Lexicon) -> Iterator[Fact]:
    """Who was forced to leave, confess or join, or did so freely; who held was abused, or not."""
    if token.pos_ != "VERB" or lemma not in _TOLD:
        return
    if irrealis(token, lexicon) or possible(token):
        return
    no, how = denied(token, 0, lexicon), {c.lower_ for c in children(token, {"advmod"})}
    into = pobj(token, {"into"})
    if into is not None and into.lower_ in _MOVING:
        yield Fact("occurrence", COERCION, None, None, no)  # "was beaten into confessing"
    if lemma in _MAKES:
        made = first_child(token, {"xcomp", "ccomp"})
        if made is not None and made.lemma_ in _MOVES:
            yield Fact("occurrence", COERCION, party(roles(token)[0], speaker, lexicon), None, no)
    elif lemma in _MOVES | _MOVED:
        if how & _FREELY or _of_own(token):
            yield Fact("occurrence", COERCION, None, None, not no)
        elif how & _UNFREELY or _by_force(token):
            yield Fact("occurrence", COERCION, None, None, no)
    elif lemma in _ABUSES or how & _WELL:
        held = roles(token)[1]
        if held is not None and held.lemma_ in _HELD:
            none = no != (lemma == "treat")
            yield Fact("occurrence", TORTURE, None, name(held, speaker, lexicon), none)


def _of_own(verb: Token) -> bool:
    """ "Of their own accord", "of his own free will"."""
    # The parser may hang it on what was left: "left the camp of their own accord".
    return any(
        t.lemma_ in _OWN and t.dep_ == "pobj" and t.head.lower_ == "of" for t in verb.subtree
    )


def _by_force(verb: Token) -> bool:
    told = pobj(verb, {"by"})
    return told is not None and told.lemma_ == "force"
