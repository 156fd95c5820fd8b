"""The ministry's tables are read, their traps included; what does not add up is refused."""

from __future__ import annotations

import io
import random
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from rich.console import Console
from typer.testing import CliRunner

from helpers import load, paths
from helpers.data.check import check_all
from helpers.data.tables import TABLES
from helpers.entry import staging
from helpers.entry.ministry import cells, words
from helpers.entry.ministry.plan import make_plan
from helpers.entry.ministry.run import run_import
from helpers.entry.ministry.tables import EXAMPLES
from helpers.entry.ministry.tables import read_file as read
from helpers.entry.staging import Workspace
from tests import ministry as made

D_NAME = "북한이탈주민 통계_재북 출신지역별 현황(\u2019{}).csv"
TODAY = date(2026, 11, 28)


@pytest.fixture
def figures():
    return made.official(paths.data_dir())


@pytest.fixture
def give(tmp_path, data):
    """Import a file of this name and content; return exit code and what was shown."""

    def run(content, name="table.csv", **options):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        shown = io.StringIO()
        console = Console(file=shown, width=240)
        options = {"dry_run": False, "source": None, "today": TODAY} | options
        code = run_import(path, data, console=console, **options)
        # A fault is told over several lines.
        return code, shown.getvalue().replace("\n    ", " ")

    return run


def read_file(path, as_of="", today=TODAY):
    return read(path, as_of, today)


def contents(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def main_of(folder):
    frame = load.arrivals_annual(folder)
    return frame[frame["series"] == "official_main"].set_index("period")


def revisions_of(folder, period):
    frame = load.arrivals_revisions(folder)
    rows = frame[(frame["period"] == period) & (frame["measure"] == "arrivals")]
    return rows[["people", "standing"]].to_records(index=False).tolist()


def next_year(figures, **marks):
    """The table a year on: 2025 final, an invented 2026 behind it."""
    marks = {"month": 12, "provisional": True} | marks
    return made.with_year(made.all_final(figures), 2026, 30, 201, **marks)


# -- cells ----------------------------------------------------------------------------------


KEYS = {
    (None, 1998, 1, 12): "~'98|~&#39;98|\uff5e98|~1998|1998년 이전|to 1998",
    (1999, 2001, 1, 12): "1999~2001|1999-2001|1999\u20132001|'99~'01",
    (2024, 2024, 1, 12): "24|\u201924|2024년|\uff12\uff10\uff12\uff14|2024\u00b9|'24 1)|2024*",
    (
        2026,
        2026,
        1,
        6,
    ): "'26.6|'26.06|2026.6|2026.6.|2026-06|2026년 6월|2026.6월말 현재|2026. 6. 30."
    "|2026년 1~6월|June 2026|January to June 2026|2026년 상반기|2026 H1|'26년 1~6월",
    (2026, 2026, 7, 12): "2H 2026|'26년 하반기",
    (2026, 2026, 7, 9): "2026년 3/4분기|2026년 3분기|Q3 2026",
    (2026, 2026, 1, 10): "26.10|2026년 10월",
    (2026, 2026, 1, 1): "26.01|26.1월",
    (2026, 2026, 1, 0): "26.1",
}


@pytest.mark.parametrize("years", KEYS)
def test_year_keys(years):
    for text in KEYS[years].split("|"):
        found = cells.span(text)
        assert (found.start, found.end, found.first, found.last) == years, text
        assert not found.provisional


@pytest.mark.parametrize(
    "text",
    [
        "25.12(잠정)",
        "\u201925.12 (잠정)",
        "25.12(잠정)*",
        "2025.12(잠정치)",
        "25.12 (provisional)",
        "25.12p",
    ],
)
def test_marks_of_provisional_years(text):
    found = cells.span(text)
    assert (found.end, found.last, found.provisional) == (2025, 12, True)


@pytest.mark.parametrize("text", ["", "합계", "12.2%", "1,043", "0-9세", "10-19", "10~19", "26.13"])
def test_no_year_keys(text):
    assert cells.span(text) is None


def test_numbers():
    raised = "1,043\u00b9"
    for text in ("1,043", "1 043", "\uff11\uff0c\uff10\uff14\uff13", " 1,043명", "1,043*", raised):
        assert cells.number(text) == 1043
    for text in ("223", "223.0", "223 1)", "223(잠정)", "223p"):
        assert cells.number(text) == 223
    assert cells.number("-") is cells.number("") is None


@pytest.mark.parametrize("text", ["1,04", "12.5", "2.026", "about 5", "-3", "1e3", "1,0433"])
def test_no_numbers(text):
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
    ],
)
def test_months_of_headings(text, months):
    assert cells.months_stated(text) == months


@pytest.mark.parametrize(
    ("name", "months"),
    [
        (D_NAME.format("20.3월말"), ["2020-03"]),
        ("북한이탈주민정책(2026.6월 기준)_홈페이지게시.xlsx", ["2026-06"]),
        ("통일부_현황_20240630.csv", ["2024-06"]),
        ("통일부_현황_20240715.csv", []),
        ("groups_2020-03.csv", ["2020-03"]),
    ],
)
def test_months_of_file_names(name, months):
    assert cells.months_in_name(name) == months


def test_labels_in_all_their_spellings():
    for men in ("남", "남자", "남(명)", "남 자(명)", "남성1)", "Male", "Male (persons)"):
        assert words.measure(men) == "men"
    for people in ("계", "합계", "소계", "전체", "합계(명)", "Total*"):
        assert words.measure(people) == "people"
    assert words.measure("여성 비율(%)") == words.measure("Percentage of female") == "share"


@pytest.mark.parametrize("dimension", made.LABELS)
def test_every_group_of_the_tables_is_known(dimension):
    known = {words.category(dimension, label) for label in made.LABELS[dimension].values()}
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


def test_the_table_of_today_holds_nothing_new(give, data, figures):
    before = contents(data)
    for language in ("ko", "en"):
        for name, content in in_all_formats(figures, language):
            code, shown = give(content, name)
            assert code == 0, shown
            assert "Nothing new" in shown
            assert "arrivals of 26 periods" in shown
    assert contents(data) == before


def test_it_reads_the_same_from_every_format(tmp_path, figures):
    readings = []
    for name, content in in_all_formats(next_year(figures)):
        (tmp_path / name).write_bytes(content)
        readings.append(read_file(tmp_path / name))
    assert [reading.faults for reading in readings] == [[]] * 8
    assert all(reading.arrivals == readings[0].arrivals for reading in readings)


# A CSV, a page and a workbook; the other formats read the same, as the test above has it.
@pytest.mark.parametrize("number", [4, 5, 6])
def test_the_table_of_next_year_twice(give, data, figures, number):
    name, content = list(in_all_formats(next_year(figures)))[number]
    code, shown = give(content, name)
    assert code == 0, shown
    assert "provisional -> final" in shown
    assert check_all(data) == []
    main = main_of(data)
    assert list(main.loc["2026", ["people", "men", "women", "status"]]) == [
        231, 30, 201, "provisional",
    ]  # fmt: skip
    assert main.loc["2025", "status"] == "final"
    assert main.loc["2025", "source_ids"].split(";")[-1] == main.loc["2026", "source_ids"]
    before = contents(data)
    code, shown = give(content, name)
    assert code == 0
    assert "Nothing new" in shown
    assert contents(data) == before


def test_only_the_new_rows_differ(give, data, figures):
    before = contents(data)
    give(made.as_csv(made.years_across(next_year(figures))))
    after = contents(data)
    changed = {path.name for path in before if before[path] != after[path]}
    assert changed == {"arrivals_annual.csv", "sources.csv"}
    old = before[data / "arrivals/arrivals_annual.csv"].decode().splitlines()
    new = after[data / "arrivals/arrivals_annual.csv"].decode().splitlines()
    assert len(new) == len(old) + 1
    assert len(set(new) - set(old)) == 2  # 2026, and 2025 with its new status and source
    assert len(set(old) - set(new)) == 1


def test_joined_cells_of_a_page(tmp_path, figures):
    rows = made.years_across(figures)
    page = made.as_html([("입국현황", rows)]).decode()
    page = page.replace("<tr><th>구분</th>", "<tr><th rowspan='2'>구분</th>", 1)
    top = "".join(f"<th>{cell}</th>" for cell in rows[0][1:])
    bottom = f"<tr><th colspan='{len(rows[0]) - 1}'>연도</th></tr>\n"
    path = tmp_path / "joined.html"
    path.write_text(page.replace(f"{top}</tr>\n", f"{bottom[4:]}<tr>{top}</tr>\n", 1), "utf-8")
    reading = read_file(path)
    assert not reading.faults
    assert len(reading.arrivals) == len(figures)


def readings(folder, rows):
    """Read rows as CSV of a Korean Windows and as a workbook."""
    book = made.as_workbook([("s", rows)])
    for name, content in (("t.csv", made.as_csv(rows, "cp949")), ("t.xlsx", book)):
        (folder / name).write_bytes(content)
        reading = read_file(folder / name)
        assert not reading.faults
        yield reading.arrivals


@pytest.mark.parametrize("early", ["1998년 이전|1999~2001", "to 1998|1999-2001", "1953~1998|~'01"])
def test_years_across_and_down(tmp_path, figures, early):
    [expected, _] = readings(tmp_path, made.years_across(figures))
    whole = made.all_final(figures)
    keys = [*early.split("|"), *(str(f.end) for f in whole[2:-1]), "2025년 12월(잠정)"]
    for rows in (made.years_down(whole, keys), made.years_across(whole, keys=keys)):
        for found in readings(tmp_path, rows):
            assert found[1:] == expected[1:]
            assert (found[0].end, found[0].people) == (1998, 947)


def test_years_under_two_headings(tmp_path, figures):
    for found in readings(tmp_path, made.two_headings(figures[2:])):
        assert [(a.end, a.men, a.women) for a in found] == [
            (f.end, f.men, f.women) for f in figures[2:]
        ]


def test_years_that_excel_made_dates(tmp_path, figures):
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(made.as_workbook([("s", made.years_across(figures))])))
    for cell in book.active[1][3:-2]:
        year = int(cell.value.strip("'\u2019"))
        cell.value, cell.number_format = date(2000 + year, 12, 31), "yyyy"
    book.save(tmp_path / "dates.xlsx")
    assert [a.end for a in read_file(tmp_path / "dates.xlsx").arrivals] == [f.end for f in figures]


# -- years that are not over ----------------------------------------------------------------


@pytest.mark.parametrize("key", ["'26", "2026", "2026년", "2026p", "2026(잠정)", "2026*"])
def test_a_year_that_runs_must_name_its_month(give, data, figures, key):
    table = made.years_across(next_year(figures, month=None, provisional=False))
    table[0][-2] = key
    before = contents(data)
    code, shown = give(made.as_csv(table))
    assert code == 1
    assert ":1:AB: '" in shown
    assert "2026 is not over on 2026-11-28, and no month is named" in shown
    assert "--as-of YYYY-MM" in shown
    assert contents(data) == before
    code, shown = give(made.as_csv(table), as_of="2025-06")
    assert "does not count to --as-of 2025-06" in shown
    code, shown = give(made.as_csv(table), as_of="2026-06")
    assert code == 0, shown
    assert "arrivals_quarterly.csv, 2026 h1 (January to June 2026): 231 (30 men" in shown
    assert "2026" not in main_of(data).index


@pytest.mark.parametrize(
    ("title", "note"),
    [
        ("북한이탈주민 입국현황 (2026년 상반기)", ""),
        ("북한이탈주민 입국현황 ('26. 1. ~ 6.)", ""),
        ("Arrivals by sex, January to June 2026", ""),
        ("입국현황", "※ \u201926.6월말 기준"),
    ],
)
def test_the_month_may_stand_above_or_below_the_table(give, data, figures, title, note):
    rows = made.years_across(next_year(figures, month=None, provisional=False))
    code, shown = give(made.as_csv([[title], *rows, [note]]))
    assert code == 0, shown
    assert load.arrivals_quarterly(data).iloc[-1]["part"] == "h1"
    assert check_all(data, TODAY) == []


def test_two_months_named_are_refused(give, figures):
    rows = made.years_across(next_year(figures, month=None, provisional=False))
    code, shown = give(made.as_csv([["2026년 6월말 기준"], *rows, ["2026.3월 기준"]]))
    assert code == 1
    assert "2026-06 and 2026-03 are named above or below the table" in shown


def test_a_year_to_come_is_refused(give, figures):
    rows = made.years_across(made.with_year(next_year(figures), 2027, 1, 2, month=3))
    code, shown = give(made.as_csv(rows))
    assert code == 1
    assert "2027 has not begun on 2026-11-28" in shown


def test_a_year_counted_to_a_december_to_come_is_provisional(give, data, figures):
    code, shown = give(made.as_csv(made.years_across(next_year(figures, provisional=False))))
    assert code == 0, shown
    assert "2026-12 is not over on 2026-11-28: taken as provisional" in shown
    assert main_of(data).loc["2026", "status"] == "provisional"


def test_a_known_half_is_not_taken_for_its_year(give, data, figures):
    half = made.as_csv(made.years_across(made.with_year(made.all_final(figures), 2025, 8, 88)))
    before = contents(data)
    code, shown = give(half)
    assert code == 1
    assert "96 people are those of January to June; expected the whole year" in shown
    assert "--as-of 2025-06" in shown
    code, shown = give(half, as_of="2025-06")
    assert code == 0, shown
    assert "Nothing new" in shown
    less = made.years_across(made.with_year(made.all_final(figures), 2025, 20, 130))
    code, shown = give(made.as_csv(less))
    assert code == 1
    assert "falls to 150 people; expected 223 people, or a correction" in shown
    assert contents(data) == before


def test_years_that_cut_across_those_of_the_tables_are_refused(give, figures):
    rows = [["연도", "남", "여"], ["2001~2002", "700", "800"], ["2003", "474", "811"]]
    code, shown = give(made.as_csv(rows))
    assert code == 1
    assert ":2:A: '2001~2002': cuts across the years" in shown
    rows = [["연도", "남", "여"], ["2027", "474", "811"]]
    code, shown = give(made.as_csv(rows), today=date(2028, 2, 1))
    assert code == 1
    assert "2026 is in no table yet; expected the year after 2025" in shown


def test_part_of_a_year_never_becomes_a_year(give, data, figures):
    for month, table in ((6, "arrivals_quarterly"), (9, "arrivals_revisions")):
        part = next_year(figures, month=month)
        code, shown = give(made.as_csv(made.years_across(part)), f"to_{month}.csv")
        assert code == 0, shown
        assert f"{table}.csv, " in shown
        assert "2026" not in main_of(data).index
        assert main_of(data).loc["2025", "status"] == "final"
    halves = load.arrivals_quarterly(data)
    half = halves[halves["year"] == 2026].iloc[0]
    assert (half["part"], half["people"], half["status"]) == ("h1", 231, "provisional")
    assert revisions_of(data, "January to September 2026") == [(231, "other_span")]
    assert check_all(data, TODAY) == []
    _, shown = give(made.as_csv(made.years_across(part)), "again.csv")
    assert "Nothing new" in shown


# Men and women of the parts of a year; the year is their sum.
YEARS = {
    "a dozen people": [(1, 2), (0, 4), (2, 1), (1, 1)],
    "four thousand": [(300, 700), (250, 750), (350, 650), (200, 800)],
}


@pytest.mark.parametrize("name", YEARS)
def test_the_next_years_one_after_the_other(give, data, figures, name):
    """To June, to September; provisional; final; quarters and halves; corrected; then 2027.

    What is written was checked before: nothing with a fault is.
    """
    quarters = YEARS[name]
    sums = [(sum(m for m, _ in quarters[:n]), sum(w for _, w in quarters[:n])) for n in range(1, 5)]

    def wide(year, men, women, day, **marks):
        nonlocal figures
        figures = made.with_year(made.all_final(figures), year, men, women, **marks)
        code, shown = give(made.as_csv(made.years_across(figures)), "table.csv", today=day)
        assert code == 0, shown
        assert shown.rstrip().endswith(f"crossings diff --data {data}")
        return shown

    for number, month in ((1, 6), (2, 9)):
        wide(2026, *sums[number], TODAY, month=month, provisional=True)
    assert "2026" not in main_of(data).index
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
    day = date(2027, 3, 2)
    code, shown = give(made.as_csv([["시기", "남", "여", "계"], *rows]), "parts.csv", today=day)
    assert code == 0, shown
    stored = load.arrivals_quarterly(data)
    stored = stored[stored["year"] == 2026]
    # The second half is there as its quarters.
    assert sorted(stored["part"]) == ["h1", "q1", "q2", "q3", "q4"]
    assert stored.set_index("part").loc["q4", "women"] == quarters[3][1]

    shown = wide(2026, men, women - 1, date(2027, 6, 1))
    assert "2026 q4" in shown and "the remainder of the year" in shown
    wide(2027, 2 * men, 2 * women, date(2028, 3, 1))
    assert main_of(data).loc["2027", ["people", "status"]].tolist() == [2 * (men + women), "final"]
    assert check_all(data, date(2028, 3, 1)) == []


def test_a_file_with_only_the_new_half(give, data):
    code, shown = give("구분,2026년 상반기(잠정)\n남,12\n여,101\n합계,113\n")
    assert code == 0, shown
    assert load.arrivals_quarterly(data).iloc[-1][["year", "part", "people"]].tolist() == [
        2026, "h1", 113,
    ]  # fmt: skip
    assert check_all(data, TODAY) == []


# -- figures that changed -------------------------------------------------------------------


def as_announced_in_january(folder):
    """Put the tables back to January 2026: 224 arrivals in 2025, not yet 223."""
    space = Workspace(folder)
    year = next(r for r in space.rows("arrivals_annual") if r["period"] == "2025")
    year |= {"people": "224", "men": "26"}
    total = next(r for r in space.rows("arrivals_annual") if r["period"] == "to 2025")
    total |= {"people": "34538", "men": "9594"}
    half = next(
        r for r in space.rows("arrivals_quarterly") if (r["year"], r["part"]) == ("2025", "h2")
    )
    half |= {"people": str(int(half["people"]) + 1), "men": str(int(half["men"]) + 1)}
    men = next(
        r
        for r in space.rows("profile_cumulative")
        if (r["as_of"], r["category"]) == ("2025-12", "men")
    )
    men["people"] = "9594"
    for check in space.rows("profile_checks"):
        if (check["as_of"], check["dimension"]) == ("2025-12", "sex"):
            check |= {"parts_people": "34538", "compared_people": "34538"}
    revisions = space.rows("arrivals_revisions")
    sources = next(r for r in revisions if r["revision_id"] == "arrivals-2025-223")["source_ids"]
    kept = [
        r
        for r in revisions
        if r["revision_id"] not in ("arrivals-2025-223", "running-total-2025-34538")
    ]
    next(r for r in kept if r["revision_id"] == "arrivals-2025-224")["standing"] = "current"
    revisions[:] = kept
    year["source_ids"] = ";".join(
        dict.fromkeys([*year["source_ids"].split(";"), *sources.split(";")])
    )
    space.write()
    assert check_all(folder) == []


def test_224_becomes_223(give, data, figures):
    as_announced_in_january(data)
    code, shown = give(made.as_csv(made.years_across(figures)))
    assert code == 0, shown
    assert "falls by 1: not a known correction" in shown
    assert check_all(data) == []
    year = main_of(data).loc["2025"]
    assert (year["people"], year["men"], year["status"]) == (223, 25, "provisional")
    assert revisions_of(data, "2025") == [(224, "superseded"), (223, "current")]
    frame = load.arrivals_revisions(data).set_index("revision_id")
    assert frame.loc["arrivals-2025-224", "published"] == "2026-01-20"
    totals = load.arrivals_revisions(data)
    totals = totals[(totals["measure"] == "running_total") & (totals["period_end"] == "2025")]
    assert (totals["people"] == 34538).all()
    annual = load.arrivals_annual(data).set_index("period")
    assert annual.loc["to 2025", "people"] == 34537
    assert "Nothing new" in give(made.as_csv(made.years_across(figures)))[1]


def test_the_announced_figure_does_not_come_back(give, data, figures):
    """A file with the 224 of January is known to be superseded."""
    before = contents(data)
    announced = made.with_year(figures, 2025, 26, 198, month=12, provisional=True)
    code, shown = give(made.as_csv(made.years_across(announced)))
    assert code == 0
    assert "contradicts" in shown
    assert "superseded, published 2026-01-20" in shown
    assert contents(data) == before


def test_a_fall_in_a_newer_file_is_shown_and_logged(give, data, figures):
    lower = made.with_year(next_year(figures), 2025, 24, 198)
    code, shown = give(made.as_csv(made.years_across(lower)))
    assert code == 0, shown
    assert "falls by 1: not a known correction" in shown
    assert revisions_of(data, "2025") == [
        (224, "superseded"), (223, "superseded"), (222, "current"),
    ]  # fmt: skip
    assert check_all(data) == []


def test_an_older_file_never_replaces_a_figure(give, data, figures):
    older = made.with_year([f for f in figures if f.end <= 2022], 2022, 36, 32)
    code, shown = give(made.as_csv(made.years_across(older)))
    assert code == 0, shown
    assert "older than the tables" in shown
    assert main_of(data).loc["2022", "people"] == 67
    assert revisions_of(data, "2022") == [(68, "superseded"), (67, "current")]
    assert "Nothing new" in give(made.as_csv(made.years_across(older)))[1]


def test_totals_printed_by_sex_are_kept_when_an_old_year_changes(tmp_path, data, figures):
    path = tmp_path / "table.csv"
    path.write_bytes(made.as_csv(made.years_across(made.with_year(figures, 2013, 369, 1146))))
    space = Workspace(data)
    plan = make_plan(space, read_file(path), "a-source", TODAY)
    assert [change.row for change in plan.news] == ["2013", "2013 h2", "running total to 2025"]
    kept = {
        row["period_end"]: (row["men"], row["women"])
        for row in space.rows("arrivals_revisions")
        if row["measure"] == "running_total" and row["note"] == "A year in it was revised later"
    }
    assert kept["2017-09"] == ("8958", "22135")
    assert {"2020-09", "2022", "2024-12"[:4], "2025-03", "2025"} <= set(kept)


# -- groups by sex --------------------------------------------------------------------------


def provinces():
    return made.groups(paths.data_dir(), "province_of_origin", "2020-03")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize(
    "header",
    [
        ("구분", "남", "여", "합계"),
        ("지역", "남자(명)", "여자(명)", "소계"),
        ("구분", "남성", "여성", "전체(명)"),
    ],
)
def test_groups_in_its_encodings_and_header_words(give, data, encoding, header):
    before = contents(data)
    content = made.as_csv(made.groups_down(provinces(), header, total=None), encoding)
    code, shown = give(content, D_NAME.format("20.3월말"))
    assert code == 0, shown
    assert "province of origin" in shown
    assert "Nothing new" in shown
    assert contents(data) == before


def test_groups_with_a_name_in_taken_apart_letters(give):
    name = unicodedata.normalize("NFD", D_NAME.format("20.3월말"))
    code, shown = give(made.as_csv(made.groups_down(provinces())), name)
    assert code == 0, shown
    assert "2020-03" in shown


def test_groups_of_another_month_twice(give, data):
    groups = provinces()
    label, men, women = groups[8]
    groups[8] = (label, men, women + 100)  # 33,601 of the 33,718 who had arrived by September
    content = made.as_csv(made.groups_down(groups), "cp949")
    code, shown = give(content, D_NAME.format("20.9월말"))
    assert code == 0, shown
    assert check_all(data) == []
    checks = load.profile_checks(data)
    row = checks[(checks["as_of"] == "2020-09") & (checks["dimension"] == "province_of_origin")]
    assert row.iloc[0]["difference_people"] == 33601 - 33718
    before = contents(data)
    assert "Nothing new" in give(content, D_NAME.format("20.9월말"))[1]
    assert contents(data) == before


def test_groups_needs_a_month(give):
    content = made.as_csv(made.groups_down(provinces()))
    code, shown = give(content, "provinces.csv")
    assert code == 1
    assert "--as-of" in shown
    assert give(content, "provinces.csv", as_of="2020-03")[0] == 0
    assert give(content, "provinces.csv", as_of="March")[0] == 1
    assert "a month to come" in give(content, "provinces.csv", as_of="2027-03")[1]


def test_groups_across_and_under_arrivals(give, figures):
    """A page with all tables: the groups count to the month of the last year."""
    past = made.with_year([f for f in figures if f.end < 2020], 2020, 64, 131, month=9)
    past[-1] = replace(past[-1], provisional=True)
    tables = [("북한이탈주민 현황", made.years_across(past))]
    for dimension in ("age_at_arrival", "occupation_in_north"):
        groups = made.groups(paths.data_dir(), dimension, "2020-09")
        tables.append(("유형별 현황", made.groups_across(groups)))
    tables.append(("다른 표", [["구분", "2023", "2024"], ["남", "가", "나"]][:1]))
    page = made.as_html(tables).decode()
    code, shown = give(page, "page.html")
    assert code == 0, shown
    assert "Nothing new" in shown
    assert "occupation_in_north child 2020-09" in shown
    code, shown = give(page.replace(">5,957<", ">5,597<"), "page.html")
    assert code == 1
    assert (
        "page.html (table 2):4:F (40-49세): '5,597': men and women of 40-49세 do not make the "
        "total; expected 5,957" in shown
    )


def test_what_stands_below_a_table_of_a_sheet_is_told(give, figures):
    rows = [*made.years_across(figures), [], ["※ 잠정치 포함"], *made.groups_down(provinces())]
    code, shown = give(made.as_workbook([("통계", rows)]), "book.xlsx")
    assert code == 0, shown
    assert "left out: book.xlsx (sheet 통계): what stands below row 5" in shown


def test_groups_with_a_changed_group(give, data):
    groups = provinces()
    groups[0] = (groups[0][0], groups[0][1] - 1, groups[0][2])
    code, shown = give(made.as_csv(made.groups_down(groups)), D_NAME.format("20.3월말"))
    assert code == 0, shown
    assert "changed" in shown
    assert "falls by 1" in shown
    profile = load.profile_cumulative(data)
    rows = profile[(profile["as_of"] == "2020-03") & (profile["category"] == "kangwon")]
    assert rows.iloc[0]["people"] == 593
    assert "594" in rows.iloc[0]["note"]
    assert check_all(data) == []


# -- refused --------------------------------------------------------------------------------


def edited(figures, row, column, value):
    rows = made.years_across(figures)
    rows[row][column] = value
    return rows


REFUSED_A = {
    "total of a column": ((3, 12, "2,707"), [":4:M (11): '2,707'", "expected 2,706 (795 men and"]),
    "men of a column": ((1, 12, "796"), ["do not make the total", "make the grand total (men)"]),
    "grand total": ((3, -1, "34,538"), ["(합계): '34,538'", "expected 34,537"]),
    "share": ((4, 12, "70.7%"), ["'70.7%': the share of women of 11 is another; expected 70.6%"]),
    "no number": ((2, 12, "1,91l"), [":3:M (11): '1,91l': no number; expected a whole number"]),
    "year twice": ((0, 12, "'10"), [":1:M: '10': a year stands twice"]),
    "no year": ((0, 12, "2011x"), [":1:M: '2011x': not a year; expected a year such as"]),
    "no heading": ((0, 12, ""), [":1:M: '': not a year"]),
    "vague month": ((0, -2, "25.1"), ["two ways; expected YY.MM; write two digits"]),
    "empty cell": ((2, 12, ""), [":1:M: '11': no number of women"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED_A)
def test_years_that_does_not_add_up_is_refused(give, data, figures, kind):
    place, told = REFUSED_A[kind]
    before = contents(data)
    for name, rows in (("a.csv", made.as_csv), ("a.xlsx", lambda r: made.as_workbook([("x", r)]))):
        code, shown = give(rows(edited(figures, *place)), name)
        assert code == 1
        where = f"{name} (sheet x):" if name.endswith("xlsx") else f"{name}:"
        for text in told:
            full = where + text.removeprefix(":") if text.startswith(":") else text
            assert full.replace(",", "") in shown.replace(",", "")
        assert "Nothing was written" in shown
    assert contents(data) == before


def test_all_faults_are_told_at_once(give, figures):
    rows = edited(figures, 3, 12, "2,707")
    rows[4][5], rows[1][-1] = "99.9%", "9,000"
    _, shown = give(made.as_csv(rows))
    assert {"'2,707'", "'99.9%'", "'9,000'"} <= set(shown.replace(":", " ").split())


def test_years_with_years_left_out_is_refused(give, figures):
    sketch = [f for f in figures if not 2004 <= f.end <= 2023]
    code, shown = give(made.as_csv(made.years_across(sketch)))
    assert code == 1
    assert "2004 to 2023 missing before it" in shown


def test_years_without_the_women_is_refused(give, figures):
    rows = made.years_across(figures)
    code, shown = give(made.as_csv([rows[0], rows[1], rows[3]]))
    assert code == 1
    assert "the numbers of women are missing" in shown


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rows: [r for r in rows if r[0] != "개성"], "kaesong is missing; expected all 13"),
        (
            lambda rows: [[r[0].replace("개성", "나선"), *r[1:]] for r in rows],
            ":13:A: '나선': no group of province of origin",
        ),
        (
            lambda rows: [r if r[0] != "함북" else [*r[:3], "19761"] for r in rows],
            "expected 19,760",
        ),
        (
            lambda rows: [r if r[0] != "합계" else ["합계", "9355", r[2], "33502"] for r in rows],
            "the groups do not make the grand total (men)",
        ),
        (lambda rows: [*rows[:3], rows[2], *rows[3:-1]], "a group stands twice"),
    ],
)
def test_groups_that_does_not_add_up_is_refused(give, change, told):
    rows = change(made.groups_down(provinces()))
    code, shown = give(made.as_csv(rows, "cp949"), D_NAME.format("20.3월말"))
    assert code == 1
    assert told in shown


@pytest.mark.parametrize(("more", "gap"), [(-100, "not 257"), (200, "not -43")])
def test_groups_too_far_from_the_arrivals_is_refused(give, more, gap):
    groups = provinces()
    label, men, women = groups[8]
    groups[8] = (label, men, women + more)
    code, shown = give(made.as_csv(made.groups_down(groups)), D_NAME.format("20.3월말"))
    assert code == 1
    assert "33,658 had arrived by 2020-03" in shown
    assert gap in shown


def test_a_table_of_other_people_is_refused(give, figures):
    others = [replace(f, men=f.men * 3, women=f.women * 2) for f in figures]
    code, shown = give(made.as_csv(made.years_across(others)))
    assert code == 1
    assert "years differ from the tables; expected the ministry's table of arrivals" in shown


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "an old Excel or a Hangul document"),
        (b"PK\x03\x04" + b"x" * 100, "cannot be read"),
        (b"%PDF-1.7\nnothing", "is a PDF; expected CSV, HTML or XLSX; copy its table"),
        (b"\xff\x80\x80\x80\xff", "no text in UTF-8 or CP949"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "no table of the ministry"),
        ("이름,값\n가,1\n".encode("cp949"), ":1: '이름, 값': no table of the ministry"),
        ("연도,성별,인원\n2024,남,26\n2024,여,210\n", EXAMPLES["years"]),
    ],
)
def test_other_files_are_refused(give, data, content, told):
    before = contents(data)
    code, shown = give(content, "file.bin")
    assert code == 1
    assert told in shown
    assert contents(data) == before


@pytest.mark.parametrize("name", EXAMPLES.values())
def test_an_example_of_each_table_is_there(give, data, name):
    before = contents(data)
    example = paths.PROJECT / name
    code, shown = give(example.read_bytes(), example.name)
    assert code == 0, shown
    assert contents(data) == before
    assert f"({name.removeprefix('data/')})" in (data / "README.md").read_text("utf-8")


def test_an_open_document_is_told(give):
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    code, shown = give(buffer.getvalue(), "table.ods")
    assert code == 1
    assert "the file is an OpenDocument or another archive" in shown


def test_missing_file_and_folder_are_refused(data, tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        assert run_import(path, data, False, None, Console(file=io.StringIO())) == 1


# -- sources, rehearsal, failure ------------------------------------------------------------


def test_a_known_source_is_used(give, data, figures):
    key = main_of(data).loc["2024", "source_ids"].split(";")[0]
    rows = load.sources(data)
    code, shown = give(made.as_csv(made.years_across(next_year(figures))), source=key)
    assert code == 0, shown
    assert main_of(data).loc["2026", "source_ids"] == key
    assert load.sources(data).equals(rows)
    code, shown = give(made.as_csv(made.years_across(figures)), source=key + "x")
    assert code == 1
    assert repr(key) in shown


def test_a_new_source_says_what_file_it_was(give, data, figures):
    give(made.as_csv(made.years_across(next_year(figures))), "표 (2026).csv")
    key = main_of(data).loc["2026", "source_ids"]
    source = load.sources(data).loc[key]
    assert source["publisher"] == "Ministry of Unification"
    assert "표 (2026).csv" in source["note"]
    assert source["kind"] == "official"
    ids = load.table("sources", data)["source_id"].tolist()
    assert ids == sorted(ids)


def test_dry_run_writes_nothing(give, data, figures):
    before = contents(data)
    code, shown = give(made.as_csv(made.years_across(next_year(figures))), dry_run=True)
    assert code == 0
    assert "2026" in shown
    assert "Would write sources.csv, arrivals/arrivals_annual.csv. Nothing was written." in shown
    assert contents(data) == before


def test_a_failing_write_leaves_the_old_files(give, data, figures, monkeypatch):
    before = contents(data)
    write_all, calls = staging.write_all, []

    def failing(folder, files):
        calls.append(folder)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        write_all(folder, files)

    monkeypatch.setattr(staging, "write_all", failing)
    code, shown = give(made.as_csv(made.years_across(next_year(figures))))
    assert code == 1
    assert "No space left on device" in shown
    assert contents(data) == before


def test_being_stopped_leaves_the_old_files(give, data, figures, monkeypatch):
    before = contents(data)
    write_all, calls = staging.write_all, []

    def stopped(folder, files):
        calls.append(folder)
        write_all(folder, files)
        if len(calls) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(staging, "write_all", stopped)
    with pytest.raises(KeyboardInterrupt):
        give(made.as_csv(made.years_across(next_year(figures))))
    assert contents(data) == before


def test_a_table_changed_meanwhile_is_not_overwritten(data):
    space = Workspace(data)
    space.rows("arrivals_annual")[0]["note"] = "changed here"
    path = data / "arrivals/arrivals_annual.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(OSError, match="changed while this ran"):
        space.write()


def test_broken_tables_are_told_and_left(give, data, figures):
    path = data / "arrivals/arrivals_annual.csv"
    path.write_bytes(path.read_bytes().replace(b"official_main,2013", b"official_main;2013", 1))
    before = contents(data)
    code, shown = give(made.as_csv(made.years_across(next_year(figures))))
    assert code == 1
    assert "mend them first" in shown
    assert contents(data) == before


def test_tables_with_faults_of_their_own_are_not_written(give, data, figures):
    path = data / "arrivals/arrivals_quarterly.csv"
    path.write_bytes(path.read_bytes().replace(b"2024,q1,43,8,35", b"2024,q1,44,9,35", 1))
    before = contents(data)
    code, shown = give(made.as_csv(made.years_across(next_year(figures))))
    assert code == 1
    assert "were there before" in shown
    assert contents(data) == before


def test_tables_written_unchanged_are_the_same_bytes(data):
    for name, table in TABLES.items():
        space = Workspace(data)
        rows = space.rows(name)
        assert rows
        assert not space.files()
        assert set(rows[0]) == set(table.columns)


# -- the command, and anything at all -------------------------------------------------------


def test_the_command(data, tmp_path, figures):
    from helpers.cli import app

    path = tmp_path / "table.csv"
    path.write_bytes(made.as_csv(made.years_across(next_year(figures))))
    arguments = ["import", str(path), "--data", str(data)]
    before = contents(data)
    result = CliRunner().invoke(app, [*arguments, "--dry-run"])
    assert result.exit_code == 0, result.output
    assert contents(data) == before
    assert CliRunner().invoke(app, arguments).exit_code == 0
    assert "Nothing new" in CliRunner().invoke(app, arguments).output
    assert CliRunner().invoke(app, [*arguments, "--source", "no-such-key"]).exit_code == 1


def seeds(figures):
    """Sound files to break, and beginnings that call each reader."""
    sound = [content for _, content in in_all_formats(figures)]
    sound += [made.as_csv(made.years_down(figures)), made.as_csv(made.two_headings(figures))]
    sound += [made.as_csv(made.groups_down(provinces()), "cp949")]
    return sound, [
        b"",
        b"PK\x03\x04",
        b"<table><tr>",
        b"\xff\xfe",
        "구분,남,여\n".encode(),
    ]


def test_no_bytes_end_in_a_traceback(tmp_path, figures):
    rng = random.Random(20171113)
    sound, starts = seeds(figures)
    path = tmp_path / "any"
    for number in range(240):
        if number % 2:
            content = bytearray(rng.choice(sound))
            for _ in range(rng.randint(1, 12)):
                content[rng.randrange(len(content))] = rng.randrange(256)
            if rng.random() < 0.3:
                del content[rng.randrange(len(content)) :]
        else:
            content = rng.choice(starts) + rng.randbytes(rng.randint(0, 400))
        path.write_bytes(content)
        reading = read_file(path)
        assert reading.faults or reading.arrivals or reading.groups


def test_no_cells_end_in_a_traceback(tmp_path, data, figures):
    rng = random.Random(38)
    odd = [
        "",
        "합계",
        "남",
        "여",
        "~'98",
        "25.12(잠정)",
        "12.2%",
        "1,043",
        "-1",
        "999999999999",
        "0",
        "함북",
        "x" * 999,
    ]
    tables = [made.years_across(figures), made.years_down(figures), made.two_headings(figures)]
    tables += [made.groups_down(provinces()), made.groups_across(provinces())]
    path, before = tmp_path / "any.csv", contents(data)
    for _ in range(60):
        rows = [list(row) for row in rng.choice(tables)]
        for _ in range(rng.randint(1, 6)):
            row = rng.choice(rows)
            row[rng.randrange(len(row))] = rng.choice(odd)
        path.write_bytes(made.as_csv(rows))
        console = Console(file=io.StringIO())
        assert run_import(path, data, True, None, console, "2020-03") in (0, 1)
    assert contents(data) == before
