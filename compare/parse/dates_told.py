"""Whether a date near a claim is that of the event or that of the statement."""

from __future__ import annotations

import re
from collections.abc import Sequence

from compare.parse.dates import DateMention

NEAR_CUE = 40
"""Characters between a cue and a date that still belongs to it."""
TOLD = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Tt]hose|[Tt]hese) (?:\w+ )?(?:attacks?|air ?strikes?|strikes?"
    r"|crash|incident|clash(?:es)?|explosion|blast|bombing|raid|operation|offensive|assault"
    r"|shooting|ambush|shelling|bombardment|killings?|deaths?)\b"
)
"""An event spoken of as known: it happened when it was last said to."""
_PICTURE = r"(?:photo(?:graph)?s?|images?|pictures?|videos?|footage|frame ?grab|screenshot)"
_BEFORE_PICTURE = re.compile(
    rf"(?:\bFILE\b.{{0,20}}"
    rf"|\b(?:this|these|undated|file|handout|satellite) (?:\w+ )?{_PICTURE}\b[^.]{{0,80}}"
    rf"|\b{_PICTURE} (?:was |were )?(?:taken|released|provided|made|posted|shot|dated)\b"
    r"[^.]{0,40})$"
)
_AFTER_PICTURE = re.compile(rf",? (?:file |handout |satellite |still )?{_PICTURE}\b")


def event_date(
    dates: Sequence[DateMention],
    claim: tuple[int, int],
    cue: tuple[int, int] | None,
    first_end: int,
) -> DateMention | None:
    """The date of what a claim tells, of those in its sentence; None if there is none.

    A date inside the claim is the event's. One outside it is the statement's if
    it stands beside the cue, or before a claim that follows its cue, as in `On
    Sunday the Taliban said that ...`; in narration every date is the event's.
    Of several the first of a week or finer, else the first. A month or a year that a
    text of several sentences names after its first sentence, which ends at `first_end`,
    is background.
    """
    dates = [d for d in dates if d.fine or d.start < first_end]
    inside = [d for d in dates if claim[0] <= d.start and d.end <= claim[1]]
    inside = [d for d in inside if d.begin is not None]
    if not inside:
        beyond = [d for d in dates if d.begin is not None]
        inside = [d for d in beyond if not _is_statement(d, claim, cue)]
    fine = [d for d in inside if d.fine]
    return next(iter([*fine, *inside]), None)


def of_a_picture(text: str, date: DateMention) -> bool:
    """Whether a date says when a picture was taken: `In this Sept. 30, 2016, file photo, ...`.

    >>> from compare.parse.dates import find_dates
    >>> text = "FILE - In this May 18, 2017 photo, she poses. She died on May 20, 2018."
    >>> [of_a_picture(text, date) for date in find_dates(text, None)]
    [True, False]
    """
    before = text[max(0, date.start - 120) : date.start]
    return bool(_BEFORE_PICTURE.search(before) or _AFTER_PICTURE.match(text, date.end))


def _is_statement(date: DateMention, claim: tuple[int, int], cue: tuple[int, int] | None) -> bool:
    if cue is None:
        return False
    gap = max(date.start - cue[1], cue[0] - date.end)
    if gap <= NEAR_CUE:
        return True
    return cue[0] < claim[0] and date.end <= claim[0]
