"""Figures: how many of whom were what, in which unit, where and when."""

from __future__ import annotations

from typing import NamedTuple

from compare.judge.growth import days_apart, told_anew, told_to_rise
from compare.judge.lexicon import load
from compare.judge.parts import PARTS, but_for_fighters, scopes_in
from compare.judge.places import counted, lie_of_places, people_apart, place_name
from compare.judge.populations import GROWING, UPROOTED, lie, narrower
from compare.judge.ranges import meet
from compare.judge.rulings import Ruling, age_days, gap_days
from compare.judge.sides import Figure, Side

_WHOLE = frozenset(("killed-or-wounded", "killed-and-wounded"))
_PART = frozenset(("killed", "wounded"))
_ANYBODY = frozenset(("people", "households"))
"""Units of which there is none where there is nobody."""
_SOMEBODY = frozenset(("people", "unknown"))
_SOMEONE = ("a ", "an ", "another ", "one of ")
"""How somebody is brought in of whom something is told, rather than counted."""
_VIOLENT = ("attack", "strike", "blast", "shooting", "clash")
"""Families of the deeds that figures of incidents count."""
_UNITS = {"families": "households", "household": "households", "family": "households"}


class Limits(NamedTuple):
    """The thresholds of `settings.judge` that the figures need."""

    near: float
    window_days: float
    growth_days: float
    slip_days: float


def example(low: float, high: float, rule: str = "exact", aspect: str = "killed") -> Figure:
    """A figure of people without place, for examples and tests."""
    return Figure(aspect, "people", low, high, "people", rule, False, "total", f"{low:g}", 0, None)


def group(aspect: str) -> str:
    """The aspects that are compared with one another share a group.

    >>> group("killed") == group("killed-or-wounded"), group("killed") == group("displaced")
    (True, False)
    """
    return "casualties" if aspect in _WHOLE or aspect in _PART else aspect


def _told(figure: Figure) -> str:
    people = "" if figure.population == "unknown" else f"{figure.population} "
    unit = f"{figure.unit} " if figure.unit not in ("people", "") else ""
    verified = ", verified" if figure.verified else ""
    words = " ".join(figure.wording.split())
    return f"“{words}” {unit or people}{figure.aspect.replace('-', ' ')}{verified}"


def judge_figures(a: Side, x: Figure, b: Side, y: Figure, limits: Limits) -> Ruling | None:
    """Two figures agree or conflict only if they count the same thing.

    First what is counted: another unit, category, population, place or time is named
    as the cause and nothing is compared ("70 killed" and "70 killed and wounded", people
    and households, Nawa and Greshk). Where one lies inside the other (killed in killed
    or wounded, children in civilians, a district in its province) the part may be
    smaller, never larger: "20 in Nawa" fits "70 across Helmand", nine children dead do
    not fit "no civilians harmed". So is it with people of another country, another people
    without one or another armed group, with some of those hit and with shares of a sum;
    deaths at the hands of two parties are two counts.
    Reports of one incident, such as one strike, are taken to count the same dead however
    exactly they name the place.

    Then the numbers, as ranges: equal ranges agree; "at least 80" and "more than 80" agree;
    "12" fits "at least 10"; ranges without a common number conflict. Somebody brought in as "a
    man" leaves open whether there were others. None against some is a denial. The same digits
    with zeros lost point to a slip (transcription). A verified count below an estimate does not
    contradict it. A source that gives another figure later revises; a displacement counted days
    later may have grown.

    Returns None where the figures have no aspect in common, or are one actor's same
    statement.
    """
    if (b.order, y.start) < (a.order, x.start):
        a, x, b, y = b, y, a, x
    if group(x.aspect) != group(y.aspect):
        return None
    whole = (x.aspect in _WHOLE) - (y.aspect in _WHOLE)
    if x.aspect != y.aspect and (whole == 0) and not (x.aspect in _WHOLE and y.aspect in _WHOLE):
        return None
    tale = f"{a.who}: {_told(x)}; {b.who}: {_told(y)}"
    units = [_UNITS.get(f.unit, f.unit) for f in (x, y)]
    if units[0] != units[1] and not ((x.high == 0) != (y.high == 0) and set(units) <= _ANYBODY):
        return Ruling("not-comparable", "unit", 0.95, f"{tale}: {x.unit} are not {y.unit}")
    people = lie(x.population, y.population, x.aspect)
    if people == "apart":
        return Ruling(
            "not-comparable", "population", 0.95, f"{tale}: {x.population} are not {y.population}"
        )
    foreign, some = people_apart(a, x, b, y)
    sides = {x.people, y.people} - {""}
    if foreign or len(sides) > 1:
        left, right = (x.people, y.people) if len(sides) > 1 else counted(a, x, b, y)
        tell = f"people of {left} are not those of {right}"
        return Ruling("not-comparable", "population", 0.9, f"{tale}: {tell}")
    if x.doer and y.doer and not load().same_party(x.doer, y.doer):
        tell = f"those hit by {x.doer} are not those hit by {y.doer}"
        return Ruling("not-comparable", "responsibility", 0.8, f"{tale}: {tell}")
    name_x, name_y = place_name(a, x), place_name(b, y)
    where = lie_of_places(a, x, b, y)
    if where == "disjoint":
        return Ruling("not-comparable", "place", 0.9, f"{tale}: {name_x} is not {name_y}")
    if where in ("inside", "contains") and (a.single or b.single):
        where = "same"
    if x.unit == "incidents" and (x.high == 0) != (y.high == 0):
        none = a if x.high == 0 else b
        if any(("occurrence", family, False, None) in none.account for family in _VIOLENT):
            why = f"{none.who} tells of an attack too, so it had none of others"
            return Ruling("not-comparable", "time", 0.7, f"{tale}: {why}")
    age = age_days(a, b)
    if "new" in (x.scope, y.scope) and age:
        return Ruling(
            "not-comparable", "time", 0.8, f"{tale}: what is new on one day is not on another"
        )
    moving = x.aspect in UPROOTED
    apart = gap_days(a, b)
    if apart is not None and apart > limits.window_days and not (moving and _one(a, b)):
        return Ruling(
            "not-comparable", "time", 0.9, f"{tale}: what they count lies {apart:.0f} days apart"
        )
    anybody = {x.population, y.population} <= _SOMEBODY
    nested = people in ("inside", "contains") and 0 not in (x.high, y.high)
    scopes = scopes_in(a, x, b, y)
    if set(scopes) <= PARTS and (anybody or nested):
        return Ruling("not-comparable", "population", 0.8, f"{tale}: each counts some of them")
    # "Two more bodies" are fewer than the dead; the newly displaced may be all who fled.
    less = PARTS if moving else PARTS | {"new"}
    # +1 where x is the part, -1 where y is.
    parts = {
        "category": -whole,
        "population": {"inside": 1, "contains": -1}.get(people, 0),
        "place": {"inside": 1, "contains": -1}.get(where, 0),
        "nation": some,
        "scope": (scopes[0] in less) - (scopes[1] in less),
    }
    if any(parts.values()):
        return _contained(a, x, b, y, parts, tale, limits, (name_x, name_y))
    known = 0.95 - 0.1 * (where == "unknown") - 0.05 * ("unknown" in (x.population, y.population))
    return _same_question(a, x, b, y, tale, limits, known)


def _one(a: Side, b: Side) -> bool:
    """One actor, or a body and who speaks for it; the unnamed are nobody in particular."""
    if a.actor_id.startswith("unnamed") or b.actor_id.startswith("unnamed"):
        return False
    return a.actor_id == b.actor_id or a.actor == b.body or b.actor == a.body


def _contained(
    a: Side,
    x: Figure,
    b: Side,
    y: Figure,
    parts: dict[str, int],
    tale: str,
    limits: Limits,
    names: tuple[str, str],
) -> Ruling | None:
    cause = next((c for c in ("category", "population", "place") if parts[c]), "category")
    signs = {s for s in parts.values() if s}
    if len(signs) > 1:
        return Ruling(
            "not-comparable", cause, 0.9, f"{tale}: each is part of what the other counts"
        )
    part, whole = (x, y) if signs == {1} else (y, x)
    if part.low > whole.high and not whole.wording.lower().startswith(("a ", "an ")):
        if _one(a, b):
            return Ruling("unsure", "revision", 0.5, f"{tale}: one source tells both")
        if whole.high > 0 and (part.rule.startswith("vague") or whole.rule.startswith("vague")):
            return Ruling("unsure", "value", 0.5, f"{tale}: too vague to hold against each other")
        denial = whole.high == 0
        if not denial and (unsure := days_apart(a, b, tale, limits.growth_days)):
            return unsure
        why = "none against some" if denial else "a part cannot be more than the whole"
        return Ruling("conflict", "denial" if denial else "value", 0.85, f"{tale}: {why}")
    if cause == "category":
        if x.aspect == y.aspect:
            return Ruling("compatible", "population", 0.85, f"{tale}: one is part of the other")
        return Ruling(
            "not-comparable",
            "category",
            0.95,
            f"{tale}: {x.aspect.replace('-', ' ')} is not {y.aspect.replace('-', ' ')}",
        )
    if cause == "population" and not parts["place"]:
        general = {x.population, y.population} & {"people", "unknown"}
        if general and meet(x, y, limits.near).how in ("equal", "near"):
            return None if _one(a, b) else Ruling("agree", "", 0.8, f"{tale}: the same figure")
        return Ruling(
            "compatible",
            "population",
            0.85,
            f"{tale}: {part.population} are part of {whole.population}",
        )
    inner, outer = names if signs == {1} else names[::-1]
    return Ruling("compatible", "place", 0.9, f"{tale}: {inner} lies in {outer}")


def _same_question(
    a: Side, x: Figure, b: Side, y: Figure, tale: str, limits: Limits, sure: float
) -> Ruling | None:
    how, slip = meet(x, y, limits.near)
    age = age_days(a, b)
    if (a.status == "denied" and x.high > 0) != (b.status == "denied" and y.high > 0):
        if how in ("equal", "near", "overlap"):
            return Ruling("conflict", "denial", sure, f"{tale}: one denies it")
        return Ruling("unsure", "denial", 0.5, f"{tale}: one denies its figure and gives no other")
    if _one(a, b):
        if how not in ("equal", "near", "overlap") and not told_anew(a, b):
            why = "one account tells both, so they count different things"
            return Ruling("not-comparable", "category", 0.7, f"{tale}: {why}")
        return _revision(how, slip, age, tale, x, y)
    if how == "equal":
        return Ruling("agree", "", sure, f"{tale}: the same figure")
    if how == "near":
        return Ruling("agree", "", sure - 0.05, f"{tale}: practically the same bound")
    if how == "zero":
        return Ruling("conflict", "denial", sure, f"{tale}: none against some")
    reading = _reading(x) or _reading(y)
    read = f" ({reading})" if reading else ""
    if how == "overlap":
        return Ruling("compatible", "bound", sure, f"{tale}: some number fits both{read}")
    if slip and (age is None or abs(age) <= limits.slip_days):
        return Ruling(
            "conflict",
            "transcription",
            sure,
            f"{tale}: the same digits, {slip:,} times apart; zeros were lost or added",
        )
    if fighters := but_for_fighters(a, x, y) or but_for_fighters(b, y, x):
        why = f"the same without the “{fighters.wording}” fighters"
        return Ruling("compatible", "population", 0.8, f"{tale}: {why}")
    low, high = (x, y) if x.high < y.low else (y, x)
    if low.high == 1 and low.wording.lower().startswith(_SOMEONE):
        return Ruling("unsure", "value", 0.5, f"{tale}: one is told of, and others may have been")
    if low.verified and not high.verified:
        return Ruling(
            "refines",
            "status",
            sure,
            f"{tale}: a verified count so far can grow to the other figure",
        )
    if x.aspect in GROWING and age is not None and age >= limits.growth_days and low is x:
        return Ruling(
            "compatible", "time", 0.7, f"{tale}: {age:.0f} days later, it may have grown{read}"
        )
    if age and low is x and told_to_rise(b, y):
        return Ruling("compatible", "time", 0.7, f"{tale}: the later one tells that it rose{read}")
    return days_apart(a, b, tale + read, limits.growth_days) or Ruling(
        "conflict", "value", sure, f"{tale}: no number fits both{read}"
    )


def _reading(figure: Figure) -> str:
    """How a rounded or vague figure was read, so that the reader can disagree."""
    if figure.rule not in ("about", "nearly") and not figure.rule.startswith("vague"):
        return ""
    top = f"{figure.high:,.0f}" if figure.high < float("inf") else "no upper bound"
    return f"“{figure.wording}” read as {figure.low:,.0f} to {top}"


def _revision(
    how: str, slip: int, age: float | None, tale: str, x: Figure, y: Figure
) -> Ruling | None:
    if how in ("equal", "near"):
        return None
    if age is None or age == 0:
        if how == "overlap":
            return None
        return Ruling(
            "refines", "revision", 0.7, f"{tale}: one source, one day; a revision or another scope"
        )
    if slip >= 100 and y.high < x.low:
        return Ruling(
            "unsure",
            "transcription",
            0.6,
            f"{tale}: one source, {slip:,} times less; zeros may have been lost",
        )
    return Ruling("refines", "revision", 0.9, f"{tale}: the same source, {age:.0f} days later")


def population(x: Figure, y: Figure) -> str:
    """The population a pair is filed under: the narrower."""
    return narrower(x.population, y.population)


def aspect(x: Figure, y: Figure) -> str:
    """The aspect a pair is filed under: the part rather than the whole."""
    both = sorted((x.aspect, y.aspect))
    return next((one for one in both if one in _PART), both[0])
