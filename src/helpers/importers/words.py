"""The words of the ministry's tables in Korean, Chinese and English, and what they stand for."""

from __future__ import annotations

import html
import re
import unicodedata

from helpers.schemas.arrivals import CATEGORIES

PEOPLE, MEN, WOMEN, SHARE = "people", "men", "women", "share"
SEXES = (MEN, WOMEN, PEOPLE)

_APOSTROPHES = re.compile("['\u2018\u2019\u201b`\u00b4\u2032\uff07]")
_WAVES = re.compile("[\u301c\u223c\u02dc\uff5e]")
_UNIT = re.compile(r"\((?:단위|单位|unit)?:?(?:명|名|人|%|persons?|people)\)$", re.IGNORECASE)

_LABELS = {
    MEN: "남 남자 남성 男 男性 male males man men",
    WOMEN: "여 여자 여성 女 女性 female females woman women",
    PEOPLE: "계 합계 소계 전체 총계 총합계 누계 合计 合計 总计 總計 小计 共计 total sum",
    SHARE: "여성비율 여성비중 여성비 女性比例 女性比率 女性比重 percentageoffemale "
    "percentageofwomen femaleratio femaleshare shareofwomen",
}
_LABEL_OF = {word: measure for measure, words in _LABELS.items() for word in words.split()}

# The five names the ministry has used for the same people, and the Chinese and English ones.
NAMES = re.compile(
    "북한이탈주민|탈북민|탈북자|새터민|북향민|[脱脫]北(?:居民|者|民)|北[韩韓][离離][脱脫]居民"
    "|north korean (?:defectors|refugees)",
    re.IGNORECASE,
)
ARRIVAL_TITLE = re.compile(
    r"입국\s*(?:현황|인원|자\s*수)|入境|入国|现况|現況|arrivals?", re.IGNORECASE
)
PROVISIONAL = re.compile(r"\(?(?:잠정치?|[暂暫]定|provisional|prelim\w*)\)?", re.IGNORECASE)

_DIMENSION_TITLES = {
    "age_at_arrival": r"연령|年[龄齡]|\bage\b",
    "education_in_north": r"학력|学历|學歷|education",
    "occupation_in_north": r"직업|직군|职业|職業|background|occupation",
    "residence_in_south": r"거주|居住|residence",
    "province_of_origin": r"출신|出身|籍贯|birthplace|origin",
}

_WORDS: dict[str, dict[str, str]] = {
    "province_of_origin": {
        "north_hamgyong": "함북 함경북도 咸北 咸镜北道 northhamgyong",
        "south_hamgyong": "함남 함경남도 咸南 咸镜南道 southhamgyong",
        "ryanggang": "양강 량강 양강도 량강도 两江 两江道 ryanggang",
        "jagang": "자강 자강도 慈江 慈江道 jagang",
        "north_pyongan": "평북 평안북도 平北 平安北道 northpyongan",
        "south_pyongan": "평남 평안남도 平南 平安南道 southpyongan",
        "pyongyang": "평양 평양시 平壤 平壤市 pyongyang",
        "nampo": "남포 남포시 南浦 南浦市 nampo",
        "kaesong": "개성 개성시 开城 开城市 kaesong",
        "kangwon": "강원 강원도 江原 江原道 kangwon",
        "north_hwanghae": "황북 황해북도 黄北 黄海北道 northhwanghae",
        "south_hwanghae": "황남 황해남도 黄南 黄海南道 southhwanghae",
        "origin_other": "기타 미상 재외 其他 others other",
    },
    "occupation_in_north": {
        "manager": "관리직 管理职 management",
        "professional": "전문직 专门职业 专业职业 professions professional",
        "arts_sports": "예술체육 예술·체육 艺术体育 artsandsports",
        "soldier": "군인 军人 military",
        "worker": "노동자 노동자농민 劳动者 workers worker",
        "service": "봉사분야 봉사 服务行业 volunteersector service",
        "no_occupation": "무직부양 무직 무직·부양 无业抚养 unemployed",
        "child": "비대상 非对象 nontarget non-target",
    },
    "education_in_north": {
        "preschool": "취학전아동 취학전 学龄前儿童 学龄前 preschoolchild preschool",
        "kindergarten": "유치원 幼儿园 kindergarten",
        "primary_school": "인민학교 소학교 초등학교 人民学校 小学 primaryschool",
        "middle_school": "중학교 고등중학교 고등중 中学校 中学 secondaryschool middleschool",
        "junior_college": "전문대 전문대학 专科大学 college",
        "university": "대학이상 대학교이상 대학 大学以上 universityandhighereducation university",
        "no_schooling": "무학 无学历 uneducated",
        "education_other": "기타 미상 불상 其他 other",
    },
    "residence_in_south": {
        "seoul": "서울 서울시 首尔 seoul",
        "busan": "부산 부산시 釜山 busan",
        "daegu": "대구 대구시 大邱 daegu",
        "incheon": "인천 인천시 仁川 incheon",
        "gwangju": "광주 광주시 光州 gwangju",
        "daejeon": "대전 대전시 大田 daejeon",
        "ulsan": "울산 울산시 蔚山 ulsan",
        "gyeonggi": "경기 경기도 京畿 京畿道 gyeonggi",
        "gangwon": "강원 강원도 江原 江原道 gangwon",
        "north_chungcheong": "충북 충청북도 忠北 northchungcheong",
        # The tables here count Sejong with the province around it.
        "south_chungcheong": "충남 충청남도 세종 세종시 충남세종 충남·세종 세종충남 忠南 世宗 "
        "southchungcheong sejong",
        "north_jeolla": "전북 전라북도 전북특별자치도 全北 northjeolla",
        "south_jeolla": "전남 전라남도 全南 southjeolla",
        "north_gyeongsang": "경북 경상북도 庆北 northgyeongsang",
        "south_gyeongsang": "경남 경상남도 庆南 southgyeongsang",
        "jeju": "제주 제주도 济州 jeju",
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
_AGE = re.compile(r"(\d{1,2})[-~](\d{1,2})(?:세|岁|歳)?")
_AGE_UP = re.compile(r"(\d{2})(?:세|岁|歳)?(?:이상|以上|\+|andover|andolder)|(\d{2})세?\+")


def clean(cell: str) -> str:
    """Return a cell's text without entities, apostrophes, full-width forms and stray spaces."""
    text = _APOSTROPHES.sub("", html.unescape(cell))
    text = unicodedata.normalize("NFKC", _WAVES.sub("~", text))
    text = "".join(c if unicodedata.category(c) not in ("Cf", "Cc") else " " for c in text)
    return " ".join(text.split())


def bare(cell: str) -> str:
    """Return a label in lower case, without spaces and without a unit in brackets."""
    return _UNIT.sub("", clean(cell).replace(" ", "").casefold())


def measure(cell: str) -> str | None:
    """Return which of men, women, people (the total) and share a label stands for, or None."""
    return _LABEL_OF.get(bare(cell))


def category(dimension: str, cell: str) -> str | None:
    """Return the group of ``dimension`` that a label stands for, or None."""
    label = bare(cell)
    if dimension == "age_at_arrival":
        return _age(label)
    words = _CATEGORY_OF[dimension]
    base = re.sub(r"\(.*$", "", label)
    return words.get(label) or words.get(base) or words.get(re.sub(r"[^\w]", "", base))


def _age(label: str) -> str | None:
    names = COMPLETE["age_at_arrival"]
    if match := _AGE.fullmatch(label):
        name = f"age_{int(match[1])}_{int(match[2])}"
        return name if name in names else None
    if match := _AGE_UP.fullmatch(label):
        name = f"age_{match[1] or match[2]}_up"
        return name if name in names else None
    return None


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
    if re.search("[가-힣]", text):
        return "ko"
    return "zh" if re.search("[\u4e00-\u9fff]", text) else "en"
