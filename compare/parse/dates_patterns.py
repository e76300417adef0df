"""The forms a date takes in running text, each a bounded, linear pattern.

A pattern's named groups are read by the function of the same name in
`dates_resolve`. `D` a day, `M` a month, `Y` a year, `W` a weekday, `P` a part
of the day, `N` a number of units, `U` a unit.
"""

# One form a line reads as the table it is.
# ruff: noqa: E501
from __future__ import annotations

import re

_S = r"[ \t\u00a0]{1,2}\n?[ \t]{0,2}|\n"
S = rf"(?:{_S})"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|:\d|[.,]\d|%)"
LONG = (
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
)
SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\b\.?"
MONTH = rf"(?:(?:{LONG})\b|{SHORT})"
LOWER = r"(?:january|february|april|june|july|august|september|october|november|december)\b"
YEAR = r"(?:19|20)\d\d(?!\d|[.,]\d|%)"
WEEKDAY = r"(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)day\b|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY\b"
WEEKDAYS = rf"(?:{WEEKDAY})"
ANY_WEEKDAY = rf"(?:{WEEKDAY}|(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\b\.?)"
PART = (
    r"(?:early[ -]hours(?: of the morning)?|small hours|pre-dawn|early morning|late evening"
    r"|late night|late afternoon|mid-morning|morning|afternoon|evening|midnight|midday|noon"
    r"|nightfall|night|dawn|dusk)\b"
)
CLOCK = (
    r"(?:(?:[01]?\d|2[0-3])(?::[0-5]\d|\.[0-5]\d(?= ?[ap]\.?m\b))(?: ?[ap]\.?m\b\.?)?"
    r"|(?:1[0-2]|0?[1-9]) ?(?:[ap]\.m\.|[ap]m\b|o'clock\b))"
    r"(?: ?(?:local time|hours|hrs|GMT|UTC|(?:E|C|M|P)[DS]?T)\b)?"
    r"(?: \([01]?\d(?::?\d\d)? ?(?:GMT|UTC)\))?"
)
DASH = r" ?[-–—/] ?"
NUMBER = (
    r"(?i:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    r"|fourteen|fifteen|twenty|a dozen|a few|a couple of|few|couple of|several|some|many)"
)
UNIT = r"(?:hour|day|night|weekend|week|fortnight|month|year|decade)s?\b"
HIJRI = (
    r"(?:Hamal|Sawr|Saur|Thawr|Jawza|Jauza|Saratan|Asad|Sunbula|Sonbola|Mizan|Aqrab|Qaws|Qows|Jadi"
    r"|Dalwa|Dalw|Hut|Hoot|Farvardin|Ordibehesht|Khordad|Tir|Mordad|Shahrivar|Mehr|Aban|Azar|Dey"
    r"|Bahman|Esfand|حمل|ثور|جوزا|سرطان|اسد|سنبله|میزان|عقرب|قوس|جدی|دلو|حوت|فروردین|اردیبهشت"
    r"|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند|وری|غویی|غبرگولی|چنگاښ|زمری|وږی|تله"
    r"|لړم|لیندۍ|مرغومی|سلواغه|کب)\b"
)
HIJRI_YEAR = r"1[34]\d\d(?!\d)"
COUNTED = (
    r"(?! (?:people|civilians|families|others|troops|children|fighters|soldiers|houses|households"
    r"|persons|men|women|Taliban|insurgents|militants|police|students)\b)"
)
SEASON = r"(?:spring|summer|autumn|fall|winter)\b"
_COMMA = rf"(?:,{S}|,|{S})"
_THAT_YEAR = r"(?:of )?(?:last|this|next) year\b"
_YEARLY = rf"(?:(?:,{S}|,|{S}){{0,1}}(?P<Y>{YEAR}|{_THAT_YEAR}))?"
_SPAN = rf"(?:{DASH}|{S}(?:to|and|until|till|through){S})"
_ABOUT = r"(?:(?i:about|around|nearly|almost|more than|over|some|at least|roughly|just|only) )?"
_HALF = r"(?:(?:early|earlier|late|later|mid|middle|beginning|start|end|first half|second half))"

FORMS: dict[str, str] = {
    "iso": r"(?P<Y>(?:19|20)\d\d)-(?P<M>0[1-9]|1[0-2])-(?P<D>0[1-9]|[12]\d|3[01])"
    r"(?:[T ](?P<H>[01]\d|2[0-3]):(?P<MIN>[0-5]\d)(?::\d\d)?Z?)?(?!\d)",
    "hijri_numeric": r"(?P<Y>1[34]\d\d)[/-](?P<M>0?[1-9]|1[0-2])[/-](?P<D>0?[1-9]|[12]\d|3[01])(?!\d)",
    "numeric": r"(?P<A>0?[1-9]|[12]\d|3[01])(?P<SEP>[/.-])(?P<B>0?[1-9]|[12]\d|3[01])(?P=SEP)"
    r"(?P<Y>(?:19|20)\d\d|\d\d)(?!\d|[/.-]\d)",
    "hijri": rf"(?:(?P<D>{DAY}){S})?(?:(?:of|د){S})?(?P<M>{HIJRI})(?:ماه)?,?{S}(?P<Y>{HIJRI_YEAR})",
    "hijri_day": rf"(?P<D>{DAY}){S}(?P<M>{HIJRI})",
    "night_between": rf"(?:(?:the )?(?:over)?night (?:of|between|from)|overnight)(?: on)? (?P<D>{DAY}){_SPAN}"
    rf"(?P<E>{DAY})(?: of)? (?P<M>{MONTH}){_YEARLY}",
    "night_weekdays": rf"(?:(?:the )?(?:over)?night (?:of|between|from)|overnight)(?: on)? (?P<W>{WEEKDAYS}){_SPAN}(?P<V>{WEEKDAYS})",
    "days_of_month": rf"(?:(?:[Ff]rom|[Bb]etween) )?(?:the )?(?P<D>{DAY}){_SPAN}(?:the )?(?P<E>{DAY})"
    rf"(?: of)? (?P<M>{MONTH}){_YEARLY}",
    "month_days": rf"(?:(?:[Ff]rom|[Bb]etween) )?(?P<M>{MONTH}) (?P<D>{DAY}){_SPAN}(?P<E>{DAY})(?! ?(?:{LONG})){_YEARLY}",
    "dates": rf"(?:(?:[Ff]rom|[Bb]etween) )?(?P<D>{DAY})(?: of)? (?P<M>{MONTH})(?:,? (?P<X>{YEAR}))?{_SPAN}"
    rf"(?P<E>{DAY})(?: of)? (?P<L>{MONTH}){_YEARLY}",
    "dates_us": rf"(?:(?:[Ff]rom|[Bb]etween) )?(?P<M>{MONTH}) (?P<D>{DAY})(?:,? (?P<X>{YEAR}))?{_SPAN}"
    rf"(?P<L>{MONTH}) (?P<E>{DAY}){_YEARLY}",
    "months": rf"(?:(?:[Ff]rom|[Bb]etween) )?(?P<M>(?:{LONG})\b)(?:,? (?P<X>{YEAR}))?{_SPAN}(?P<L>(?:{LONG})\b)(?! \d{{1,2}}\b){_YEARLY}",
    "years": rf"(?:[Ff]rom |[Bb]etween )(?P<X>{YEAR}){_SPAN}(?P<Y>{YEAR})|(?P<XX>{YEAR})[-–](?P<YY>(?:(?:19|20)\d\d|\d\d)(?![\d-]))",
    "weekdays": rf"(?:(?:[Ff]rom|[Bb]etween) )?(?P<W>{WEEKDAYS})(?:{S}(?:to|and|until|till|through){S}|{DASH})(?P<V>{WEEKDAYS})",
    "part_of_date": rf"(?:(?:the )?(?P<P>{PART})|(?P<Q>[Ll]ate|[Ee]arly|[Oo]vernight)) (?:(?:of|on) )?(?:the )?"
    rf"(?:{ANY_WEEKDAY}{_COMMA})?(?:(?P<D>{DAY})(?: of)? (?P<M>{MONTH})|(?P<MM>{MONTH}) (?P<DD>{DAY})){_YEARLY}",
    "date": rf"(?:{ANY_WEEKDAY}{_COMMA}(?:the )?)?(?P<D>{DAY})(?:{S}of)?{S}(?P<M>{MONTH}){_YEARLY}(?:(?:,? (?:in|at) the| at)? (?P<P>{PART}))?",
    "date_us": rf"(?:{ANY_WEEKDAY}{_COMMA})?(?P<M>{MONTH}){S}(?:the )?(?P<D>{DAY}){COUNTED}{_YEARLY}(?:(?:,? (?:in|at) the| at)? (?P<P>{PART}))?",
    "part_of_month": rf"(?:the )?(?P<Q>(?i:{_HALF}))(?:[ -]| of | in )(?:the month of )?(?:(?P<T>this|last|next|the) (?P<U>week|month|year)\b"
    rf"|(?P<M>(?:{LONG})\b){_YEARLY}|(?P<YY>{YEAR}))",
    "week_of": rf"(?:the )?week (?:of|ending|starting|beginning|from) (?:{ANY_WEEKDAY}{_COMMA})?(?:(?P<D>{DAY})(?: of)? (?P<M>{MONTH})|(?P<MM>{MONTH}) (?P<DD>{DAY})){_YEARLY}",
    "month_year": rf"(?P<M>{MONTH})(?:,| of)?{S}(?P<Y>{YEAR})",
    "month": rf"(?<=[Ii]n )(?P<M>(?:{LONG})\b|{LOWER})(?: (?P<Y>{_THAT_YEAR}))?|(?:(?P<T>[Ll]ast|[Tt]his|[Nn]ext|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]y|[Dd]uring|[Tt]hroughout|[Oo]f) )(?P<MM>(?:{LONG})\b)(?! \d)",
    "months_of_year": rf"(?:the )?(?P<Q>[Ff]irst|[Oo]pening|[Ll]ast|[Ff]inal) (?P<N>{NUMBER}) months of (?P<Y>{YEAR}|(?:this|last) year\b)",
    "quarter": rf"(?:the )?(?P<Q>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ll]ast) quarter of (?P<Y>{YEAR}|(?:this|last) year\b)",
    "season": rf"(?:(?P<T>[Ll]ast|[Tt]his|[Nn]ext) (?P<A>{SEASON})|(?:the )?(?P<B>{SEASON})(?: of)? (?P<Y>{YEAR}))",
    "ago": rf"{_ABOUT}(?P<N>{NUMBER}) (?P<U>{UNIT}) (?:ago|back\b(?! to| in| at| from))",
    "half_ago": r"(?P<N>half an?) (?P<U>hour|day|year|decade) ago",
    "away": rf"(?<!time in ){_ABOUT}(?P<N>{NUMBER}) (?P<U>{UNIT}) (?P<T>earlier|before|previously|later|after(?:wards?)?)\b",
    "past": rf"(?:(?:[Ii]n|[Oo]ver|[Dd]uring|[Ww]ithin|[Ff]or|[Tt]hroughout) )?the (?P<T>last|past|previous|preceding|next|coming) (?:(?P<N>{NUMBER}) )?(?P<U>(?:hours?|days?|week|weeks|weekends?|months?|years?|decades?)\b)(?<!next day)(?<!last day)(?<!previous day)(?<!preceding day)",
    "recent": r"(?:(?:[Ii]n|[Oo]ver|[Dd]uring) )?(?:the )?(?:most )?(?P<T>recent|coming|last few|past few) (?P<U>hours|days|weeks|months|years)\b",
    "relative_unit": r"(?P<Q>[Ee]arlier |[Ll]ater )?(?P<T>[Tt]his|[Ll]ast|[Nn]ext|[Pp]ast|[Pp]revious|THIS|LAST) (?P<U>week|weekend|month|year)(?!'s? old)\b",
    "weekend": r"(?:[Oo]ver|[Oo]n|[Dd]uring|[Aa]t) the (?P<U>weekend)\b",
    "relative_part": rf"(?:(?P<Q>[Ee]arly|[Ll]ate|[Ee]arlier) )?(?P<T>[Tt]his|[Ll]ast|[Yy]esterday|[Tt]omorrow|[Tt]oday)(?: in the)? (?P<P>{PART})",
    "named_day": r"(?:(?P<Q>[Ee]arly|[Ll]ate|[Ee]arlier|[Ll]ater) (?:on )?)?(?P<T>[Tt]he day before yesterday|[Tt]he day after tomorrow|[Yy]esterday|YESTERDAY|[Tt]oday|TODAY|[Tt]omorrow|[Tt]onight)\b",
    "weekday": rf"(?:(?:the )?(?P<Q>[Ee]arly hours|[Ss]mall hours|[Ee]arly morning|[Ll]ate night|[Ll]ate|[Ee]arly|[Oo]vernight|[Nn]ight|[Mm]orning|[Aa]fternoon|[Ee]vening|[Mm]idnight)(?: (?:of|on|in)| the)?(?: the)? )?"
    rf"(?:(?P<T>[Ll]ast|[Tt]his|[Nn]ext|[Cc]oming|[Tt]his coming|[Tt]his past|[Pp]ast) )?(?P<W>{WEEKDAYS})(?:['’]s)?(?P<R> (?:last|this|next) week| week)?(?:,? (?P<PP>{PART}))?",
    "relative_night": r"(?P<Q>[Oo]vernight)\b",
    "other_day": r"(?:on )?(?P<T>(?:[Tt]he|[Tt]hat) (?:(?:very )?same|following|next|previous|preceding) (?P<U>day|night|morning|week|month|year)|[Aa] (?P<UU>day|night|week|month|year) (?P<S>earlier|before|later)|[Tt]he (?P<UUU>day|night) (?P<SS>before|after))\b",
    "clock": rf"(?:(?:at|around|about|by|before|after|shortly after|just after|just before) )?(?P<C>{CLOCK})",
    "year": rf"(?:(?P<T>[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Dd]uring|[Oo]f|[Bb]efore|[Aa]fter|[Tt]hrough|[Tt]hroughout|[Ff]rom) )(?:the year )?(?P<Y>{YEAR}){COUNTED}|(?<=\()(?P<YY>{YEAR})(?=\))|(?<=\b[Tt]he )(?P<YYY>{YEAR})(?= [a-z]+(?<!s)\b)",
    "persian_ago": rf"(?P<N>\d{{1,3}}|یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|چند){S}(?P<U>ساعت|روز|هفته|ماه|سال){S}(?:پیش|قبل)",
    "persian_unit": rf"(?P<U>هفته|ماه|سال|شب){S}(?P<T>گذشته|پیش|جاری|روان|آینده)",
    "persian_day": r"(?P<T>دیروز|امروز|فردا|دیشب|امشب|پریروز|پرون|نن|سبا)(?!\w)",
    "persian_weekday": r"(?:روز )?(?P<W>دوشنبه|سه[ \u200c]?شنبه|چهار\u200c?شنبه|پنج[ \u200c]?شنبه|جمعه|شنبه|یک\u200c?شنبه)(?P<P> شب| صبح)?(?!\w)",
}
"""Form name to pattern; of two that match at one place the longer wins, then the earlier."""


COMPILED = {name: re.compile(pattern) for name, pattern in FORMS.items()}

FORM_OF = {pattern: name for name, pattern in COMPILED.items()}
_NUMBERED = "ago away"
_RANGES = "days_of_month month_days dates dates_us months years weekdays"
_FIRST = {
    "a an": f"{_NUMBERED} other_day",
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "twenty few couple several some many about around nearly almost more over at least roughly "
    "just only": _NUMBERED,
    "half": "half_ago part_of_month",
    "from between": _RANGES + " year",
    "since until till by before after through throughout of": "year month past clock",
    "in within for": "past recent year",
    "over during on at": "past recent weekend year month other_day clock ago away",
    "around about shortly": "clock ago away",
    "the": "night_between night_weekdays part_of_date part_of_month week_of season past recent "
    "weekday named_day other_day months_of_year quarter",
    "that": "other_day",
    "overnight night": "night_between night_weekdays part_of_date weekday relative_night",
    "early late earlier later mid middle beginning start end first second": "part_of_date "
    "part_of_month relative_unit relative_part named_day weekday months_of_year quarter",
    "opening final third fourth": "months_of_year quarter",
    "this last next past previous coming recent most": "season relative_unit relative_part month "
    "weekday recent months_of_year quarter",
    "morning afternoon evening midnight midday noon dawn dusk nightfall small pre": "part_of_date "
    "weekday",
    "yesterday today tomorrow tonight": "relative_part named_day",
    "january february march april may june july august september october november december jan "
    "feb mar apr jun jul aug sept sep oct nov dec": "month_days dates_us months date_us "
    "month_year month",
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri "
    "sat sun": "date date_us weekdays weekday",
    "week": "week_of",
    "spring summer autumn fall winter": "season",
    "hamal sawr saur thawr jawza jauza saratan asad sunbula sonbola mizan aqrab qaws qows jadi "
    "dalwa dalw hut hoot farvardin ordibehesht khordad tir mordad shahrivar mehr aban azar dey "
    "bahman esfand": "hijri",
}
DISPATCH = {
    word: tuple(form for form in FORMS if form in forms.split())
    for words, forms in _FIRST.items()
    for word in words.split()
}
"""The forms that may begin with a word."""
_DIGIT = (
    "iso hijri_numeric numeric hijri hijri_day days_of_month dates date years year clock ago away "
    "persian_ago"
)
ON_DIGIT = tuple(form for form in FORMS if form in _DIGIT.split())
ON_ARABIC = tuple(form for form in FORMS if form.startswith(("hijri", "persian")))
AFTER_DIGITS = re.compile(
    r"\d{1,4}(?:[:./-]\d|(?:st|nd|rd|th)?[ \t\n\u00a0]{0,3}(?:[-–—/] ?\d|[A-Za-z\u0600-\u06ff]|[-–—]))"
)
"""What must follow digits that begin a date; a quick test before the forms."""
BEGIN = re.compile(r"(?<![\w.])\w+")
