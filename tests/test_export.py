"""Figures come in every format and size, the same bytes each time, with their words beside them."""

from __future__ import annotations

import hashlib
import json
import re
import xml.etree.ElementTree as ET
from io import BytesIO

import pandas as pd
import pytest
from PIL import Image
from pypdf import PdfReader

from helpers import export
from helpers.figures import style
from helpers.figures.registry import Content

ALT = "A line that rises from nought to one, drawn to test that a figure is written as a whole set."
TABLE = pd.DataFrame({"x": [0, 1], "y": [0, 1]})
SVG = "{http://www.w3.org/2000/svg}"
POINT_MM = 25.4 / 72


def _draw(**words):
    page = style.page(**words)
    ax = style.axes(page, left=10, bottom=8)
    ax.plot([0, 1], [0, 1])
    for x in (0.2, 0.6):
        ax.text(x, x, "a & b, 한국", path_effects=style.HALO, gid="label", rotation=30)
    return page


def _content(**other):
    words = {"title": "A finding < 1", "subtitle": "What, where", "source": "Source: test"}
    given = {"alt": ALT, "fact": "It rises by 1.", "table": TABLE, "draw": _draw, "slug": "a-line"}
    return Content(**words | given | other)


def _files(size="full", formats=export.FORMATS, dpi=export.PNG_DPI):
    content = _content()
    return export.files(content, content.page(size), formats, dpi)


def _stem(size):
    return "a-line" if size == "full" else f"a-line-{size}"


@pytest.fixture(scope="module", params=style.SHEETS)
def size(request):
    return request.param


@pytest.fixture(scope="module")
def made(size):
    """The files of one size by their ending."""
    files = _files(size)
    assert {name.rsplit(".", 1)[0] for name in files} == {_stem(size)}
    return {name.rsplit(".", 1)[1]: content for name, content in files.items()}


def test_a_whole_set_in_every_size(made):
    assert set(made) == {"png", "svg", "pdf", "csv", "json"}


def test_same_bytes_twice():
    assert _files() == _files()


def test_png_in_its_size_with_its_dpi(made, size):
    words = json.loads(made["json"])
    with Image.open(BytesIO(made["png"])) as picture:
        assert picture.info["dpi"] == pytest.approx((export.PNG_DPI, export.PNG_DPI), abs=0.1)
        width, height = (pixels / export.PNG_DPI * 25.4 for pixels in picture.size)
    assert width == pytest.approx(style.SHEETS[size].width_mm, abs=0.2)
    assert height == pytest.approx(words["height_mm"], abs=0.2)


def test_dpi_changes_the_pixels_and_nothing_else():
    small, large = (_files(dpi=dpi, formats=("png",))["a-line.png"] for dpi in (72, 144))
    with Image.open(BytesIO(small)) as one, Image.open(BytesIO(large)) as two:
        assert two.size == pytest.approx([2 * pixels for pixels in one.size], abs=2)
        assert round(one.info["dpi"][0]) == 72 and round(two.info["dpi"][0]) == 144


def test_without_its_title_a_page_is_lower_and_the_words_stay_beside_it():
    titled, bare = _content().page(), _content().page(titled=False)
    assert {text.get_gid() for text in titled.texts} == {"title", "subtitle", "source"}
    assert [text.get_gid() for text in bare.texts] == ["source"]
    heights = [page.body_mm[3] - page.body_mm[1] for page in (titled, bare)]
    assert heights[0] == pytest.approx(heights[1])
    made = export.files(_content(), bare, ("svg",))
    assert json.loads(made["a-line-no-title.json"])["title"] == "A finding < 1"
    assert b"A finding &lt; 1</title>" in made["a-line-no-title.svg"]


def test_a_slide_is_as_high_as_a_slide():
    assert json.loads(_files("slide", ())["a-line-slide.json"])["height_mm"] == 190.5


def test_pdf_in_its_size_with_fonts_embedded(made, size):
    (page,) = PdfReader(BytesIO(made["pdf"])).pages
    assert float(page.mediabox.width) * POINT_MM == pytest.approx(style.SHEETS[size].width_mm, 0.01)
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        inner = [one.get_object() for one in font.get("/DescendantFonts", [])] or [font]
        for one in inner:
            held = one.get("/FontDescriptor", {})
            outlines = {"/FontFile", "/FontFile2", "/FontFile3"} & set(held) or "/CharProcs" in one
            assert outlines, font["/BaseFont"]


def test_pdf_text_is_text_and_undated(made):
    reader = PdfReader(BytesIO(made["pdf"]))
    text = reader.pages[0].extract_text()
    assert "What, where" in text and text.count("a & b") == 2
    assert reader.metadata.title == "A finding < 1" and reader.metadata.subject == ALT
    assert b"CreationDate" not in made["pdf"]


def test_svg_has_size_title_and_description(made, size):
    root = ET.fromstring(made["svg"])
    assert root.get("width") == f"{style.SHEETS[size].width_mm:.3f}mm"
    assert root.get("role") == "img"
    name, about = (
        next(part for part in root.iter() if part.get("id") == key)
        for key in root.get("aria-labelledby").split()
    )
    assert (name.tag, name.text) == (f"{SVG}title", "A finding < 1")
    assert (about.tag, about.text) == (f"{SVG}desc", ALT)


def test_svg_text_is_text_and_keeps_its_width(made):
    root = ET.fromstring(made["svg"])
    texts = list(root.iter(f"{SVG}text"))
    assert sum(text.text == "a & b, 한국" for text in texts) == 2
    pieces = [piece for text in texts for piece in list(text) or [text]]
    assert all(float(piece.get("textLength")) > 0 for piece in pieces)
    rims = [use.get("{http://www.w3.org/1999/xlink}href") for use in root.iter(f"{SVG}use")]
    named = {f"#{group.get('id')}" for group in root.iter(f"{SVG}g") if group.get("class")}
    assert named == {rim for rim in rims if "rim" in rim} and len(named) == 2


def test_svg_ids_are_unique(made):
    ids = re.findall(r' id="([^"]+)"', made["svg"].decode())
    assert len(ids) == len(set(ids))
    assert made["svg"].count(b'class="label"') == 2


def test_rims_are_back_on_the_page_after_saving():
    page = _content().page()
    before = export.render(page, "png", 72)
    for fmt in ("svg", "pdf"):
        export.render(page, fmt)
    assert export.render(page, "png", 72) == before


def test_words_beside_the_picture(made, size):
    words = json.loads(made["json"])
    assert words["title"] == "A finding < 1" and words["fact"] == "It rises by 1."
    assert words["licence"] == "CC-BY-4.0" and words["size"] == size
    assert words["data_version"].startswith(f"{words['code_version']}+")
    for name, digest in words["files"].items():
        assert hashlib.sha256(made[name.rsplit(".", 1)[1]]).hexdigest() == digest
    assert len(words["files"]) == 4


def test_the_last_digit_of_another_library_changes_no_table():
    given = pd.DataFrame({"share": [0.1 + 0.2, 1 / 3, None], "n": [12345678901, 2, 3], "x": "a"})
    same = given.assign(share=given["share"] * (1 + 1e-15))
    assert export.to_csv(given) == export.to_csv(same)
    expected = b"share,n,x\n0.3,12345678901,a\n0.3333333333,2,a\n,3,a\n"
    assert export.to_csv(given) == expected


def test_picture_carries_its_alternative_text(tmp_path):
    shown = export.figure(_content(), tmp_path)
    data, metadata = shown.picture._repr_mimebundle_()
    assert metadata["image/png"]["alt"] == shown.alt == ALT and data["image/png"]
    assert {path.name for path in tmp_path.iterdir()} == {
        f"a-line.{ending}" for ending in ("png", "svg", "csv", "json")
    }


@pytest.mark.parametrize(("slug", "alt"), [("Bad Slug", ALT), ("good", "too short")])
def test_refuses(slug, alt):
    with pytest.raises(ValueError, match=r"slug|characters"):
        _content(slug=slug, alt=alt)


@pytest.mark.parametrize(("fmt", "dpi"), [("gif", 100), ("png", 5), ("png", 5000)])
def test_refuses_format_and_resolution(fmt, dpi):
    with pytest.raises(ValueError, match=r"expected"):
        export.render(_content().page(), fmt, dpi)
