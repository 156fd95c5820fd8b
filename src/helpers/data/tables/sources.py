"""The registry of sources."""

from __future__ import annotations

from functools import cache

import pandas as pd

from helpers.data import vocab
from helpers.data.agree import first_day, last_day
from helpers.data.columns import Schema, Table, coded, key, partial_date, rule, text, url
from helpers.data.crossrules import Frames, Texts, across, told
from helpers.data.faults import Fault

_DATE_IN_KEY = r"-((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)?(?=-|$)"
#: A site without what is before its name, as hani.co.kr.
_DOMAIN = r"^https?://(?:[^/]*?\.)?([^/.]+\.(?:(?:co|or|go|ne|com)\.)?[a-z]+)(?:[:/]|$)"
_UNSEEN = "(title not shown)"


@cache
def _languages() -> frozenset[str]:
    # Read when a table is checked: the names of languages take a moment.
    from babel import Locale

    return frozenset(code for code in Locale("en").languages if len(code) == 2)


def _dated_as_key(table: pd.DataFrame) -> pd.Series:
    year, month, day = (table["source_id"].str.extract(_DATE_IN_KEY)[part] for part in range(3))
    named = (year + "-" + month).str.cat(day, sep="-", na_rep="").str.rstrip("-")
    pairs = zip(named, table["published"], strict=True)
    kept = [pd.isna(a) or pd.isna(b) or a.startswith(b) or b.startswith(a) for a, b in pairs]
    return pd.Series(kept, index=table.index, dtype=bool)


def _script_fits(table: pd.DataFrame) -> pd.Series:
    hangul, kana = (table["title"].str.contains(letters) for letters in ("[가-힣]", "[ぁ-ヺ]"))
    language = table["language"]
    return (~hangul | language.eq("ko")) & (~kana | language.isin(["ja", "ko"]))


def _address_once(table: pd.DataFrame) -> pd.Series:
    plain = table["url"].str.replace(r"^https?://(?:www\.|m\.)?|/+$", "", regex=True)
    return plain.isna() | ~plain.duplicated()


def _document_once(table: pd.DataFrame) -> pd.Series:
    whole = table["title"].ne(_UNSEEN) & table["published"].str.len().eq(10)
    return ~whole | ~table.duplicated(["publisher", "title", "published"])


def _like_others(own: pd.Series, group: pd.Series, least: int) -> pd.Series:
    """Tell whether a value is in its group twice, or the group has few, or several others."""
    alike = own.groupby([group, own]).transform("size")
    groups = own.groupby(group)
    return group.isna() | alike.gt(1) | groups.transform("size").lt(least)


def _outlet_of_key(table: pd.DataFrame) -> pd.Series:
    """Tell whether the keys that begin alike, up to a date, are of this row's outlet."""
    start = table["source_id"].str.extract(r"^(.*?)-(?:19|20)\d{2}")[0]
    return _like_others(table["publisher"], start, 4)


def _outlet_of_host(table: pd.DataFrame) -> pd.Series:
    """Tell whether a site that has shown one other outlet only, again and again, is this one's."""
    host = table["url"].str.extract(_DOMAIN)[0]
    several = table["publisher"].groupby(host).transform("nunique").gt(2)
    return _like_others(table["publisher"], host, 7) | several


def _office_or_not(table: pd.DataFrame) -> pd.Series:
    """Tell whether a publisher is an office, or is none, as in its other documents."""
    office = table["kind"].isin(["official", "data"])
    return _like_others(office, table["publisher"], 5)


SOURCES = Table(
    "sources.csv",
    "Registry of sources",
    "One row a document that states a fact used in the tables.",
    Schema(
        {
            "source_id": key(
                "Identifier, readable: outlet, date and, where needed, subject; never reused.",
                unique=True,
            ),
            "publisher": text(
                "Outlet whose document it is, one English name an outlet; language editions "
                "share it. A portal or mirror where it was read is named in the note.",
                limit=60,
            ),
            "speaks_for": text(
                "Whose statement or report the document carries. Documents that speak for the "
                "same body, or for the publisher of another, are one source and not several; a "
                "service that passes on the work of its parent house speaks for it. So "
                "count independent sources by speaks_for and, where it is empty, by publisher.",
                "its own reporting, or not known",
                limit=60,
            ),
            "title": text("Title as a citation, or a description where none was shown."),
            "published": partial_date("Date of publication.", "no date seen"),
            "url": url("Address at which it was read.", "not online"),
            "language": text("ISO 639-1 code of its language.", limit=2),
            "kind": coded("What kind of document.", vocab.SourceKind),
            "note": text("What to know before trusting it.", "nothing to note"),
        },
        checks=[
            rule("published", "the date that source_id holds", _dated_as_key),
            rule(
                "language",
                "a code of ISO 639-1, as en or ko",
                lambda t: t["language"].isin(_languages()),
            ),
            rule("language", "ko for a title in Hangul, ja for one in kana", _script_fits),
            rule("url", "an address that no other source has: one document once", _address_once),
            rule("title", "an outlet, title and day that no other has", _document_once, True),
            rule("publisher", "the outlet of the keys that begin alike", _outlet_of_key, True),
            rule("url", "the site of this publisher, as in other rows", _outlet_of_host, True),
            rule(
                "kind", "an office, or none, as the publisher in other rows", _office_or_not, True
            ),
            rule(
                "speaks_for",
                "another than publisher, or nothing",
                lambda t: t["speaks_for"].ne(t["publisher"]) | t["speaks_for"].isna(),
            ),
        ],
    ),
    ("source_id",),
    indexed=True,
    provenance=(
        "Collected with the rows they support; documents listed twice were merged (d80 onwards)."
    ),
)

# Rules with other tables.

#: What a source cannot tell before it was: by table, the column that gives the day.
HAPPENED = {
    "incidents": "date",
    "border_events": "date",
    "jsa_timeline_2017": "date",
    "official_totals": "period_end",
    "route_estimates": "period_end",
    "route_shares": "period_end",
    "route_costs": "period_end",
    "profile_cumulative": "as_of",
}
#: Days by which a source may precede what it tells: announced ahead, or dated by its number.
AHEAD = pd.Timedelta(days=45)


@across("sources", warning=True)
def published_after_the_event(frames: Frames, texts: Texts) -> list[Fault]:
    """Find rows told by sources that were all published before, and incidents by any such source.

    A warning: what is planned can be told ahead, and a source can lend but a part.
    """
    sources = frames["sources"].drop_duplicates("source_id").set_index("source_id")
    published, faults = last_day(sources["published"]), []
    for name, column in HAPPENED.items() if len(sources) else ():
        frame = frames.get(name)
        if frame is None or name not in texts:
            continue
        keys = frame["source_ids"].str.split(";").explode()
        days = keys.map(published).groupby(level=0)
        known = days.count().eq(keys.groupby(level=0).size())
        newest = days.min() if name == "incidents" else days.max().where(known)
        early = newest.reindex(frame.index) + AHEAD < first_day(frame[column])
        for row in frame.index[early]:
            day = f"{newest[row]:%Y-%m-%d}"
            what = (
                f"a source was published by {day}, before it",
                "a day that its sources can tell",
                "mend the date or the sources",
            )
            faults.append(told(texts[name], row, column, frame.at[row, column], what))
    return faults
