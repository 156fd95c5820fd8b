"""The words of the ministry's tables in Korean and English, and what they stand for."""

from __future__ import annotations

import html
import re
import unicodedata

from helpers.data.tables.arrivals import CATEGORIES

PEOPLE, MEN, WOMEN, SHARE = "people", "men", "women", "share"
SEXES = (MEN, WOMEN, PEOPLE)

_APOSTROPHES = re.compile("['\u2018\u2019\u201b`\u00b4\u2032\uff07]")
# Raised digits are footnotes, and would become digits of the number before them.
_RAISED = re.compile("[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+")
_ALIKE = str.maketrans("\u301c\u223c\u02dc\uff5e\u2013\u2014\u318d", "~~~~--\u00b7")
_FOOTNOTE = re.compile(r"(?:\s*[*\u2020\u2021\u203b#]|(?<=\S)\s*(?:주?\d|주)\))+$")
_PROVISIONAL = re.compile(
    r"\((?:잠정치?|provisional|prelim\w*|p)\)|잠정치?|provisional|prelim\w*|(?<=[\d월])p$",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\((?:단위|unit)?:?(?:명|인|%|persons?|people)\)$", re.IGNORECASE)

_LABELS = {
    MEN: "남 남자 남성 male males man men",
    WOMEN: "여 여자 여성 female females woman women",
    PEOPLE: "계 합계 소계 전체 총계 총합계 누계 total sum",
    SHARE: "여성비율 여성비중 여성비 percentageoffemale percentageofwomen femaleratio femaleshare "
    "shareofwomen",
}
_LABEL_OF = {word: measure for measure, words in _LABELS.items() for word in words.split()}

_DIMENSION_TITLES = {
    "age_at_arrival": r"연령|\bage\b",
    "education_in_north": r"학력|education",
    "occupation_in_north": r"직업|직군|background|occupation",
    "residence_in_south": r"거주|residence",
    "province_of_origin": r"출신|birthplace|origin",
}

_WORDS: dict[str, dict[str, str]] = {
    "province_of_origin": {
        "north_hamgyong": "함북 함경북도 northhamgyong",
        "south_hamgyong": "함남 함경남도 southhamgyong",
        "ryanggang": "양강 량강 ryanggang",
        "jagang": "자강 jagang",
        "north_pyongan": "평북 평안북도 northpyongan",
        "south_pyongan": "평남 평안남도 southpyongan",
        "pyongyang": "평양 pyongyang",
        "nampo": "남포 nampo",
        "kaesong": "개성 kaesong",
        "kangwon": "강원 kangwon",
        "north_hwanghae": "황북 황해북도 northhwanghae",
        "south_hwanghae": "황남 황해남도 southhwanghae",
        "origin_other": "기타 미상 재외 others other",
    },
    "occupation_in_north": {
        "manager": "관리직 management",
        "professional": "전문직 professions professional",
        "arts_sports": "예술체육 artsandsports",
        "soldier": "군인 military",
        "worker": "노동자 노동자농민 workers worker",
        "service": "봉사분야 봉사 volunteersector service",
        "no_occupation": "무직부양 무직 unemployed",
        "child": "비대상 nontarget non-target",
    },
    "education_in_north": {
        "preschool": "취학전아동 취학전 preschoolchild preschool",
        "kindergarten": "유치원 kindergarten",
        "primary_school": "인민학교 소학교 초등학교 primaryschool",
        "middle_school": "중학교 고등중학교 고등중 secondaryschool middleschool",
        "junior_college": "전문대 전문대학 college",
        "university": "대학이상 대학교이상 대학 universityandhighereducation university",
        "no_schooling": "무학 uneducated",
        "education_other": "기타 미상 불상 other",
    },
    "residence_in_south": {
        "seoul": "서울 seoul",
        "busan": "부산 busan",
        "daegu": "대구 daegu",
        "incheon": "인천 incheon",
        "gwangju": "광주 gwangju",
        "daejeon": "대전 daejeon",
        "ulsan": "울산 ulsan",
        "gyeonggi": "경기 gyeonggi",
        "gangwon": "강원 gangwon",
        "north_chungcheong": "충북 충청북도 northchungcheong",
        # The tables here count Sejong with the province around it.
        "south_chungcheong": "충남 충청남도 세종 충남세종 세종충남 southchungcheong sejong",
        "north_jeolla": "전북 전라북도 northjeolla",
        "south_jeolla": "전남 전라남도 southjeolla",
        "north_gyeongsang": "경북 경상북도 northgyeongsang",
        "south_gyeongsang": "경남 경상남도 southgyeongsang",
        "jeju": "제주 jeju",
    },
}
_CATEGORY_OF = {
    dimension: {word: name for name, words in groups.items() for word in words.split()}
    for dimension, groups in _WORDS.items()
}
# Every group a complete table has; two of the vocabulary stand for tables of the press only.
COMPLETE = {
    dimension: [name for name in names if not name.endswith("_both")]
    for dimension, names in CATEGORIES.items()
    if dimension != "sex"
}
_SUFFIX = re.compile(r"(?<=..)(?:특별자치[도시]|특별시|광역시|도|시)$")
_AGE = re.compile(r"(\d{1,2})[-~](\d{1,2})세?")
_AGE_UP = re.compile(r"(\d{2})세?(?:이상|\+|andover|andolder)")
_AGE_DATE = re.compile(r"(\d{2})-oct|10월(\d{2})일")


def clean(cell: str) -> str:
    """Return a cell's text without entities, apostrophes, full-width forms and stray spaces."""
    text = _RAISED.sub("*", _APOSTROPHES.sub("", html.unescape(cell))).translate(_ALIKE)
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c if unicodedata.category(c) not in ("Cf", "Cc") else " " for c in text)
    return " ".join(text.split())


def unmarked(cell: str) -> tuple[str, bool, bool]:
    """Return a cell without marks: its text, whether provisional, whether a footnote hangs on it.

    Removes what says provisional and what leads to a footnote, in whichever order they stand.
    """
    text = _FOOTNOTE.sub("", clean(cell))
    bare_text = _PROVISIONAL.sub("", text.replace(" ", "")).strip()
    final = _FOOTNOTE.sub("", bare_text)
    return final, bare_text != text.replace(" ", ""), text != clean(cell) or final != bare_text


def bare(cell: str) -> str:
    """Return a label in lower case, without spaces, footnotes and a unit in brackets."""
    return _UNIT.sub("", _FOOTNOTE.sub("", clean(cell)).replace(" ", "").casefold())


def measure(cell: str) -> str | None:
    """Return which of men, women, people (the total) and share a label stands for, or None."""
    return _LABEL_OF.get(bare(cell))


def category(dimension: str, cell: str) -> str | None:
    """Return the group of ``dimension`` that a label stands for, or None."""
    label = bare(cell)
    if dimension == "age_at_arrival":
        return _age(label)
    words = _CATEGORY_OF[dimension]
    base = re.sub(r"[^\w]", "", re.sub(r"\(.*$", "", label))
    return words.get(label) or words.get(base) or words.get(_SUFFIX.sub("", base))


def date_of_excel(cell: str) -> bool:
    """Say whether Excel has made a date of an age group: 19-Oct of 10-19."""
    return _AGE_DATE.fullmatch(bare(cell)) is not None


def _age(label: str) -> str | None:
    if match := _AGE_DATE.fullmatch(label):
        name = f"age_10_{match[1] or match[2]}"
    elif match := _AGE.fullmatch(label):
        name = f"age_{int(match[1])}_{int(match[2])}"
    elif match := _AGE_UP.fullmatch(label):
        name = f"age_{match[1]}_up"
    else:
        return None
    return name if name in COMPLETE["age_at_arrival"] else None


def dimension_of(title: str, labels: list[str]) -> str | None:
    """Return by what a list of groups is broken down: most labels known, else the title's word."""
    known = {name: sum(category(name, label) is not None for label in labels) for name in COMPLETE}
    told = [
        name for name, words in _DIMENSION_TITLES.items() if re.search(words, title, re.IGNORECASE)
    ]
    best = max(known, key=lambda name: (known[name], name in told))
    return best if known[best] >= max(2, len(labels) / 3) else None


def language(text: str) -> str:
    """Return the ISO 639-1 code of the language a table is written in."""
    return "ko" if re.search("[가-힣]", text) else "en"
