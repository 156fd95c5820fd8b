"""Every layout of the ministry is read, its traps included; what does not add up is refused."""

from __future__ import annotations

import io
import random
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from rich.console import Console
from typer.testing import CliRunner

from helpers import load, paths, staging
from helpers.check import check_all
from helpers.importers import cells, words
from helpers.importers.layouts import read_file
from helpers.importers.plan import make_plan
from helpers.importers.run import run_import
from helpers.schemas import TABLES
from helpers.staging import Workspace
from tests import ministry as made

D_NAME = "북한이탈주민 통계_재북 출신지역별 현황(\u2019{}).csv"
C_NAME = "북한이탈주민정책(2026.6월 기준)_홈페이지게시.xlsx"


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
        options = {"dry_run": False, "source": None} | options
        return run_import(path, data, console=console, **options), shown.getvalue()

    return run


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


@pytest.mark.parametrize(
    ("text", "end", "month", "until", "provisional"),
    [
        ("~'98", 1998, 12, True, False),
        ("~&#39;01", 2001, 12, True, False),
        ("\uff5e98", 1998, 12, True, False),
        ("~1998", 1998, 12, True, False),
        ("02", 2002, 12, False, False),
        ("\u201924", 2024, 12, False, False),
        ("2024년", 2024, 12, False, False),
        ("25.12(잠정)", 2025, 12, False, True),
        ("\u201920.09 (暂定)", 2020, 9, False, True),
        ("\u201926.6월말", 2026, 6, False, False),
        ("\uff12\uff10\uff12\uff15", 2025, 12, False, False),
    ],
)
def test_year_keys(text, end, month, until, provisional):
    assert cells.year(words.clean(text)) == cells.Year(end, month, until, provisional)


@pytest.mark.parametrize("text", ["", "합계", "12.2%", "1,043", "0-9세", "1998-2001"])
def test_no_year_keys(text):
    assert cells.year(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,043", 1043),
        ("2.026", 2026),
        ("223", 223),
        ("223.0", 223),
        (" 1,043명", 1043),
        ("-", None),
    ],
)
def test_numbers(text, value):
    assert cells.number(text) == value


@pytest.mark.parametrize("text", ["1,04", "12.5", "about 5", "-3", "1e3", "1,0433"])
def test_no_numbers(text):
    with pytest.raises(ValueError, match="no whole number"):
        cells.number(text)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("입국 현황(\u201925.6월말 입국자 기준)", "2025-06"),
        (D_NAME.format("20.3월말"), "2020-03"),
        (C_NAME, "2026-06"),
        ("2025년 12월 현재", "2025-12"),
        ("통일부_현황_20240630.csv", "2024-06"),
        ("no month 12.2% 1,043", None),
    ],
)
def test_months_of_headings(text, month):
    assert cells.as_of(text) == month


def test_labels_in_all_their_spellings():
    for men in ("남", "남자", "남(명)", "남 자(명)", "男(名)", "Male", "남성"):
        assert words.measure(men) == "men"
    for people in ("계", "합계", "소계", "전체", "합계(명)", "合计(名)", "Total"):
        assert words.measure(people) == "people"
    assert words.measure("여성 비율(%)") == words.measure("女性比例") == "share"
    for name in ("북한이탈주민", "탈북민", "탈북자", "새터민", "북향민", "脱北居民"):
        assert words.NAMES.search(f"{name} 현황")


@pytest.mark.parametrize("dimension", made.LABELS)
def test_every_group_of_the_tables_is_known(dimension):
    known = {words.category(dimension, label) for label in made.LABELS[dimension].values()}
    assert known == set(words.COMPLETE[dimension])


# -- layout A -------------------------------------------------------------------------------


def in_layouts_of_a(figures, language="ko"):
    rows = made.table_a(figures, language)
    entities = made.table_a(figures, language, entity=True)
    yield "a.csv", made.as_csv(rows)
    yield "bom.csv", made.as_csv(rows, "utf-8-sig")
    yield "utf16.csv", made.as_csv(rows, "utf-16")
    yield "tabs.csv", made.as_csv(rows, delimiter="\t")
    yield "legacy.csv", made.as_csv(rows, "cp949" if language == "ko" else "gb18030")
    yield "a.html", made.as_html([("북한이탈주민 입국현황", entities)], language)
    yield "a.xlsx", made.as_workbook([("Sheet1", rows)])
    yield "misnamed.pdf", made.as_csv(rows)


def test_a_of_today_holds_nothing_new(give, data, figures):
    before = contents(data)
    for name, content in in_layouts_of_a(figures):
        code, shown = give(content, name)
        assert code == 0, shown
        assert "Nothing new" in shown
        assert "layout A" in shown
    assert contents(data) == before


def test_a_reads_the_same_from_every_format(tmp_path, figures):
    readings = []
    for name, content in in_layouts_of_a(next_year(figures)):
        (tmp_path / name).write_bytes(content)
        readings.append(read_file(tmp_path / name))
    assert [reading.faults for reading in readings] == [[]] * 8
    rows = [[replace(a, line=0) for a in reading.arrivals] for reading in readings]
    assert all(other == rows[0] for other in rows)


# A CSV, a page and a workbook; the other formats read the same, as the test above has it.
@pytest.mark.parametrize("number", [4, 5, 6])
def test_a_of_next_year_twice(give, data, figures, number):
    name, content = list(in_layouts_of_a(next_year(figures)))[number]
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
    give(made.as_csv(made.table_a(next_year(figures))))
    after = contents(data)
    changed = {path.name for path in before if before[path] != after[path]}
    assert changed == {"arrivals_annual.csv", "sources.csv"}
    old = before[data / "arrivals/arrivals_annual.csv"].decode().splitlines()
    new = after[data / "arrivals/arrivals_annual.csv"].decode().splitlines()
    assert len(new) == len(old) + 1
    assert len(set(new) - set(old)) == 2  # 2026, and 2025 with its new status and source
    assert len(set(old) - set(new)) == 1


def test_a_in_chinese_with_its_provisional_part_of_2020(give, data, figures):
    """January to September 2020 equals the three quarters that the tables have."""
    past = [figure for figure in figures if figure.end < 2020]
    past = made.with_year(past, 2020, 64, 131, month=9, provisional=True)
    rows = made.table_a(past, "zh")
    assert rows[0][-2] == "\u201920.09 (暂定)"
    before = contents(data)
    for name, content in in_layouts_of_a(past, "zh"):
        code, shown = give(content, name)
        assert code == 0, shown
        assert "Nothing new" in shown
    assert contents(data) == before


def chinese_page(figures, change=lambda page: page):
    past = made.with_year([f for f in figures if f.end < 2020], 2020, 64, 131, month=9)
    past[-1] = replace(past[-1], provisional=True)
    tables = [("脱北居民现况", made.table_a(past, "zh"))]
    for title, dimension in (
        ("各年龄段类型表", "age_at_arrival"),
        ("在北韩时的职业类型表", "occupation_in_north"),
    ):
        groups = made.groups(paths.data_dir(), dimension, "2020-09")
        tables.append((title, made.table_a_groups(groups, made.CHINESE[dimension])))
    return change(made.as_html(tables, "zh").decode())


def test_tables_under_a_are_read_by_row_order_and_match_the_profile(give, figures):
    code, shown = give(chinese_page(figures), "cn.html")
    assert code == 0, shown
    assert "Nothing new" in shown
    assert "occupation_in_north child 2020-09" in shown


def test_full_stop_for_a_comma_is_read_and_told(give, figures):
    page = chinese_page(figures, lambda text: text.replace(">2,026<", ">2.026<"))
    code, shown = give(page, "cn.html")
    assert code == 0, shown
    assert "2.026 in 50-59岁 read as 2,026" in shown


def test_misprint_of_the_chinese_page_is_named(give, data, figures):
    before = contents(data)
    page = chinese_page(figures, lambda text: text.replace(">5,957<", ">5,597<"))
    code, shown = give(page, "cn.html")
    assert code == 1
    assert "40-49岁: '5,597': men and women do not make the total; expected 5,957" in shown
    assert "Nothing was written" in shown
    assert contents(data) == before


def test_joined_cells_of_a_page(tmp_path, figures):
    rows = made.table_a(figures)
    page = made.as_html([("입국현황", rows)]).decode()
    page = page.replace("<tr><th>구분</th>", "<tr><th rowspan='2'>구분</th>", 1)
    top = "".join(f"<th>{cell}</th>" for cell in rows[0][1:])
    bottom = f"<tr><th colspan='{len(rows[0]) - 1}'>연도</th></tr>\n"
    path = tmp_path / "joined.html"
    path.write_text(page.replace(f"{top}</tr>\n", f"{bottom[4:]}<tr>{top}</tr>\n", 1), "utf-8")
    reading = read_file(path)
    assert not reading.faults
    assert len(reading.arrivals) == len(figures)


def test_part_of_a_year_never_becomes_a_year(give, data, figures):
    for month, table in ((6, "arrivals_quarterly"), (9, "arrivals_revisions")):
        part = next_year(figures, month=month)
        code, shown = give(made.as_csv(made.table_a(part)), f"to_{month}.csv")
        assert code == 0, shown
        assert table in shown
        assert "2026" not in main_of(data).index
        assert main_of(data).loc["2025", "status"] == "final"
    halves = load.arrivals_quarterly(data)
    half = halves[halves["year"] == 2026].iloc[0]
    assert (half["part"], half["people"], half["status"]) == ("h1", 231, "provisional")
    assert revisions_of(data, "January to September 2026") == [(231, "other_span")]
    assert check_all(data) == []
    _, shown = give(made.as_csv(made.table_a(part)), "again.csv")
    assert "Nothing new" in shown


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
    code, shown = give(made.as_csv(made.table_a(figures)))
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
    assert "Nothing new" in give(made.as_csv(made.table_a(figures)))[1]


def test_the_announced_figure_does_not_come_back(give, data, figures):
    """A file with the 224 of January is known to be superseded."""
    before = contents(data)
    announced = made.with_year(figures, 2025, 26, 198, month=12, provisional=True)
    code, shown = give(made.as_csv(made.table_a(announced)))
    assert code == 0
    assert "contradicts" in shown
    assert "superseded, published 2026-01-20" in shown
    assert contents(data) == before


def test_a_fall_in_a_newer_file_is_shown_and_logged(give, data, figures):
    lower = made.with_year(next_year(figures), 2025, 24, 198)
    code, shown = give(made.as_csv(made.table_a(lower)))
    assert code == 0, shown
    assert "falls by 1: not a known correction" in shown
    assert revisions_of(data, "2025") == [
        (224, "superseded"), (223, "superseded"), (222, "current"),
    ]  # fmt: skip
    assert check_all(data) == []


def test_an_older_file_never_replaces_a_figure(give, data, figures):
    older = made.with_year([f for f in figures if f.end <= 2022], 2022, 36, 32)
    code, shown = give(made.as_csv(made.table_a(older)))
    assert code == 0, shown
    assert "older than the tables" in shown
    assert main_of(data).loc["2022", "people"] == 67
    assert revisions_of(data, "2022") == [(68, "superseded"), (67, "current")]
    assert "Nothing new" in give(made.as_csv(made.table_a(older)))[1]


def test_totals_printed_by_sex_are_kept_when_an_old_year_changes(tmp_path, data, figures):
    path = tmp_path / "table.csv"
    path.write_bytes(made.as_csv(made.table_a(made.with_year(figures, 2013, 369, 1146))))
    space = Workspace(data)
    plan = make_plan(space, read_file(path), "a-source", date(2026, 11, 24))
    assert [change.row for change in plan.news] == ["2013", "2013 h2", "running total to 2025"]
    kept = {
        row["period_end"]: (row["men"], row["women"])
        for row in space.rows("arrivals_revisions")
        if row["measure"] == "running_total" and row["note"] == "A year in it was revised later"
    }
    assert kept["2017-09"] == ("8958", "22135")
    assert {"2020-09", "2022", "2024-12"[:4], "2025-03", "2025"} <= set(kept)


# -- layout B -------------------------------------------------------------------------------


def in_layouts_of_b(figures, heading):
    text = made.text_b(figures, heading)
    yield "b.txt", text.encode()
    yield "table.pdf", made.as_pdf(text)
    yield "lines.pdf", made.as_pdf(text, table=False)
    yield "scattered.txt", text.replace("  ", "\n").encode()


@pytest.mark.parametrize("number", range(4))
def test_b_with_a_part_year_that_carries_no_mark(give, data, figures, number):
    """The heading says June, so 96 arrivals in 2025 are the half-year that the tables have."""
    half = made.with_year(made.all_final(figures), 2025, 8, 88)
    name, content = list(in_layouts_of_b(half, "\u201925.6월말"))[number]
    before = contents(data)
    code, shown = give(content, name)
    assert code == 0, shown
    assert "layout B" in shown
    assert "2025 to June" in shown
    assert contents(data) == before


@pytest.mark.parametrize("number", [0, 1])
def test_b_of_next_year_twice(give, data, figures, number):
    half = made.with_year(made.all_final(figures), 2026, 12, 101)
    name, content = list(in_layouts_of_b(half, "\u201926.6월말"))[number]
    assert give(content, name)[0] == 0
    assert main_of(data).loc["2025", "status"] == "final"
    assert "2026" not in main_of(data).index
    assert check_all(data) == []
    before = contents(data)
    assert "Nothing new" in give(content, name)[1]
    assert contents(data) == before


def test_b_of_a_whole_year_stays_provisional(give, data, figures):
    content = made.text_b(made.all_final(figures), "\u201925.12월말")
    code, shown = give(content, "b.txt")
    assert code == 0
    assert "Nothing new" in shown
    assert main_of(data).loc["2025", "status"] == "provisional"


def test_b_takes_nothing_behind_the_row_of_totals(tmp_path, figures):
    path = tmp_path / "b.txt"
    path.write_text(made.text_b(made.all_final(figures), "\u201925.12월말"), "utf-8")
    reading = read_file(path)
    assert len(reading.arrivals) == len(figures)
    assert [a.period for a in reading.arrivals[:3]] == ["to 1998", "1999-2001", "2002"]
    assert sum(a.people for a in reading.arrivals) == 34537


def test_b_without_its_closing_row_or_with_a_torn_row_is_refused(give, figures):
    text = made.text_b(made.all_final(figures), "\u201925.12월말")
    assert give(text.replace("합계  ", "(계속) "), "b.txt")[0] == 1
    code, shown = give(text.partition("합계  ")[0], "b.txt")
    assert code == 1
    assert "no row of totals" in shown
    code, shown = give(text.replace("2011  795  1,911  2,706", "2011  795  1,911"), "b.txt")
    assert code == 1
    assert "2011: '795 1,911': not three numbers" in shown
    assert "2011 to 2011 missing before it" in shown


# -- layout C -------------------------------------------------------------------------------


def workbook(figures, arrived, **options):
    """The workbook of June 2026: groups grown to what had arrived less people in protection."""
    profiles = []
    for title, dimension in (
        ("입국시 연령", "age_at_arrival"),
        ("재북 학력", "education_in_north"),
        ("재북 직업", "occupation_in_north"),
        ("지역별 거주", "residence_in_south"),
    ):
        groups = made.groups(paths.data_dir(), dimension, "2024-09")
        missing = arrived - 90 - sum(men + women for _, men, women in groups)
        if dimension != "residence_in_south":
            label, men, women = groups[3]
            groups[3] = (label, men, women + missing)
        profiles.append((f"{title} 현황", groups))
    return made.workbook_c(figures, profiles, **options)


def test_c_twice(give, data, figures):
    half = made.with_year(made.all_final(figures), 2026, 12, 101, month=6, provisional=True)
    content = workbook(half, sum(f.people for f in half))
    code, shown = give(content, C_NAME)
    assert code == 0, shown
    assert "layout C" in shown
    assert "counts to 2026-06" in shown
    assert "left out: a table of another kind" in shown
    assert check_all(data) == []
    profile = load.profile_cumulative(data)
    new = profile[profile["as_of"] == "2026-06"]
    assert new.groupby("dimension", observed=True).size().to_dict() == {
        "age_at_arrival": 7,
        "occupation_in_north": 8,
        "education_in_north": 8,
        "residence_in_south": 16,
    }
    checks = load.profile_checks(data)
    checks = checks[checks["as_of"] == "2026-06"].set_index("dimension")
    assert checks.loc["age_at_arrival", "difference_people"] == -90
    assert new["source_ids"].nunique() == 1
    sources = load.sources(data)
    assert sources.loc[new["source_ids"].iloc[0], "published"] == date.today().isoformat()
    before = contents(data)
    assert "Nothing new" in give(content, C_NAME)[1]
    assert contents(data) == before


def test_c_has_its_blocks_by_title_wherever_they_stand(tmp_path, figures):
    import openpyxl

    half = made.with_year(made.all_final(figures), 2026, 12, 101, month=6, provisional=True)
    book = openpyxl.load_workbook(io.BytesIO(workbook(half, sum(f.people for f in half))))
    book.active.insert_rows(1, 7)
    book.active.insert_cols(1, 2)
    book.create_sheet("빈 시트")
    book.save(tmp_path / C_NAME)
    reading = read_file(tmp_path / C_NAME)
    assert not reading.faults
    assert len(reading.arrivals) == len(half)
    assert len({group.dimension for group in reading.groups}) == 4


# -- layout D -------------------------------------------------------------------------------


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
def test_d_in_its_encodings_and_header_words(give, data, encoding, header):
    before = contents(data)
    content = made.as_csv(made.table_d(provinces(), header, total=None), encoding)
    code, shown = give(content, D_NAME.format("20.3월말"))
    assert code == 0, shown
    assert "layout D" in shown
    assert "Nothing new" in shown
    assert contents(data) == before


def test_d_with_a_name_in_taken_apart_letters(give):
    name = unicodedata.normalize("NFD", D_NAME.format("20.3월말"))
    code, shown = give(made.as_csv(made.table_d(provinces())), name)
    assert code == 0, shown
    assert "2020-03" in shown


def test_d_of_another_month_twice(give, data):
    groups = provinces()
    label, men, women = groups[8]
    groups[8] = (label, men, women + 100)  # 33,601 of the 33,718 who had arrived by September
    content = made.as_csv(made.table_d(groups), "cp949")
    code, shown = give(content, D_NAME.format("20.9월말"))
    assert code == 0, shown
    assert check_all(data) == []
    checks = load.profile_checks(data)
    row = checks[(checks["as_of"] == "2020-09") & (checks["dimension"] == "province_of_origin")]
    assert row.iloc[0]["difference_people"] == 33601 - 33718
    before = contents(data)
    assert "Nothing new" in give(content, D_NAME.format("20.9월말"))[1]
    assert contents(data) == before


def test_d_needs_a_month(give):
    content = made.as_csv(made.table_d(provinces()))
    code, shown = give(content, "provinces.csv")
    assert code == 1
    assert "--as-of" in shown
    assert give(content, "provinces.csv", as_of="2020-03")[0] == 0
    assert give(content, "provinces.csv", as_of="March")[0] == 1


def test_d_with_a_changed_group(give, data):
    groups = provinces()
    groups[0] = (groups[0][0], groups[0][1] - 1, groups[0][2])
    code, shown = give(made.as_csv(made.table_d(groups)), D_NAME.format("20.3월말"))
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
    rows = made.table_a(figures)
    rows[row][column] = value
    return rows


REFUSED_A = {
    "total of a column": ((3, 12, "2,707"), ["'2,707'", "2,706 (795 men and 1,911 women)"]),
    "men of a column": ((1, 12, "796"), ["do not make the total", "make the grand total (men)"]),
    "grand total": ((3, -1, "34,538"), ["'34,538'", "expected 34,537"]),
    "share": ((4, 12, "70.7%"), ["'70.7%': the share of women is another; expected 70.6%"]),
    "no number": ((2, 12, "1,91l"), ["'1,91l': no number; expected a whole number"]),
    "year twice": ((0, 12, "'10"), ["10: '10': a year stands twice"]),
    "empty cell": ((2, 12, ""), ["no women"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED_A)
def test_a_that_does_not_add_up_is_refused(give, data, figures, kind):
    place, told = REFUSED_A[kind]
    before = contents(data)
    for name, rows in (("a.csv", made.as_csv), ("a.xlsx", lambda r: made.as_workbook([("x", r)]))):
        code, shown = give(rows(edited(figures, *place)), name)
        assert code == 1
        for words_ in told:
            assert words_.replace(",", "") in shown.replace(",", "")
        assert "Nothing was written" in shown
    assert contents(data) == before


def test_all_faults_are_told_at_once(give, figures):
    rows = edited(figures, 3, 12, "2,707")
    rows[4][5], rows[1][-1] = "99.9%", "9,000"
    _, shown = give(made.as_csv(rows))
    assert {"'2,707'", "'99.9%'", "'9,000'"} <= set(shown.replace(":", " ").split())


def test_a_with_years_left_out_is_refused(give, figures):
    sketch = [f for f in figures if not 2004 <= f.end <= 2023]
    code, shown = give(made.as_csv(made.table_a(sketch)))
    assert code == 1
    assert "2004 to 2023 missing before it" in shown


def test_a_without_the_women_is_refused(give, figures):
    rows = made.table_a(figures)
    code, shown = give(made.as_csv([rows[0], rows[1], rows[3]]))
    assert code == 1
    assert "the row of women is missing" in shown


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rows: [r for r in rows if r[0] != "개성"], "the group 'kaesong' is missing"),
        (
            lambda rows: [[r[0].replace("개성", "나선"), *r[1:]] for r in rows],
            "나선': unknown group",
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
def test_d_that_does_not_add_up_is_refused(give, change, told):
    rows = change(made.table_d(provinces()))
    code, shown = give(made.as_csv(rows, "cp949"), D_NAME.format("20.3월말"))
    assert code == 1
    assert told in shown


@pytest.mark.parametrize(("more", "gap"), [(-100, "gap 257"), (200, "gap -43")])
def test_d_too_far_from_the_arrivals_is_refused(give, more, gap):
    groups = provinces()
    label, men, women = groups[8]
    groups[8] = (label, men, women + more)
    code, shown = give(made.as_csv(made.table_d(groups)), D_NAME.format("20.3월말"))
    assert code == 1
    assert "33,658 had arrived by 2020-03" in shown
    assert gap in shown


def test_a_table_of_other_people_is_refused(give, figures):
    others = [replace(f, men=f.men * 3, women=f.women * 2) for f in figures]
    code, shown = give(made.as_csv(made.table_a(others)))
    assert code == 1
    assert "not the ministry's table of arrivals" in shown


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "old Excel workbook"),
        (b"PK\x03\x04" + b"x" * 100, "cannot be read"),
        (b"%PDF-1.7\nnothing", "cannot be read"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "no table of the ministry"),
        ("이름,값\n가,1\n".encode("cp949"), "no table of the ministry"),
    ],
)
def test_other_files_are_refused(give, data, content, told):
    before = contents(data)
    code, shown = give(content, "file.bin")
    assert code == 1
    assert told in shown
    assert contents(data) == before


def test_missing_file_and_folder_are_refused(data, tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        assert run_import(path, data, False, None, Console(file=io.StringIO())) == 1


# -- sources, rehearsal, failure ------------------------------------------------------------


def test_a_known_source_is_used(give, data, figures):
    key = main_of(data).loc["2024", "source_ids"].split(";")[0]
    rows = load.sources(data)
    code, shown = give(made.as_csv(made.table_a(next_year(figures))), source=key)
    assert code == 0, shown
    assert main_of(data).loc["2026", "source_ids"] == key
    assert load.sources(data).equals(rows)
    code, shown = give(made.as_csv(made.table_a(figures)), source=key + "x")
    assert code == 1
    assert repr(key) in shown


def test_a_new_source_says_what_file_it_was(give, data, figures):
    give(made.as_csv(made.table_a(next_year(figures))), "표 (2026).csv")
    key = main_of(data).loc["2026", "source_ids"]
    source = load.sources(data).loc[key]
    assert source["publisher"] == "Ministry of Unification"
    assert "표 (2026).csv" in source["note"]
    assert source["kind"] == "official"
    ids = load.table("sources", data)["source_id"].tolist()
    assert ids == sorted(ids)


def test_dry_run_writes_nothing(give, data, figures):
    before = contents(data)
    code, shown = give(made.as_csv(made.table_a(next_year(figures))), dry_run=True)
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
    code, shown = give(made.as_csv(made.table_a(next_year(figures))))
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
        give(made.as_csv(made.table_a(next_year(figures))))
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
    code, shown = give(made.as_csv(made.table_a(next_year(figures))))
    assert code == 1
    assert "mend them first" in shown
    assert contents(data) == before


def test_tables_with_faults_of_their_own_are_not_written(give, data, figures):
    path = data / "arrivals/arrivals_quarterly.csv"
    path.write_bytes(path.read_bytes().replace(b"2024,q1,43,8,35", b"2024,q1,44,9,35", 1))
    before = contents(data)
    code, shown = give(made.as_csv(made.table_a(next_year(figures))))
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
    path.write_bytes(made.as_csv(made.table_a(next_year(figures))))
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
    half = made.with_year(made.all_final(figures), 2026, 12, 101, month=6, provisional=True)
    sound = [content for _, content in in_layouts_of_a(figures)]
    sound += [content for _, content in in_layouts_of_b(half, "\u201926.6월말")]
    sound += [workbook(half, 34650), made.as_csv(made.table_d(provinces()), "cp949")]
    return sound, [
        b"",
        b"%PDF-1.4\n",
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
    tables = [made.table_a(figures), made.table_d(provinces()), made.table_a_groups(provinces())]
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
