"""Sentences from templates with named values, each formatted in one place.

A template is said in the language in use (:mod:`helpers.languages`), in English as it stands.

``say("{cases:crossing/crossings} by {people:n} people", cases=8, people=9)`` gives "8 crossings by
9 people". What stands after the colon says how a value is written:

================  =====================================  =======================
after the colon   takes                                  gives
================  =====================================  =======================
(nothing)         a word, a year, a whole number below   ``2017``
                  a thousand
``n``, ``n1``     a number; with so many decimals        ``34,537``, ``8.4``
``g``             a number with the digits it has        ``2.5``
``+n``            a number with its sign                 ``+12``
``%``, ``%1``     a share; with so many decimals         ``7%``, ``0.4%``
``one/many``      a count with its noun                  ``1 crossing``
``=one/many``     a count, the word only                 ``is``
``in``            a share as "1 in so many"              ``1 in 311``
``day``           a day                                  ``13 November 2017``
``month``         a day                                  ``November 2017``
``range``         two equal or different values          ``2010``, ``2010 to 2015``
``period``        two days                               ``2010 to July 2015``
``when``          two equal or different years           ``in 2010``, ``from 2010
                                                         to 2015``
``nrange``        two numbers                            ``1,200 to 3,400``
``%range``        two shares                             ``3% to 14%``
``When``          the same, at the start of a sentence   ``In 2010``
``list``          words                                  ``a, b and c``
``items``         words that have commas of their own    ``a, b; c``
``tally``         pairs of a name and a number           ``a 3 and b 1``
``said``          a date or period as a table has it     ``February 2010``
================  =====================================  =======================

A template needs every value, and no value may be missing: a sentence that would print "nan" raises.
"""

import math
import re
from collections.abc import Iterable
from html import escape
from string import Formatter

import pandas as pd
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from helpers.languages import current, joined, locale, tr


def number(value: float, decimals: int = 0) -> str:
    """Return a number with thousands apart, with so many decimals."""
    shape = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(round(float(value), decimals), shape, locale=locale())


def percent(share: float, decimals: int | None = None) -> str:
    """Return a share in percent: whole; one decimal below one percent, two below a tenth."""
    value = 100 * float(share)
    if decimals is None:
        small = 0 < abs(value) < 1 and round(value, 1) != 1
        decimals = 0 if not small else 1 if abs(value) >= 0.1 else 2
    return f"{number(value, decimals)}%"


def plural(value: float, words: str) -> str:
    """Return the first of two words parted by a slash for one, the second for any other number."""
    one, _, many = words.partition("/")
    return one if value == 1 else many


def dayed(day: pd.Timestamp, pattern: str) -> str:
    """Return a day by a pattern of Unicode's date fields, in the order of the language in use."""
    return format_date(day, tr(pattern), locale=locale())


def long_date(day: pd.Timestamp) -> str:
    """Return a day as in ``27 July 1953``."""
    return dayed(day, "d MMMM y")


def month(day: pd.Timestamp) -> str:
    """Return the month of a day as in ``July 1953``."""
    return dayed(day, "MMMM y")


def dated(day: pd.Timestamp, precision: object) -> str:
    """Return a day, its month or its year, as ``precision`` says how exactly it is known."""
    return dayed(day, {"day": "d MMMM y", "month": "MMMM y"}.get(str(precision), "y"))


def clock(minute: float) -> str:
    """Return minutes after midnight as HH:MM."""
    return f"{int(minute) // 60:02d}:{int(minute) % 60:02d}"


def listed(words: Iterable[object]) -> str:
    """Return words joined by commas and a last "and"; in Korean by commas alone."""
    texts = [tr(str(word)) for word in words]
    return format_list(texts, locale=locale()) if current() == "en" else ", ".join(texts)


def spread(low: object, high: object) -> str:
    """Return two ends as a range, one of them if they are the same."""
    return str(low) if low == high else tr("{low} to {high}").format(low=low, high=high)


def when(first: object, last: object) -> str:
    """Return a period as ``in 2010`` or ``from 2010 to 2015``."""
    return tr("in {first}" if first == last else "from {first} to {last}").format(
        first=first, last=last
    )


def period(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Return the time from one day to another, no more exact than its ends ask."""
    several = first.year < last.year
    if first.is_year_start and last.is_year_end:
        return spread(dayed(first, "y"), dayed(last, "y"))
    opens = "y" if several and first.is_year_start else "MMMM y"
    ends = "MMMM y" if last.is_month_end else "d MMMM y"
    ends = "y" if several and last.is_year_end else ends
    if (start := dayed(first, opens)) == (end := dayed(last, ends)):
        return end
    if several:
        return spread(start, end)
    return tr("{first_short} to {last}").format(
        first=start, first_short=dayed(first, "MMMM"), last=end,
        last_short=dayed(last, ends.removesuffix(" y")),
    )  # fmt: skip


def tally(pairs: Iterable[tuple[object, object]]) -> str:
    """Return names with their numbers, joined by commas and a last "and"."""
    return listed(tr("{name} {value}").format(name=tr(str(n)), value=value) for n, value in pairs)


def said(period: str) -> str:
    """Return a date or period of a table in words: days and months written out, the rest as is."""
    return _PARTIAL.sub(_written, tr(period))


def _written(found: re.Match) -> str:
    year, part, day = found.groups()
    if part.startswith("Q"):
        return tr(_QUARTERS[int(part[1]) - 1]).format(year=year)
    date = pd.Timestamp(f"{year}-{part}-{day or '01'}")
    return long_date(date) if day else month(date)


_PARTIAL = re.compile(r"\b(\d{4})-(0[1-9]|1[0-2]|Q[1-4])(?:-(\d\d))?\b")
_QUARTERS = [
    "first quarter of {year}",
    "second quarter of {year}",
    "third quarter of {year}",
    "fourth quarter of {year}",
]


def one_in(share: float) -> str:
    """Return a share as ``1 in so many``, from a hundred on in tens."""
    many = 1 / float(share)
    return tr("1 in {many}").format(many=number(round(many, -1 if many >= 100 else 0)))


def say(template: str, **values: object) -> str:
    """Return a template with its values written as their formats say.

    Parameters
    ----------
    template : str
        A sentence with names in braces, as the module's table has them.
    **values : object
        A value a name.

    Raises
    ------
    ValueError
        If a value is missing (``None``, ``nan``, ``NaT``, ``pandas.NA``), or a format unknown.
    KeyError
        If the template names a value that is not given.
    """
    return joined(_SENTENCES.vformat(worded(template), (), values))


def worded(template: str, context: str = "") -> str:
    """Return a template in the language in use, sentence by sentence."""
    if current() == "en" or not (bare := template.strip()):
        return template
    said = " ".join(tr(sentence, context) for sentence in _BETWEEN.split(bare))
    return template.replace(bare, said)


#: Between two sentences of a template: a catalogue holds each by itself.
_BETWEEN = re.compile(r"(?<=[.?!]) (?=[A-Z{])")


class _Sentences(Formatter):
    def format_field(self, value: object, spec: str) -> str:
        if _missing(value):
            raise ValueError(f"a sentence has no value for {{:{spec}}}")
        sign, rest = ("+", spec[1:]) if spec.startswith("+") and value > 0 else ("", spec)
        rest = rest.removeprefix("+")
        if rest == "":
            return tr(str(value))
        if "/" in rest:
            word = plural(value, rest.removeprefix("="))
            return word if rest.startswith("=") else f"{number(value)} {word}"
        if rest[0] in "n%" and (rest[1:] == "" or rest[1:].isdigit()):
            decimals = int(rest[1:]) if rest[1:] else None
            return sign + (
                percent(value, decimals) if rest[0] == "%" else number(value, decimals or 0)
            )
        if rest in ("when", "When", "period"):
            told = {"period": period}.get(rest, when)(*value)
            return told[0].upper() + told[1:] if rest == "When" else told
        ends = {"range": str, "nrange": number, "%range": percent}
        if rest in ends:
            return spread(*(ends[rest](end) for end in value))
        named = {
            "day": long_date, "month": month, "list": listed, "tally": tally,
            "items": lambda words: worded("; ").join(map(tr, words)),
            "said": said, "in": one_in, "g": "{:g}".format,
        }  # fmt: skip
        if rest in named:
            return named[rest](value)
        raise ValueError(f"unknown format {spec!r}")


_SENTENCES = _Sentences()


def _missing(value: object) -> bool:
    if isinstance(value, list | tuple):
        return any(map(_missing, value))
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or value is pd.NaT or value is pd.NA


def in_html(text: str) -> str:
    """Return text as HTML that shows just that: no tag, no entity, no mathematics in dollars."""
    return escape(text).replace("$", "<span>$</span>")


def in_markdown(text: str) -> str:
    """Return text as Markdown of one line that shows just that."""
    text = re.sub(r"([\\`*\[\]|$~]|(?<![^\W_])_|_(?![^\W_]))", r"\\\1", text)
    text = re.sub(r"^(\d*)([#+>.-])(?= )", r"\1\\\2", text)
    return re.sub("&(?=#?\\w+;)", "&amp;", text).replace("<", "&lt;").replace("\n", " ")
