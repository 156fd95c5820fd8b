"""Makes files as the Ministry of Unification publishes them, from the numbers in the tables.

Arrivals by year and sex lie across, down, or under two rows of headings; groups by sex down or
across.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace

import openpyxl
import pandas as pd

from helpers import load
from helpers.entry.staging import Workspace

CURLY = "\u2019"


@dataclass(frozen=True)
class Figure:
    """Arrivals of a year (or bucket) as the ministry's table has them."""

    end: int
    men: int
    women: int
    bucket: bool = False
    month: int | None = None
    provisional: bool = False

    @property
    def people(self) -> int:
        return self.men + self.women


LAST = 2025
"""The last year of the tables that the tests start from, provisional; they make up the next."""


def cut(folder):
    """Take out of a data folder what came after ``LAST``, so that new rows move no test."""
    space = Workspace(folder)
    ends = {
        "arrivals_annual": "period_end", "arrivals_quarterly": "year",
        "arrivals_revisions": "period_end", "profile_cumulative": "as_of",
        "profile_checks": "as_of",
    }  # fmt: skip
    for table, column in ends.items():
        rows = space.rows(table)
        rows[:] = [row for row in rows if int(row[column][:4]) <= LAST]
    for row in space.rows("arrivals_annual"):
        if row["period"] == str(LAST):
            row["status"] = "provisional"
    space.write()
    return folder


def official(data_dir) -> list[Figure]:
    """Return the official series of a data folder to ``LAST``, that year provisional."""
    frame = load.arrivals_annual(data_dir)
    return [
        Figure(
            int(row.period_end),
            int(row.men),
            int(row.women),
            bucket=row.period_start is pd.NA or row.period_start != row.period_end,
            month=12 if row.period == str(LAST) else None,
            provisional=row.period == str(LAST),
        )
        for row in frame[frame["series"] == "official_main"].itertuples()
        if int(row.period_end) <= LAST
    ]


def with_year(figures, end, men, women, **marks):
    """Return figures with a year put in place of the one that was there, or added."""
    kept = [figure for figure in figures if figure.end != end]
    new = replace(Figure(end, men, women), **marks)
    return sorted([*kept, new], key=lambda figure: figure.end)


def all_final(figures):
    return [replace(figure, month=None, provisional=False) for figure in figures]


def key(figure: Figure, language: str = "ko", entity: bool = False) -> str:
    """Return a column key as the web table prints it: two kinds of apostrophe, marks inside."""
    year = f"{figure.end % 100:02d}"
    if figure.month:
        year += f".{figure.month:02d}"
    apostrophe = CURLY if figure.end >= 2017 else ("&#39;" if entity else "'")
    if language == "ko" and figure.provisional:
        apostrophe = ""  # as the Korean page has it: 25.12(잠정)
    mark = {"ko": "(잠정)", "en": " (provisional)"}[language] if figure.provisional else ""
    return f"{'~' if figure.bucket else ''}{apostrophe}{year}{mark}"


WORDS = {
    "ko": ("구분", "남(명)", "여(명)", "합계(명)", "여성비율", "합계"),
    "en": ("Category", "Male (persons)", "Female", "Total", "Percentage of female", "Total"),
}


def years_across(figures, language="ko", entity=False, keys=None) -> list[list[str]]:
    """Return the wide table of arrivals as rows of text, under ``keys`` if given."""
    first, men, women, people, ratio, total = WORDS[language]
    columns = [*figures, Figure(0, sum(f.men for f in figures), sum(f.women for f in figures))]
    return [
        [first, *(keys or (key(f, language, entity) for f in figures)), total],
        [men, *(f"{f.men:,}" for f in columns)],
        [women, *(f"{f.women:,}" for f in columns)],
        [people, *(f"{f.people:,}" for f in columns)],
        [ratio, *(f"{100 * f.women / f.people if f.people else 0:.1f}%" for f in columns)],
    ]


def years_down(figures, keys=None) -> list[list[str]]:
    """Return arrivals with a year a row, under a running number as the portal adds it."""
    whole = Figure(0, sum(f.men for f in figures), sum(f.women for f in figures))
    named = [*zip(keys or map(key, figures), figures, strict=True), ("합계", whole)]
    rows = [[k, f"{f.men:,}", f"{f.women:,}", f"{f.people:,}"] for k, f in named]
    numbers = [*(str(n) for n in range(1, len(rows))), ""]
    header = ["번호", "연도", "남", "여", "합계"]
    return [header, *([number, *row] for number, row in zip(numbers, rows, strict=True))]


def two_headings(figures) -> list[list[str]]:
    """Return arrivals as the statistics portal prints them: years joined over total, men, women."""
    years = [cell for f in figures for cell in (str(f.end), "", "")]
    numbers = [str(n) for f in figures for n in (f.people, f.men, f.women)]
    sexes = ["소계", "남자", "여자"] * len(figures)
    return [["시점", *years], ["구분별(1)", *sexes], ["북한이탈주민 입국자수 (명)", *numbers]]


def as_csv(rows, encoding="utf-8", delimiter=",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


def as_html(tables, language="ko") -> bytes:
    """Return a page of titled tables with menu, unit lines and notes around them."""
    parts = []
    for title, rows in tables:
        cells = "".join(
            "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row) + "</tr>\n"
            for row, tag in zip(rows, ["th"] + ["td"] * len(rows), strict=False)
        )
        parts.append(
            f"<h3>{title}</h3><p>(단위:명)</p><table><caption>{title}</caption>{cells}</table>"
            "<p>※ 입국 당시 연령 기준</p>"
        )
    return (
        f"<!DOCTYPE html><html lang='{language}'><head><meta charset='utf-8'>"
        f"<title>통일부</title><script>var a = '<table>';</script></head><body>"
        "<ul><li>menu</li></ul>"
        f"{''.join(parts)}</body></html>"
    ).encode()


def as_workbook(sheets) -> bytes:
    """Return a workbook; cells that read as whole numbers are stored as numbers."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            plain = [(cell, cell.replace(",", "")) for cell in row]
            whole = [(cell, n.isdigit() and not n.startswith("0") and int(n)) for cell, n in plain]
            sheet.append([number or cell or None for cell, number in whole])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


LABELS = {
    "province_of_origin": {
        "kangwon": "강원", "nampo": "남포", "ryanggang": "양강", "jagang": "자강",
        "south_pyongan": "평남", "north_pyongan": "평북", "pyongyang": "평양",
        "south_hamgyong": "함남", "north_hamgyong": "함북", "south_hwanghae": "황남",
        "north_hwanghae": "황북", "kaesong": "개성", "origin_other": "기타(재외 등)",
    },
    "age_at_arrival": {
        "age_0_9": "0-9세", "age_10_19": "10-19세", "age_20_29": "20-29세",
        "age_30_39": "30-39세", "age_40_49": "40-49세", "age_50_59": "50-59세",
        "age_60_up": "60세이상",
    },
    "occupation_in_north": {
        "manager": "관리직", "soldier": "군인", "worker": "노동자", "no_occupation": "무직부양",
        "service": "봉사분야", "arts_sports": "예술체육", "professional": "전문직",
        "child": "비대상(아동 등)",
    },
    "education_in_north": {
        "preschool": "취학전 아동", "kindergarten": "유치원", "primary_school": "인민학교(소학교)",
        "middle_school": "중학교(고등중)", "junior_college": "전문대", "university": "대학이상",
        "no_schooling": "무학(북)", "education_other": "기타(불상 등)",
    },
    "residence_in_south": {
        "seoul": "서울", "gyeonggi": "경기", "incheon": "인천", "busan": "부산",
        "north_gyeongsang": "경북", "south_gyeongsang": "경남", "daegu": "대구",
        "north_chungcheong": "충북", "south_chungcheong": "충남·세종", "gwangju": "광주",
        "gangwon": "강원", "daejeon": "대전", "south_jeolla": "전남", "north_jeolla": "전북",
        "ulsan": "울산", "jeju": "제주",
    },
}  # fmt: skip


def groups(data_dir, dimension: str, as_of: str) -> list[tuple[str, int, int]]:
    """Return label, men and women of each group, in the ministry's order."""
    frame = load.profile_cumulative(data_dir)
    rows = frame[(frame["dimension"] == dimension) & (frame["as_of"] == as_of)]
    found = {row.category: row for row in rows.itertuples()}
    labels = LABELS[dimension]
    return [(text, int(found[n].men), int(found[n].women)) for n, text in labels.items()]


def groups_down(rows, header=("구분", "남", "여", "합계"), total="합계") -> list[list[str]]:
    """Return groups as rows and sexes as columns, total last."""
    rows = [*rows, *([_all(rows, total)] if total else [])]
    return [list(header), *([n, str(men), str(women), str(men + women)] for n, men, women in rows)]


def groups_across(rows, total="합계") -> list[list[str]]:
    """Return groups as columns, men, women and total as rows."""
    rows = [*rows, _all(rows, total)]
    return [
        ["구분", *(label for label, _, _ in rows)],
        ["남(명)", *(f"{men:,}" for _, men, _ in rows)],
        ["여(명)", *(f"{women:,}" for _, _, women in rows)],
        ["합계(명)", *(f"{men + women:,}" for _, men, women in rows)],
    ]


def _all(rows, label):
    return label, sum(men for _, men, _ in rows), sum(women for _, _, women in rows)
