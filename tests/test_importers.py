"""The ministry's tables are read, their traps included; what does not add up is refused."""

from __future__ import annotations

import io
import random
import time
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from rich.console import Console
from typer.testing import CliRunner

from helpers import load, paths
from helpers.cli import app
from helpers.data.check import check_all
from helpers.data.tables import TABLES
from helpers.entry import staging
from helpers.entry.ministry import cells, words
from helpers.entry.ministry.plan import Plan
from helpers.entry.ministry.run import run_import
from helpers.entry.ministry.tables import EXAMPLES, read_file
from helpers.entry.staging import Workspace
from tests import hostile
from tests import ministry as made
from tests.conftest import contents

D_NAME = "북한이탈주민 통계_재북 출신지역별 현황(\u2019{}).csv"
MARCH, TODAY = D_NAME.format("20.3월말"), date(2026, 11, 28)
FIGURES = made.official(paths.data_dir())
ALL_FINAL = made.all_final(FIGURES)


@pytest.fixture
def data(data):
    return made.cut(data)


@pytest.fixture
def give(tmp_path, data):
    """Import a file of this name and content; return exit code and what was shown."""

    def run(content, name="table.csv", **options):
        path = tmp_path / name
        content = made.as_csv(content) if isinstance(content, list) else content
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        shown = io.StringIO()
        console = Console(file=shown, width=240)
        options = {"dry_run": False, "source": None, "today": TODAY} | options
        code = run_import(path, data, console=console, **options)
        # A fault is told over several lines.
        return code, shown.getvalue().replace("\n    ", " ")

    return run


@pytest.fixture
def taken(give):
    """Import a file that is taken; return what was shown."""

    def run(content, name="table.csv", **options):
        code, shown = give(content, name, **options)
        assert code == 0, shown
        return shown

    return run


def read(path, content):
    path.write_bytes(content)
    return read_file(path, "", TODAY)


def main_of(folder):
    frame = load.arrivals_annual(folder)
    return frame[frame["series"] == "official_main"].set_index("period")


def revisions_of(folder, period):
    frame = load.arrivals_revisions(folder)
    rows = frame[(frame["period"] == period) & (frame["measure"] == "arrivals")]
    return rows[["people", "standing"]].to_records(index=False).tolist()


def with_year(*year, figures=ALL_FINAL, **marks):
    return made.years_across(made.with_year(figures, *year, **marks))


def next_year(men=30, women=201, **marks):
    """The figures a year on: 2025 final, an invented 2026 behind it."""
    marks = {"month": 12, "provisional": True} | marks
    return made.with_year(ALL_FINAL, 2026, men, women, **marks)


def running(key, title="", note=""):
    """A table whose last year is not over, under ``key``, between a title and a note."""
    rows = made.years_across(next_year(month=None, provisional=False))
    rows[0][-2] = key
    return [[title], *rows, [note]] if title or note else rows


def provinces(place=0, men=0, women=0):
    """All arrivals by province in March 2020, with one number changed."""
    groups = made.groups(paths.data_dir(), "province_of_origin", "2020-03")
    label, *sexes = groups[place]
    groups[place] = (label, sexes[0] + men, sexes[1] + women)
    return groups


# -- cells ----------------------------------------------------------------------------------


KEYS = {
    (None, 1998, 1, 12): "~'98|~&#39;98|\uff5e98|~1998|1998년 이전|to 1998",
    (1999, 2001, 1, 12): "1999~2001|1999-2001|1999\u20132001|'99~'01",
    (2024, 2024, 1, 12): "24|\u201924|2024년|\uff12\uff10\uff12\uff14|2024\u00b9|'24 1)|2024*",
    (2026, 2026, 1, 6): "'26.6|'26.06|2026.6|2026.6.|2026-06|2026년 6월|2026.6월말 현재"
    "|2026. 6. 30.|2026년 1~6월|June 2026|January to June 2026|2026년 상반기|2026 H1|'26년 1~6월",
    (2026, 2026, 7, 12): "2H 2026|'26년 하반기",
    (2026, 2026, 7, 9): "2026년 3/4분기|2026년 3분기|Q3 2026",
    (2026, 2026, 1, 10): "26.10|2026년 10월",
    (2026, 2026, 1, 1): "26.01|26.1월",
    (2026, 2026, 1, 0): "26.1",
}  # fmt: skip


@pytest.mark.parametrize("years", KEYS)
def test_year_keys(years):
    for text in KEYS[years].split("|"):
        found = cells.span(text)
        assert (found.start, found.end, found.first, found.last) == years, text
        assert not found.provisional


def test_marks_and_what_is_no_year():
    marked = ["25.12(잠정)", "\u201925.12 (잠정)", "25.12(잠정)*", "2025.12(잠정치)", "25.12p"]
    for text in [*marked, "25.12 (provisional)"]:
        found = cells.span(text)
        assert (found.end, found.last, found.provisional) == (2025, 12, True)
    for text in ("", "합계", "12.2%", "1,043", "0-9세", "10-19", "10~19", "26.13"):
        assert cells.span(text) is None


def test_numbers():
    raised = "1,043\u00b9"
    for text in ("1,043", "1 043", "\uff11\uff0c\uff10\uff14\uff13", " 1,043명", "1,043*", raised):
        assert cells.number(text) == 1043
    for text in ("223", "223.0", "223 1)", "223(잠정)", "223p"):
        assert cells.number(text) == 223
    assert cells.number("-") is cells.number("") is None
    for text in ("1,04", "12.5", "2.026", "about 5", "-3", "1e3", "1,0433"):
        with pytest.raises(ValueError, match="no whole number"):
            cells.number(text)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("입국 현황(\u201925.6월말 입국자 기준)", ["2025-06"]),
        ("북한이탈주민 입국현황 ('25. 1. ~ 6.)", ["2025-06"]),
        ("북한이탈주민 입국현황 (2025년 상반기)", ["2025-06"]),
        ("Arrivals in 2025 H1", ["2025-06"]),
        ("Arrivals by year, as of 30 June 2025", ["2025-06"]),
        ("2025년 12월 현재", ["2025-12"]),
        ("2025. 6. 30. 기준", ["2025-06"]),
        ("작성일 2026년 7월 15일", []),
        ("* 2026.2.4. 정정", []),
        ("no month 12.2% 1,043", []),
        (MARCH, ["2020-03"]),
        ("북한이탈주민정책(2026.6월 기준)_홈페이지게시.xlsx", ["2026-06"]),
        ("통일부_현황_20240630.csv", ["2024-06"]),
        ("통일부_현황_20240715.csv", []),
        ("groups_2020-03.csv", ["2020-03"]),
    ],
)
def test_months_of_headings_and_file_names(text, months):
    stated = cells.months_in_name if text.endswith(("csv", "xlsx")) else cells.months_stated
    assert stated(text) == months


def test_labels_in_all_their_spellings():
    for men in ("남", "남자", "남(명)", "남 자(명)", "남성1)", "Male", "Male (persons)"):
        assert words.measure(men) == "men"
    for people in ("계", "합계", "소계", "전체", "합계(명)", "Total*"):
        assert words.measure(people) == "people"
    assert words.measure("여성 비율(%)") == words.measure("Percentage of female") == "share"
    for dimension, labels in made.LABELS.items():
        known = {words.category(dimension, label) for label in labels.values()}
        assert known == set(words.COMPLETE[dimension])


@pytest.mark.parametrize(
    ("dimension", "label", "group"),
    [
        ("residence_in_south", "강원특별자치도", "gangwon"),
        ("residence_in_south", "전북특별자치도", "north_jeolla"),
        ("residence_in_south", "서울특별시", "seoul"),
        ("residence_in_south", "경상북도", "north_gyeongsang"),
        ("residence_in_south", "충남\u318d세종", "south_chungcheong"),
        ("residence_in_south", "세종특별자치시", "south_chungcheong"),
        ("province_of_origin", "량강도", "ryanggang"),
        ("province_of_origin", "South Hamg yong", "south_hamgyong"),
        ("age_at_arrival", "10\u201319세", "age_10_19"),
        ("age_at_arrival", "19-Oct", "age_10_19"),
        ("age_at_arrival", "60+", "age_60_up"),
        ("occupation_in_north", "Non-target (children)", "child"),
    ],
)
def test_other_names_of_groups(dimension, label, group):
    assert words.category(dimension, label) == group


# -- arrivals by year -----------------------------------------------------------------------


def in_all_formats(figures, language="ko"):
    rows = made.years_across(figures, language)
    entities = made.years_across(figures, language, entity=True)
    yield "a.csv", made.as_csv(rows)
    yield "bom.csv", made.as_csv(rows, "utf-8-sig")
    yield "utf16.csv", made.as_csv(rows, "utf-16")
    yield "tabs.csv", made.as_csv(rows, delimiter="\t")
    yield "legacy.csv", made.as_csv(rows, "cp949")
    yield "a.html", made.as_html([("북한이탈주민 입국현황", entities)], language)
    yield "a.xlsx", made.as_workbook([("Sheet1", rows)])
    yield "misnamed.pdf", made.as_csv(rows)


def test_the_table_of_today_holds_nothing_new(taken, data):
    before = contents(data)
    for language in ("ko", "en"):
        for name, content in in_all_formats(FIGURES, language):
            shown = taken(content, name)
            assert "Nothing new" in shown
            assert f"arrivals of {len(FIGURES)} periods" in shown
    assert contents(data) == before


def test_it_reads_the_same_from_every_format(tmp_path):
    found = [read(tmp_path / name, content) for name, content in in_all_formats(next_year())]
    assert [reading.faults for reading in found] == [[]] * 8
    assert all(reading.arrivals == found[0].arrivals for reading in found)


def test_the_table_of_next_year_twice(taken, data):
    before = contents(data)
    content = made.as_workbook([("Sheet1", made.years_across(next_year()))])
    assert "provisional -> final" in taken(content, "표 (2026).xlsx")
    assert check_all(data) == []
    after, main = contents(data), main_of(data)
    row = main.loc["2026", ["people", "men", "women", "status"]]
    assert row.tolist() == [231, 30, 201, "provisional"]
    assert main.loc["2025", "status"] == "final"
    key = main.loc["2026", "source_ids"]
    assert main.loc["2025", "source_ids"].split(";")[-1] == key
    # 2026 is new, 2025 has a new status and source; nothing else differs.
    changed = {path for path in before if before[path] != after[path]}
    assert {path.name for path in changed} == {"arrivals_annual.csv", "sources.csv"}
    path = data / TABLES["arrivals_annual"].path
    old, new = (state[path].decode().splitlines() for state in (before, after))
    assert (len(new), len(set(new) - set(old)), len(set(old) - set(new))) == (len(old) + 1, 2, 1)
    source = load.sources(data).loc[key]
    assert (source["publisher"], source["kind"]) == ("Ministry of Unification", "official")
    assert "표 (2026).xlsx" in source["note"]
    ids = load.table("sources", data)["source_id"].tolist()
    assert ids == sorted(ids)
    assert "Nothing new" in taken(content, "again.xlsx")
    assert contents(data) == after


def test_joined_cells_of_a_page(tmp_path):
    rows = made.years_across(FIGURES)
    page = made.as_html([("입국현황", rows)]).decode()
    page = page.replace("<tr><th>구분</th>", "<tr><th rowspan='2'>구분</th>", 1)
    top = "".join(f"<th>{cell}</th>" for cell in rows[0][1:])
    bottom = f"<th colspan='{len(rows[0]) - 1}'>연도</th></tr>\n<tr>{top}</tr>\n"
    reading = read(tmp_path / "a.html", page.replace(f"{top}</tr>\n", bottom, 1).encode())
    assert not reading.faults
    assert len(reading.arrivals) == len(FIGURES)


def readings(folder, rows):
    """Read rows as CSV of a Korean Windows and as a workbook."""
    book = made.as_workbook([("s", rows)])
    for name, content in (("t.csv", made.as_csv(rows, "cp949")), ("t.xlsx", book)):
        reading = read(folder / name, content)
        assert not reading.faults
        yield reading.arrivals


@pytest.mark.parametrize("early", ["1998년 이전|1999~2001", "to 1998|1999-2001", "1953~1998|~'01"])
def test_years_across_down_and_under_two_headings(tmp_path, early):
    [expected, _] = readings(tmp_path, made.years_across(FIGURES))
    keys = [*early.split("|"), *(str(f.end) for f in ALL_FINAL[2:-1]), "2025년 12월(잠정)"]
    for rows in (made.years_down(ALL_FINAL, keys), made.years_across(ALL_FINAL, keys=keys)):
        for found in readings(tmp_path, rows):
            assert found[1:] == expected[1:]
            assert (found[0].end, found[0].figure["people"]) == (1998, "947")
    for found in readings(tmp_path, made.two_headings(FIGURES[2:])):
        assert [a.figure for a in found] == [a.figure for a in expected[2:]]


def test_years_that_excel_made_dates(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(made.as_workbook([("s", made.years_across(FIGURES))])))
    for cell in book.active[1][3:-2]:
        year = int(cell.value.strip("'\u2019"))
        cell.value, cell.number_format = date(2000 + year, 12, 31), "yyyy"
    book.save(tmp_path / "dates.xlsx")
    found = read_file(tmp_path / "dates.xlsx", "", TODAY).arrivals
    assert [a.end for a in found] == [f.end for f in FIGURES]


# -- years that are not over ----------------------------------------------------------------


@pytest.mark.parametrize("key", ["'26", "2026", "2026년", "2026p", "2026(잠정)", "2026*"])
def test_a_year_that_runs_must_name_its_month(give, data, key, unchecked):
    before, table = contents(data), running(key)
    code, shown = give(table)
    assert code == 1
    assert ":1:AB: '" in shown
    assert "2026 is not over on 2026-11-28, and no month is named" in shown
    assert "--as-of YYYY-MM" in shown
    assert "does not count to --as-of 2025-06" in give(table, as_of="2025-06")[1]
    code, shown = give(table, as_of="2026-06", dry_run=True)
    assert code == 0, shown
    assert "arrivals_quarterly.csv, 2026 h1 (January to June 2026): 231 (30 men" in shown
    assert "arrivals_annual.csv, 2026" not in shown
    assert contents(data) == before


@pytest.mark.parametrize(
    ("title", "note"),
    [
        ("북한이탈주민 입국현황 (2026년 상반기)", ""),
        ("북한이탈주민 입국현황 ('26. 1. ~ 6.)", ""),
        ("Arrivals by sex, January to June 2026", ""),
        ("입국현황", "※ \u201926.6월말 기준"),
    ],
)
def test_the_month_may_be_above_or_below_the_table(taken, title, note, unchecked):
    shown = taken(running("'26", title, note), dry_run=True)
    assert "arrivals_quarterly.csv, 2026 h1 (January to June 2026): 231" in shown


def test_a_year_counted_to_a_december_to_come_is_provisional(taken, unchecked):
    shown = taken(made.years_across(next_year(provisional=False)), dry_run=True)
    assert "2026-12 is not over on 2026-11-28: taken as provisional" in shown
    assert "arrivals_annual.csv, 2026: 231 (30 men, 201 women), new, provisional" in shown


def test_a_known_half_is_not_taken_for_its_year(give, taken):
    half = with_year(2025, 8, 88)
    code, shown = give(half)
    assert code == 1
    assert "96 people are those of January to June; expected the whole year" in shown
    assert "--as-of 2025-06" in shown
    assert "Nothing new" in taken(half, as_of="2025-06")


# Men and women of the parts of a year; the year is their sum.
QUARTERS = [[(1, 2), (0, 4), (2, 1), (1, 1)], [(300, 700), (250, 750), (350, 650), (200, 800)]]


@pytest.mark.parametrize("quarters", QUARTERS, ids=["a dozen people", "four thousand"])
def test_the_next_years_one_after_the_other(taken, data, quarters):
    """To June, to September; provisional; final; quarters and halves; corrected; then 2027.

    What is written was checked before: nothing with a fault is.
    """
    sums = [(sum(m for m, _ in quarters[:n]), sum(w for _, w in quarters[:n])) for n in range(1, 5)]
    figures = FIGURES

    def wide(year, men, women, day, **marks):
        nonlocal figures
        figures = made.with_year(made.all_final(figures), year, men, women, **marks)
        shown = taken(made.years_across(figures), today=day)
        assert shown.rstrip().endswith(f"crossings diff --data {data}")
        return shown

    for number, month in ((1, 6), (2, 9)):
        wide(2026, *sums[number], TODAY, month=month, provisional=True)
    assert "2026" not in main_of(data).index
    halves = load.arrivals_quarterly(data)
    assert halves[halves["year"] == 2026][["part", "people", "status"]].to_numpy().tolist() == [
        ["h1", sum(sums[1]), "provisional"]
    ]
    assert revisions_of(data, "January to September 2026") == [(sum(sums[2]), "other_span")]
    assert main_of(data).loc["2025", "status"] == "final"
    men, women = sums[3]
    wide(2026, men, women, date(2027, 1, 20), month=12, provisional=True)
    assert main_of(data).loc["2026", "status"] == "provisional"
    wide(2026, men, women, date(2027, 3, 1))
    assert main_of(data).loc["2026", ["people", "status"]].tolist() == [men + women, "final"]

    parts = [f"2026년 {n}/4분기" for n in range(1, 5)] + ["2026년 상반기", "2026 H2", "2026"]
    halves = [sums[1], (men - sums[1][0], women - sums[1][1]), (men, women)]
    rows = [
        [k, str(m), str(w), str(m + w)] for k, (m, w) in zip(parts, quarters + halves, strict=True)
    ]
    taken([["시기", "남", "여", "계"], *rows], "parts.csv", today=date(2027, 3, 2))
    stored = load.arrivals_quarterly(data)
    stored = stored[stored["year"] == 2026].set_index("part")
    # The second half is there as its quarters.
    assert sorted(stored.index) == ["h1", "q1", "q2", "q3", "q4"]
    assert stored.loc["q4", "women"] == quarters[3][1]

    shown = wide(2026, men, women - 1, date(2027, 6, 1))
    assert "2026 q4" in shown and "the remainder of the year" in shown
    wide(2027, 2 * men, 2 * women, date(2028, 3, 1))
    assert main_of(data).loc["2027", ["people", "status"]].tolist() == [2 * (men + women), "final"]
    assert check_all(data, date(2028, 3, 1)) == []


def test_a_file_with_only_the_new_half(taken, unchecked):
    shown = taken("구분,2026년 상반기(잠정)\n남,12\n여,101\n합계,113\n", dry_run=True)
    assert "arrivals_quarterly.csv, 2026 h1 (January to June 2026): 113 (12 men" in shown


# -- figures that changed -------------------------------------------------------------------


def as_announced_in_january(folder):
    """Put the tables back to January 2026: 224 arrivals in 2025, not yet 223."""
    space = Workspace(folder)

    def row(table, **cells):
        return next(row for row in space.rows(table) if cells.items() <= row.items())

    year = row("arrivals_annual", period="2025") | {"people": "224", "men": "26"}
    revisions = space.rows("arrivals_revisions")
    since = row("arrivals_revisions", revision_id="arrivals-2025-223")["source_ids"].split(";")
    year["source_ids"] = ";".join(dict.fromkeys([*year["source_ids"].split(";"), *since]))
    row("arrivals_annual", period="2025").update(year)
    row("arrivals_annual", period="to 2025").update(people="34538", men="9594")
    half = row("arrivals_quarterly", year="2025", part="h2")
    half.update({name: str(int(half[name]) + 1) for name in ("people", "men")})
    row("profile_cumulative", as_of="2025-12", category="men")["people"] = "9594"
    sums = {"parts_people": "34538", "compared_people": "34538"}
    row("profile_checks", as_of="2025-12", dimension="sex").update(sums)
    later = ("arrivals-2025-223", "running-total-2025-34538")
    revisions[:] = [row for row in revisions if row["revision_id"] not in later]
    row("arrivals_revisions", revision_id="arrivals-2025-224")["standing"] = "current"
    space.write()
    assert check_all(folder) == []


def test_224_becomes_223(taken, data):
    as_announced_in_january(data)
    assert "falls by 1: not a known correction" in taken(made.years_across(FIGURES))
    assert check_all(data) == []
    year = main_of(data).loc["2025", ["people", "men", "status"]]
    assert year.tolist() == [223, 25, "provisional"]
    assert revisions_of(data, "2025") == [(224, "superseded"), (223, "current")]
    revisions = load.arrivals_revisions(data)
    published = revisions.set_index("revision_id").loc["arrivals-2025-224", "published"]
    assert published == "2026-01-20"
    totals = revisions.query("measure == 'running_total' and period_end == '2025'")
    assert (totals["people"] == 34538).all()
    assert load.arrivals_annual(data).set_index("period").loc["to 2025", "people"] == 34537
    assert "Nothing new" in taken(made.years_across(FIGURES))


def test_the_announced_figure_does_not_come_back(taken, data):
    """A file with the 224 of January is known to be superseded."""
    before = contents(data)
    shown = taken(with_year(2025, 26, 198, figures=FIGURES, month=12, provisional=True))
    assert "contradicts" in shown
    assert "superseded, published 2026-01-20" in shown
    assert contents(data) == before


def test_a_fall_in_a_newer_file_is_shown_and_logged(taken, data):
    shown = taken(with_year(2025, 24, 198, figures=next_year()))
    assert "falls by 1: not a known correction" in shown
    rows = [(224, "superseded"), (223, "superseded"), (222, "current")]
    assert revisions_of(data, "2025") == rows


def test_an_older_file_never_replaces_a_figure(taken, data):
    older = with_year(2022, 36, 32, figures=[f for f in FIGURES if f.end <= 2022])
    assert "older than the tables" in taken(older)
    assert main_of(data).loc["2022", "people"] == 67
    assert revisions_of(data, "2022") == [(68, "superseded"), (67, "current")]
    assert "Nothing new" in taken(older)


def test_totals_printed_by_sex_are_kept_when_an_old_year_changes(tmp_path, data):
    reading = read(tmp_path / "a.csv", made.as_csv(with_year(2013, 369, 1146, figures=FIGURES)))
    space = Workspace(data)
    plan = Plan(space, reading, "a-source", TODAY)
    news = [change.row for change in plan.changes if change.kind != "same"]
    assert news == ["2013", "2013 h2", "running total to 2025"]
    kept = {
        row["period_end"]: (row["men"], row["women"])
        for row in space.rows("arrivals_revisions")
        if row["measure"] == "running_total" and row["note"] == "A year in it was revised later"
    }
    assert kept["2017-09"] == ("8958", "22135")
    assert {"2020-09", "2022", "2024", "2025-03", "2025"} <= set(kept)


# -- groups by sex --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        ("구분", "남", "여", "합계"),
        ("지역", "남자(명)", "여자(명)", "소계"),
        ("구분", "남성", "여성", "전체(명)"),
    ],
)
def test_groups_in_their_encodings_and_header_words(taken, header):
    rows = made.groups_down(provinces(), header, total=None)
    taken_apart = unicodedata.normalize("NFD", MARCH)
    for encoding in ("utf-8", "utf-8-sig", "cp949", "utf-16"):
        shown = taken(made.as_csv(rows, encoding), taken_apart)
        assert "province of origin; people counted to 2020-03" in shown
        assert "Nothing new" in shown


def test_groups_of_another_month_twice(taken, data):
    # 33,601 of the 33,718 who had arrived by September
    content = made.as_csv(made.groups_down(provinces(8, women=100)), "cp949")
    taken(content, D_NAME.format("20.9월말"))
    assert check_all(data) == []
    checks = load.profile_checks(data)
    row = checks[(checks["as_of"] == "2020-09") & (checks["dimension"] == "province_of_origin")]
    assert row.iloc[0]["difference_people"] == 33601 - 33718
    assert "Nothing new" in taken(content, D_NAME.format("20.9월말"))


def test_groups_with_a_changed_group(taken, data):
    shown = taken(made.groups_down(provinces(men=-1)), MARCH)
    assert "changed, falls by 1" in shown
    profile = load.profile_cumulative(data)
    row = profile[(profile["as_of"] == "2020-03") & (profile["category"] == "kangwon")].iloc[0]
    assert row["people"] == 593
    assert "594" in row["note"]
    assert check_all(data) == []


def test_groups_across_and_under_arrivals(give, taken):
    """A page with all tables: the groups count to the month of the last year."""
    past = made.with_year([f for f in FIGURES if f.end < 2020], 2020, 64, 131, month=9)
    past[-1] = replace(past[-1], provisional=True)
    tables = [("북한이탈주민 현황", made.years_across(past))]
    for dimension in ("age_at_arrival", "occupation_in_north"):
        groups = made.groups(paths.data_dir(), dimension, "2020-09")
        tables.append(("유형별 현황", made.groups_across(groups)))
    tables.append(("다른 표", [["구분", "2023", "2024"]]))
    page = made.as_html(tables).decode()
    shown = taken(page, "page.html")
    assert "Nothing new" in shown
    assert "occupation_in_north child 2020-09" in shown
    shown = give(page.replace(">5,957<", ">5,597<"), "page.html")[1]
    assert (
        "page.html (table 2):4:F (40-49세): '5,597': men and women of 40-49세 do not make the "
        "total; expected 5,957" in shown
    )


def test_what_is_below_a_table_of_a_sheet_is_told(taken):
    rows = [*made.years_across(FIGURES), [], ["※ 잠정치 포함"], *made.groups_down(provinces())]
    shown = taken(made.as_workbook([("통계", rows)]), "book.xlsx")
    assert "left out: book.xlsx (sheet 통계): what stands below row 5" in shown


# -- refused --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ((3, 12, "2,707"), [":4:M (11): '2,707'", "expected 2,706 (795 men and"]),
        ((1, 12, "796"), ["do not make the total", "make the grand total (men)"]),
        ((3, -1, "34,538"), ["(합계): '34,538'", "expected 34,537"]),
        ((4, 12, "70.7%"), ["'70.7%': the share of women of 11 is another; expected 70.6%"]),
        ((4, 12, "nan"), ["'nan': no number; expected a share"]),
        ((2, 12, "1,91l"), [":3:M (11): '1,91l': no number; expected a whole number"]),
        ((0, 12, "'10"), [":1:M: '10': a year stands twice"]),
        ((0, 12, "2011x"), [":1:M: '2011x': not a year; expected a year such as"]),
        ((0, 12, ""), [":1:M: '': not a year"]),
        ((0, -2, "25.1"), ["two ways; expected YY.MM; write two digits"]),
        ((2, 12, ""), [":1:M: '11': no number of women"]),
    ],
)
def test_years_that_do_not_add_up_are_refused(give, data, place, told):
    row, column, value = place
    rows, before = made.years_across(FIGURES), contents(data)
    rows[row][column] = value
    book = made.as_workbook([("x", rows)])
    for name, content, where in (("a.csv", rows, "a.csv:"), ("a.xlsx", book, "a.xlsx (sheet x):")):
        code, shown = give(content, name)
        assert code == 1
        assert "The file is refused. Nothing was written." in shown
        for text in told:
            full = where + text.removeprefix(":") if text.startswith(":") else text
            assert full.replace(",", "") in shown.replace(",", "")
    assert contents(data) == before


def test_all_faults_are_told_at_once(give):
    rows = made.years_across(FIGURES)
    rows[3][12], rows[4][5], rows[1][-1] = "2,707", "99.9%", "9,000"
    assert {"'2,707'", "'99.9%'", "'9,000'"} <= set(give(rows)[1].replace(":", " ").split())


def years_of(*rows):
    return [["연도", "남", "여"], *rows]


def changed(change, **how):
    return change(made.groups_down(provinces(**how)))


def archive():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return buffer.getvalue()


ACROSS = made.years_across(FIGURES)
OTHERS = [replace(f, men=f.men * 3, women=f.women * 2) for f in FIGURES]
TO_COME = with_year(2027, 1, 2, figures=next_year(), month=3)
KNOWN_HALF = "falls to 150 people; expected 223 people, or a correction"
REFUSED = {
    "two months": (running("'26", "2026년 6월말 기준", "2026.3월 기준"), {},
                   "2026-06 and 2026-03 are named above or below the table"),
    "year to come": (TO_COME, {}, "2027 has not begun on 2026-11-28"),
    "a half": (with_year(2025, 20, 130), {}, KNOWN_HALF),
    "across": (years_of(["2001~2002", "700", "800"], ["2003", "474", "811"]), {},
               ":2:A: '2001~2002': cuts across the years"),
    "gap": (years_of(["2027", "474", "811"]), {"today": date(2028, 2, 1)},
            "2026 is in no table yet; expected the year after 2025"),
    "left out": (made.years_across([f for f in FIGURES if not 2004 <= f.end <= 2023]), {},
                 "2004 to 2023 missing before it"),
    "no women": ([ACROSS[0], ACROSS[1], ACROSS[3]], {}, "the numbers of women are missing"),
    "other people": (made.years_across(OTHERS), {},
                     "years differ from the tables; expected the ministry's table of arrivals"),
    "no source": (ACROSS, {"source": "no-such"}, "--source 'no-such': no such source"),
    "no month": (made.groups_down(provinces()), {}, "--as-of"),
    "not a month": (ACROSS, {"as_of": "March"}, "a month as YYYY-MM is expected"),
    "a month to come": (ACROSS, {"as_of": "2027-03"}, "a month to come"),
    "a group away": (changed(lambda rows: [r for r in rows if r[0] != "개성"]), {"name": MARCH},
                     "kaesong is missing; expected all 13"),
    "no group": (changed(lambda rows: [[r[0].replace("개성", "나선"), *r[1:]] for r in rows]),
                 {"name": MARCH}, ":13:A: '나선': no group of province of origin"),
    "sexes": (changed(lambda rows: [r if r[0] != "함북" else [*r[:3], "19761"] for r in rows]),
              {"name": MARCH}, "expected 19,760"),
    "total": (changed(lambda rows: [*rows[:-1], ["합계", "9355", *rows[-1][2:]]]), {"name": MARCH},
              "the groups do not make the grand total (men)"),
    "twice": (changed(lambda rows: [*rows[:3], rows[2], *rows[3:-1]]), {"name": MARCH},
              "a group stands twice"),
    "heading slipped": (changed(lambda rows: [[*rows[0][:2], "", *rows[0][2:]], *rows[1:]]),
                        {"name": MARCH}, "the numbers of people are missing"),
    "too few": (made.groups_down(provinces(8, women=-100)), {"name": MARCH},
                "33,658 had arrived by 2020-03: a row is missing; expected a gap of 0 to 160, "
                "not 257"),
    "too many": (made.groups_down(provinces(8, women=200)), {"name": MARCH}, "not -43"),
    "empty": (b"", {}, "empty"),
    "no archive": (b"PK\x03\x04" + b"x" * 100, {}, "cannot be read"),
    "OpenDocument": (archive(), {}, "the file is an OpenDocument or another archive"),
    "PDF": (b"%PDF-1.7\nnothing", {}, "is a PDF; expected CSV, HTML or XLSX; copy its table"),
    "bytes": (b"\xff\x80\x80\x80\xff", {}, "no text in UTF-8 or CP949"),
    "page": (b"<html><table><tr><td>1</td></tr></table></html>", {}, "no table of the ministry"),
    "strange": ("이름,값\n가,1\n".encode("cp949"), {}, ":1: '이름, 값': no table of the ministry"),
    "long form": ("연도,성별,인원\n2024,남,26\n2024,여,210\n", {}, EXAMPLES["years"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_not_right_is_refused_and_told(give, data, kind):
    content, options, told = REFUSED[kind]
    before = contents(data)
    code, shown = give(content, **options)
    assert code == 1
    assert told in shown
    assert "Nothing was written." in shown
    assert contents(data) == before


@pytest.mark.parametrize("kind", hostile.TOLD)
def test_a_hostile_file_is_told(tmp_path, kind):
    make, told = hostile.TOLD[kind]
    start = time.process_time()
    faults = read(tmp_path / "table.csv", make()).faults
    assert told in str(faults[0]).replace("\n", " ")
    assert len(faults) == 1
    assert time.process_time() - start < 5


def test_a_sheet_may_hide_things_and_say_so(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(made.as_workbook([("a", ACROSS), ("b", ACROSS)])))
    book["a"].row_dimensions[7].hidden = True
    book["b"].sheet_state = "hidden"
    book["a"]["A9"], book["b"]["A1"] = None, "=1+1"
    buffer = io.BytesIO()
    book.save(buffer)
    reading = read(tmp_path / "table.xlsx", buffer.getvalue())
    assert reading.faults == []
    assert reading.remarks == [
        "sheet a has hidden rows or columns, which are read like the others",
        "left out: sheet b, which is hidden",
    ]


@pytest.mark.parametrize("name", EXAMPLES.values())
def test_an_example_of_each_table_is_there(taken, data, name):
    example = paths.PROJECT / name
    assert "Nothing new" in taken(example.read_bytes(), example.name)
    assert f"({name.removeprefix('data/')})" in (data / "README.md").read_text("utf-8")


# -- sources, rehearsal, failure ------------------------------------------------------------


def test_a_known_source_is_used_and_a_rehearsal_writes_nothing(taken, data, unchecked):
    before = contents(data)
    key = main_of(data).loc["2024", "source_ids"].split(";")[0]
    rows = made.years_across(next_year())
    shown = taken(rows, dry_run=True)
    assert "Would write sources.csv, arrivals/arrivals_annual.csv. Nothing was written." in shown
    assert contents(data) == before
    taken(rows, source=key)
    assert main_of(data).loc["2026", "source_ids"] == key
    after = contents(data)
    assert after[data / "sources.csv"] == before[data / "sources.csv"]


@pytest.mark.parametrize("stop", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failing_write_leaves_the_old_files(give, data, monkeypatch, stop, unchecked):
    before = contents(data)
    write_all, calls = staging.write_all, []

    def failing(folder, files):
        calls.append(folder)
        if len(calls) == 2:
            raise stop
        write_all(folder, files)

    monkeypatch.setattr(staging, "write_all", failing)
    content = made.years_across(next_year())
    if isinstance(stop, OSError):
        code, shown = give(content)
        assert code == 1
        assert "Could not write: " in shown
        assert "No space left on device\nNothing was written." in shown
    else:
        with pytest.raises(KeyboardInterrupt):
            give(content)
    assert contents(data) == before


def test_a_table_changed_meanwhile_is_not_overwritten(data):
    space = Workspace(data)
    space.rows("arrivals_annual")[0]["note"] = "changed here"
    path = data / "arrivals/arrivals_annual.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(OSError, match="changed while this ran"):
        space.write()


@pytest.mark.parametrize(
    ("table", "old", "new", "told"),
    [
        ("annual", b"official_main,2013", b"official_main;2013", "mend them first"),
        ("quarterly", b"2024,q1,43,8,35", b"2024,q1,44,9,35", "were there before"),
    ],
)
def test_tables_with_faults_of_their_own_are_told_and_left(give, data, table, old, new, told):
    path = data / f"arrivals/arrivals_{table}.csv"
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    before = contents(data)
    code, shown = give(made.years_across(next_year()))
    assert code == 1
    assert told in shown
    assert contents(data) == before


def test_a_folder_with_only_the_tables_that_differ(tmp_path):
    there = "arrivals_annual.csv"
    part, own = tmp_path / "part", paths.data_dir() / "arrivals/arrivals_annual.csv"
    part.mkdir()
    (part / there).write_bytes(own.read_bytes())
    file, before = tmp_path / "table.csv", contents(paths.data_dir())
    file.write_bytes(made.as_csv(made.years_across(next_year())))
    result = CliRunner().invoke(app, ["import", str(file), "--data", str(part)])
    assert result.exit_code == 0, result.output
    assert contents(part).keys() == {part / there, part / "sources.csv"}
    assert b",2026,2026,2026,231,30,201," in (part / there).read_bytes()
    checked = CliRunner().invoke(app, ["check", "--data", str(part)])
    assert checked.output == "0 faults\n"
    assert contents(paths.data_dir()) == before
    (part / "strange.csv").write_text("a,b\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["import", str(file), "--data", str(part)])
    assert result.exit_code == 1
    assert "strange.csv: no such table" in result.output


# -- the command, and anything at all -------------------------------------------------------


def test_the_command(data, tmp_path, unchecked):
    path = tmp_path / "table.csv"
    path.write_bytes(made.as_csv(made.years_across(next_year())))
    arguments, before = ["import", str(path), "--data", str(data)], contents(data)
    result = CliRunner().invoke(app, [*arguments, "--dry-run"])
    assert result.exit_code == 0, result.output
    assert contents(data) == before
    assert CliRunner().invoke(app, arguments).exit_code == 0
    assert "Nothing new" in CliRunner().invoke(app, arguments).output
    for file in (tmp_path / "none.csv", tmp_path):
        assert CliRunner().invoke(app, ["import", str(file)]).exit_code == 1


def test_no_bytes_end_in_a_traceback(tmp_path):
    rng = random.Random(20171113)
    sound = [content for _, content in in_all_formats(FIGURES)]
    sound += [made.as_csv(made.years_down(FIGURES)), made.as_csv(made.two_headings(FIGURES))]
    sound += [made.as_csv(made.groups_down(provinces()), "cp949")]
    starts = [b"", b"PK\x03\x04", b"<table><tr>", b"\xff\xfe", "구분,남,여\n".encode()]
    for number in range(240):
        content = bytearray(rng.choice(starts) + rng.randbytes(rng.randint(0, 400)))
        if number % 2:
            content = bytearray(rng.choice(sound))
            for _ in range(rng.randint(1, 12)):
                content[rng.randrange(len(content))] = rng.randrange(256)
            if rng.random() < 0.3:
                del content[rng.randrange(len(content)) :]
        reading = read(tmp_path / "any", content)
        assert reading.faults or reading.arrivals or reading.groups


ODD = ["", "합계", "남", "여", "~'98", "25.12(잠정)", "12.2%", "1,043", "-1", "999999999999", "0"]


def test_no_cells_end_in_a_traceback(give, data, unchecked):
    rng, before = random.Random(38), contents(data)
    tables = [ACROSS, made.years_down(FIGURES), made.two_headings(FIGURES)]
    tables += [made.groups_down(provinces()), made.groups_across(provinces())]
    for _ in range(60):
        rows = [list(row) for row in rng.choice(tables)]
        for _ in range(rng.randint(1, 6)):
            row = rng.choice(rows)
            row[rng.randrange(len(row))] = rng.choice([*ODD, "함북", "x" * 999])
        assert give(rows, dry_run=True, as_of="2020-03")[0] in (0, 1)
    assert contents(data) == before
