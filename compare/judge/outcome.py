"""Outcome and control: how it ended, and who holds the place."""

from __future__ import annotations

from compare.judge.accounts import tells
from compare.judge.lexicon import Lexicon
from compare.judge.rulings import Ruling, age_days, gap_days
from compare.judge.sides import Fact, Side

_OPPOSED = {
    frozenset(("besieged", "siege-lifted")),
    frozenset(("open", "closed")),
    frozenset(("normal", "continuing")),
    frozenset(("ended", "continuing")),
    frozenset(("surrendered", "held")),
    frozenset(("withdrew", "held")),
    frozenset(("normal", "captured")),
    frozenset(("normal", "fell")),
}
_GIVEN_UP = frozenset(("withdrew", "lost", "surrendered"))
_PEOPLE = frozenset(("freed", "detained"))
"""Outcomes of people, who must be the same people: fighters held are not girls freed."""
_STILL = frozenset(("still", "remain", "remained", "remaining"))
_VAGUE = frozenset(
    (
        "attack",
        "assault",
        "offensive",
        "attempt",
        "area",
        "areas",
        "city",
        "town",
        "district",
        "siege",
        "situation",
        "forces",
        "taliban",
        "fighters",
        "andsf",
        "operation",
        "part",
        "parts",
        "place",
        "it",
        "control",
        "all",
        "advance",
        "bid",
    )
)
"""Labels too general to tell two objects apart."""
_SITES = frozenset(
    ("crossing", "border", "centre", "center", "capital", "province", "village", "port")
)
"""What a named place may be called; a base or a post is only in it."""

_BORDERS = frozenset(("border", "crossing", "gate"))
"""Words for one thing, where people pass from one country into another."""


def _object(label: str | None) -> str | None:
    return None if label is None or label in _VAGUE or label.split()[-1] in _VAGUE else label


def _site(a: Side, x: Fact, b: Side, y: Fact) -> bool:
    """Whether one names the place and the other says what it is: Islam Qala, the crossing."""
    named = x.patient == a.place_wording.lower() and a.place_id == b.place_id
    return named and a.place_id is not None and _SITES.issuperset((y.patient or "-").split()[-1:])


def _holder(fact: Fact, lexicon: Lexicon) -> tuple[str | None, bool]:
    """Who holds the place after it: a side, and whether it is said to hold or not to."""
    rule = lexicon.holds.get(fact.predicate, "")
    side = lexicon.side.get(fact.agent or "", fact.agent)
    holds = not rule.startswith("not")
    return side, holds != fact.denied


def _party(fact: Fact, lexicon: Lexicon) -> bool:
    """Whether a party of the conflict does or suffers it."""
    return lexicon.is_party(fact.agent) or lexicon.is_party(fact.patient)


def judge_outcome(
    a: Side, x: Fact, b: Side, y: Fact, window_days: float, lexicon: Lexicon
) -> Ruling | None:
    """How it ended: outcomes that exclude each other conflict, unless time lies between.

    Every word of outcome says who holds the place afterwards: captured, held and retaken
    the doer, withdrew and surrendered anybody but the doer, "fell to" whom it names;
    and whether control moved. One place held by two sides, or moved and not moved, is a
    conflict; so are besieged and relieved, open and closed, calm and fighting. A place
    captured one day and retaken a later day is told in order and fits; so does what an
    account tells of which the other tells one half. Who gave up unnamed may be the attackers.
    People whom two opposed sides each freed are a conflict over who did.
    """
    if x.predicate.endswith("-expected") or y.predicate.endswith("-expected"):
        return None
    if not _PEOPLE.isdisjoint((x.predicate, y.predicate)) and x.patient != y.patient:
        return None
    left, right = _object(x.patient), _object(y.patient)
    last = {label.split()[-1] for label in (left, right) if label}
    alike = not left or not right or len(last) == 1 or last <= _BORDERS
    if not alike and not (_site(a, x, b, y) or _site(b, y, a, x)):
        return None
    if (b.order, y.wording) < (a.order, x.wording):
        a, x, b, y = b, y, a, x
    words = f"{a.who}: “{x.wording}”; {b.who}: “{y.wording}”"
    if _not_all(a, x, b, y) or _not_all(b, y, a, x):
        return Ruling("conflict", "outcome", 0.9, f"{words}: all of them, and some are still held")
    opposed = _opposed(x, y, lexicon)
    if opposed is None:
        return None
    told = {x.predicate, y.predicate}
    named = left is not None and (left == right or last <= _BORDERS)
    party = _party(x, lexicon) or _party(y, lexicon)
    control = told <= set(lexicon.holds)
    passage = told <= {"open", "closed"}  # many a thing is closed
    if not party and (
        (control and "held" in told) or (not named and (control or passage or not opposed))
    ):
        return None  # somebody holds something: no matter of who holds the place
    sure = 0.9 if named else 0.75
    if not opposed:
        if a.actor_id == b.actor_id:
            return None
        return Ruling("agree", "", sure, f"{words}: the same outcome")
    apart, age = gap_days(a, b), age_days(a, b)
    later = apart is not None and apart > 0
    back = "back" in (lexicon.moves.get(x.predicate), lexicon.moves.get(y.predicate))
    lifted = "siege-lifted" in (x.predicate, y.predicate)
    left_since = y.predicate in _GIVEN_UP and _holder(x, lexicon) == (_holder(y, lexicon)[0], True)
    if later or ((back or lifted or left_since) and age is not None and abs(age) > window_days):
        return Ruling("compatible", "time", 0.8, f"{words}: one after the other")
    if x.predicate != y.predicate and (tells(a, y) or tells(b, x)):
        return Ruling("compatible", "time", 0.7, f"{words}: one account tells both, in order")
    if a.actor_id == b.actor_id:
        return (
            Ruling("compatible", "time", 0.6, f"{words}: one source tells both") if back else None
        )
    if _freed_by_two(x, y, lexicon):
        return Ruling("conflict", "responsibility", 0.8, f"{words}: each side freed them")
    denied = x.predicate == y.predicate and x.denied != y.denied
    return Ruling(
        "conflict", "denial" if denied else "outcome", sure, f"{words}: both cannot be how it ended"
    )


def _not_all(a: Side, x: Fact, b: Side, y: Fact) -> bool:
    """All of them freed, and some still held."""
    freed = x.predicate == "freed" and y.predicate in ("held", "detained") and x.patient is not None
    told = freed and x.patient == y.patient and not (x.denied or y.denied)
    return told and "all" in a.text.split() and not _STILL.isdisjoint(b.text.split())


def _freed_by_two(x: Fact, y: Fact, lexicon: Lexicon) -> bool:
    """Whether two opposed sides are each told to have freed them."""
    return x.predicate == y.predicate == "freed" and lexicon.opposed(x.agent, y.agent)


def _opposed(x: Fact, y: Fact, lexicon: Lexicon) -> bool | None:
    """True where the outcomes exclude each other, False where they say the same, else None."""
    if x.predicate == y.predicate and lexicon.same_party(x.agent, y.agent):
        return x.denied != y.denied
    if _freed_by_two(x, y, lexicon):
        return None if x.denied or y.denied else True
    both = frozenset((x.predicate, y.predicate))
    calm = "normal" in both and x.patient is not None and x.patient == y.patient
    if both in _OPPOSED and (calm or not both & set(lexicon.holds)):
        return x.denied == y.denied
    if x.predicate not in lexicon.holds or y.predicate not in lexicon.holds:
        return None
    (left, holds_l), (right, holds_r) = _holder(x, lexicon), _holder(y, lexicon)
    if left and right:
        if left == right or lexicon.same_party(x.agent, y.agent):
            return holds_l != holds_r
        if "repelled" in (x.predicate, y.predicate) and not lexicon.opposed(x.agent, y.agent):
            return None  # two may each have thwarted an attack
        return True if holds_l and holds_r else (None if holds_l == holds_r else False)
    moved = [lexicon.moves.get(f.predicate) for f in (x, y)]
    if "back" in moved:
        return None
    for one, other in ((x, y), (y, x)):
        if one.agent is None and lexicon.holds[one.predicate] == "not-agent":
            continue  # somebody gave up: the attackers, it may be
        loses = (lexicon.moves.get(one.predicate) == "yes") != one.denied
        side = lexicon.side.get(other.agent or "")
        stays = other.predicate in ("repelled", "failed") or (
            other.predicate == "held" and side == "state"
        )
        unmoved = lexicon.moves.get(other.predicate) == "yes" and other.agent is None
        if loses and (unmoved if other.denied else stays):
            return True
    return None
