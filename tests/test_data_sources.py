"""The registry of sources: readable ids, no document twice, no key without its row or use."""

import re
from urllib.parse import unquote, urlsplit

import pandas as pd
import pytest

from helpers import load

# ISO 639-1 codes of the languages a source may be in.
LANGUAGES = {"de", "en", "es", "fr", "id", "is", "it", "ja", "ko", "pl", "pt", "ru", "zh"}
# Hosts and parameters that show the same document at another address.
HOST_NOISE = re.compile(r"^((www\d*|m|m-en|mobile|amp|weekly|web2|member|ir)\.)+")
QUERY_NOISE = ("utm_", "imp=", "search=", "np=", "mp=", "source=", "kr=")


@pytest.fixture(scope="module")
def sources():
    return load.sources()


def plain(name):
    """Return ``name`` without case, article and punctuation."""
    return re.sub(r"^the |\W", "", name.casefold())


def document(address):
    """Return what stays of ``address`` when host variants and tracking are taken away."""
    parts = urlsplit(address)
    host = HOST_NOISE.sub("", (parts.hostname or "").rstrip("."))
    host = "joongang.co.kr" if host == "news.joins.com" else host
    path = unquote(parts.path).rstrip("/").lower().replace("/view_amp.", "/view.")
    query = [part for part in parts.query.lower().split("&") if not part.startswith(QUERY_NOISE)]
    return host + path + "?" + "&".join(sorted(query))


def test_ids_are_readable_short_and_dated(sources):
    assert sources.index.str.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*").all()
    assert sources.index.str.len().max() <= 40
    dated = sources["published"].dropna().str.replace("-", "")
    parts = sources.index.to_series().str.split("-")
    assert all(date in parts[source] for source, date in dated.items())


def test_no_document_stands_twice(sources):
    addresses = sources["url"].dropna()
    assert addresses.is_unique
    documents = addresses.map(document)
    assert documents[documents.duplicated(keep=False)].tolist() == []


def test_variants_of_an_address_count_as_one_document():
    one = document("http://m.a.kr/View_amp.html?b=2&utm_x=1")
    assert one == document("https://a.kr/view.html?b=2")
    two = document("https://news.joins.com/article/1")
    assert two == document("https://www.joongang.co.kr/article/1/")
    assert document("https://a.kr/view?id=1") != document("https://a.kr/view?id=2")


@pytest.mark.parametrize("columns", [["publisher"], ["publisher", "speaks_for"]])
def test_a_body_has_one_spelling(sources, columns):
    names = pd.Series(sorted(set(sources[columns].stack().dropna())))
    spellings = names.groupby(names.map(plain)).agg(list)
    assert [found for found in spellings if len(found) > 1] == []


def test_nobody_speaks_for_itself(sources):
    own = sources["publisher"].map(plain) == sources["speaks_for"].fillna("").map(plain)
    assert sources.index[own].tolist() == []


def test_languages_are_known(sources):
    assert set(sources["language"]) <= LANGUAGES
