"""Figures over time: one series an actor, each with its range."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from compare.errors import TableError
from compare.view.labels import by_rule, day, figure
from compare.view.lookup import Lookup, Record, grouped
from compare.view.picture import DARK, LIGHT, SHAPES, Picture, theme
from compare.view.positions import Position
from compare.view.visible import one_line

LOG_FROM = 30.0
"""Figures that differ by more than this factor are drawn on a logarithmic scale."""
DRAWN_FROM = 3
"""A row is drawn when it has this many figures on at least two days."""
DAILY = pd.Timedelta(days=45)
"""Up to this span of time the axis has a tick a day."""
_OTHERS = "other speakers"
_STEPS = 6
_WIDTH, _PADDING = 640, 70


def series(
    look: Lookup, claim_ids: Iterable[str], fits: Record, steps: Mapping[str, Sequence[Record]]
) -> pd.DataFrame:
    """The figures of some claims, oldest first.

    Args:
        look: the tables by claim.
        claim_ids: the claims to take figures from.
        fits: columns of values and what each must equal, such as `{"aspect": "killed"}`.
        steps: the rows of `revisions` by claim; their series are joined by lines.

    Returns:
        published, actor, camp, low, high, wording, rule, verified, publisher, claim_id, line;
        `line` is equal for the steps of one series of revisions.
    """
    rows = []
    key = ["actor_id", "event_id", "aspect", "population", "unit", "place"]
    for claim_id in sorted(set(claim_ids)):
        of = {
            (step["low"], step["high"]): "|".join(str(step[k]) for k in key)
            for step in steps.get(claim_id, ())
            if all(step[k] == fits[k] for k in fits if k in step)
        }
        source = look.sources.get(claim_id, {})
        document = look.documents[look.claim(claim_id)["document_id"]]
        for value in look.values.get(claim_id, ()):
            if all(value[k] == wanted for k, wanted in fits.items()):
                rows.append({
                    "published": document["published"], "actor": one_line(source.get("actor", "")),
                    "camp": source.get("camp", "unknown"), "low": value["low"],
                    "high": value["high"], "wording": one_line(value["wording"]),
                    "rule": value["rule"], "verified": bool(value["verified"]),
                    "publisher": one_line(document["publisher"]), "claim_id": claim_id,
                    "line": of.get((value["low"], value["high"]), claim_id),
                })  # fmt: skip
    columns = ["published", "actor", "camp", "low", "high", "wording", "rule", "verified",
               "publisher", "claim_id", "line"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(["published", "actor", "low", "claim_id"], ignore_index=True)


def in_words(figures: pd.DataFrame) -> str:
    """The series as text, for readers who do not see the picture."""
    parts = [
        f"{day(r.published)}, {r.actor}: "
        + (f"“{r.wording}”, by rule " if by_rule(str(r.rule)) else "")
        + figure(_none(r.low), _none(r.high))
        + (" (verified)" if r.verified else "")
        for r in figures.itertuples(index=False)
    ]
    return "; ".join(parts)


def _none(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def _sides(frame: pd.DataFrame, log: bool) -> list[str]:
    """To which side of its point each label goes; "" where it would lie on something."""
    at = frame["at"].to_numpy(float)
    up = np.log(at) if log else at
    room = max(float(np.ptp(up)), 1e-9) * 0.06
    dates = pd.to_datetime(frame["published"]).to_numpy()
    along = (dates - dates.min()) / np.timedelta64(1, "s")
    along = along / max(float(along.max()), 1.0) * (_WIDTH - 2 * _PADDING)
    taken = [(x - 5, x + 5, y) for x, y in zip(along.tolist(), up.tolist(), strict=True)]
    said: set[tuple[str, str]] = set()
    chosen = []
    for x, y, words, line in zip(along, up, frame["wording"], frame["line"], strict=True):
        long = 8 + 6.2 * len(words)
        spans = {"left": (x + 6, x + long), "right": (x - long, x - 6)}
        free = [
            side
            for side, (a, b) in spans.items()
            if not any(a < d and c < b and abs(y - v) < room for c, d, v in taken)
        ]
        # The same words again in one series say nothing new.
        side = free[0] if free and (line, words) not in said else ""
        if side:
            said.add((line, words))
            taken.append((*spans[side], y))
        chosen.append(side)
    return chosen


def _ranges(figures: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """Where each point lies (`at`), how far its range is drawn (`to`) and whether it is `open`;
    and whether the scale is logarithmic.

    The end that a written rule sets for a vague word is no figure of its source: it does not
    stretch the axis ("thousands" ends below two millions), but stops at the top of the others.
    """
    frame = figures.copy()
    low, high = (frame[name].astype(float) for name in ("low", "high"))
    frame["by_rule"] = [by_rule(rule) for rule in frame["rule"]]
    frame["at"] = low.fillna(high)
    drawn = pd.concat([frame["at"], high[~frame["by_rule"]]]).dropna()
    log = float(drawn.min()) > 0 and float(drawn.max()) / float(drawn.min()) > LOG_FROM
    top = float(drawn.max())
    # Without a stated end a short tick says that there is more, and not how much.
    tick = frame["at"] * 1.25 if log else frame["at"] + top * 0.06
    most = tick.clip(lower=top * (1.25 if log else 1.06))
    frame["open"] = high.isna() | (frame["by_rule"] & (high > most))
    frame["to"] = high.where(~frame["open"], most.where(frame["by_rule"], tick))
    return frame, log


def _fade(frame: pd.DataFrame, log: bool) -> pd.DataFrame:
    """The ranges set by rule, cut into steps that grow fainter towards their end."""
    vague = frame[frame["by_rule"]].drop(columns="low")
    steps = []
    for n in range(_STEPS):
        shares = [k / _STEPS for k in (n, n + 1)]
        low, high = vague["at"], vague["to"]
        ends = [low ** (1 - s) * high**s if log else low + (high - low) * s for s in shares]
        strength = 0.75 * (1 - n / _STEPS)
        steps.append(vague.assign(at=ends[0], to=ends[1], strength=strength))
    return pd.concat(steps, ignore_index=True)


def _note(frame: pd.DataFrame) -> list[str]:
    """What the signs of a chart mean, those that occur in it."""
    notes = []
    fading = frame["by_rule"] & (frame["to"] > frame["at"])
    if fading.any():
        words = list(dict.fromkeys(frame.loc[fading, "wording"]))[:2]
        told = " or ".join(f"“{word}”" for word in words)
        notes.append(f"A bar that fades: the range a written rule gives to {told}.")
    if frame["open"].any():
        notes.append("An arrow: no end was stated.")
    return notes


def _chart(figures: pd.DataFrame, unit: str, actors: Sequence[str], dark: bool) -> Any:
    import altair as alt

    palette = DARK if dark else LIGHT
    frame, log = _ranges(figures)
    frame["side"] = _sides(frame, log)
    dates = pd.to_datetime(frame["published"])
    span = dates.max() - dates.min()
    frame["published"] = dates.dt.strftime("%Y-%m-%dT%H:%M:%S")
    scale = alt.Scale(type="log", nice=True) if log else alt.Scale(zero=True, nice=True)
    colour = alt.Color("actor:N", title=None, sort=list(actors), scale=alt.Scale(
        domain=list(actors), range=list(palette[: len(actors)])))  # fmt: skip
    shape = alt.Shape("actor:N", title=None, sort=list(actors), scale=alt.Scale(
        domain=list(actors), range=list(SHAPES[: len(actors)])))  # fmt: skip
    daily = {"tickCount": {"interval": "day", "step": 1}} if span <= DAILY else {"tickCount": 6}
    x = alt.X("utcyearmonthdatehoursminutes(published):T", title=None,
              axis=alt.Axis(format="%-d %b" if span <= DAILY else "%-d %b %Y", labelOverlap=True,
                            grid=False, **daily),
              scale=alt.Scale(type="utc", padding=_PADDING))  # fmt: skip
    least, most = float(frame["at"].min()), float(frame["to"].max())
    ticks = [m * 10.0**p for p in range(13) for m in (1, 3)] if log else []
    inside = [t for t in ticks if least / 3 <= t <= most * 3]
    axis = alt.Axis(format=",.0f", labelOverlap=True, **({"values": inside} if log else
                                                         {"tickCount": 5}))  # fmt: skip
    y = alt.Y("at:Q", title=unit + (" (logarithmic scale)" if log else ""), scale=scale, axis=axis)
    bars = alt.Chart(frame[~frame["by_rule"]]).mark_rule(strokeWidth=2.5, opacity=0.75).encode(
        x=x, y=y, y2="to:Q", color=colour)  # fmt: skip
    fades = alt.Chart(_fade(frame, log)).mark_rule(strokeWidth=3.5).encode(
        x=x, y=y, y2="to:Q", color=colour,
        opacity=alt.Opacity("strength:Q", scale=None, legend=None),
    )  # fmt: skip
    heads = alt.Chart(frame[frame["open"]]).mark_point(
        shape="triangle-up", size=28, filled=True, opacity=0.9
    ).encode(x=x, y=alt.Y("to:Q", scale=scale, axis=axis), color=colour)  # fmt: skip
    lines = alt.Chart(frame).mark_line(strokeWidth=1.2, strokeDash=[5, 3], opacity=0.8).encode(
        x=x, y=y, color=colour, detail="line:N", order="published:T")  # fmt: skip
    points = alt.Chart(frame).mark_point(filled=True, size=95, opacity=1).encode(
        x=x, y=y, color=colour, shape=shape)  # fmt: skip
    texts = [
        alt.Chart(frame[frame["side"] == side]).mark_text(
            align=side, dx=8 if side == "left" else -8, dy=-6, fontSize=11
        ).encode(x=x, y=y, text="wording:N")
        for side in ("left", "right")
    ]  # fmt: skip
    layers = alt.layer(lines, fades, bars, heads, points, *texts).resolve_scale(color="shared")
    soft = theme(dark)["axis"]["labelColor"]
    note = alt.TitleParams(_note(frame), orient="bottom", anchor="start", fontSize=11,
                           fontWeight="normal", color=soft, offset=10)  # fmt: skip
    return layers.properties(width=_WIDTH, height=280, title=note).configure(
        **theme(dark)
    ).configure_legend(
        orient="bottom", columns=2, titleFontWeight="normal", symbolSize=90, labelFontSize=12,
        labelLimit=320, labelColor="#e8e6e1" if dark else "#1d1d1f", symbolStrokeWidth=1,
    )  # fmt: skip


def row_timelines(
    look: Lookup, found: Sequence[Position], revisions: pd.DataFrame
) -> dict[int, Picture]:
    """A timeline by number for each disputed or revised row whose figures move over time."""
    drawn, steps = {}, grouped(revisions, "claim_id")
    for position in found:
        row = position.row
        if position.verdict not in ("disputed", "revised") or not position.range:
            continue
        fits = {k: row[k] for k in ("aspect", "population", "unit") if row[k]}
        figures = series(look, row["claim_ids"].split(), fits, steps)
        dated = figures.dropna(subset=["published"])
        if len(dated) >= DRAWN_FROM and dated["published"].nunique() >= 2:
            title = position.question + (f", {position.place}" if position.place else "")
            drawn[position.number] = timeline(figures, title=title, unit=row["unit"] or "number")
    return drawn


def timeline(figures: pd.DataFrame, *, title: str, unit: str) -> Picture:
    """Draw a series from `series`: a point a figure, a bar its range, dashes one actor's steps.

    A range that the rule for vague words set fades; an arrow says that no end was stated.

    Args:
        figures: rows as `series` returns them; undated ones are named in the alt text only.
        title: what the figures count, for the alt text.
        unit: label of the vertical axis.

    Raises:
        TableError: no figure has a date and a number.
    """
    dated = figures[
        figures["published"].notna() & (figures["low"].notna() | figures["high"].notna())
    ]
    if dated.empty:
        raise TableError(f"no dated figure on {title}; see values and documents.published")
    dated = dated.drop_duplicates(["published", "actor", "low", "high"]).reset_index(drop=True)
    first_seen = list(dict.fromkeys(dated["actor"]))
    by_use = sorted(first_seen, key=lambda a: (-(dated["actor"] == a).sum(), first_seen.index(a)))
    actors = by_use if len(by_use) <= len(SHAPES) else [*by_use[: len(SHAPES) - 1], _OTHERS]
    dated["actor"] = [a if a in actors else _OTHERS for a in dated["actor"]]
    alt = f"Timeline of {one_line(title)}. {in_words(figures)}."
    light, dark = (_chart(dated, one_line(unit), actors, dark) for dark in (False, True))
    return Picture(light=light, dark=dark, alt=alt)
