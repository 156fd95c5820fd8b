"""The committed SVGs in a program that knows neither our fonts nor ``paint-order`` nor lengths."""

from __future__ import annotations

import json
import re
from io import BytesIO
from itertools import count, product
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image

from helpers import export, figures
from tests.conftest import ROOT

EXPORTED = ["jsa-cards", "map-direct-crossings", "official-against-register"]
SVGS = sorted((ROOT / "figures").glob("*.svg"))
RIMMED = re.compile(r'<g id="rim-of-\d+".*?</g>', re.S)
# CairoSVG looks for each through the whole file, and they hide no label.
MARKS = re.compile(r'<use xlink:href="#m[^>]*/>')


def _name(param):
    return param.stem if isinstance(param, Path) else "-".join(param)


@pytest.fixture(scope="module")
def painted(tmp_path_factory):
    """Paint an SVG with CairoSVG in DejaVu Sans alone, the widest font that stands in for ours."""
    folder = tmp_path_factory.mktemp("fonts")
    fonts = f"<dir>{mpl.get_data_path()}/fonts/ttf</dir><cachedir>{folder}</cachedir>"
    (folder / "fonts.conf").write_text(f"<fontconfig>{fonts}</fontconfig>", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", str(folder / "fonts.conf"))
        try:
            import cairosvg
        except OSError as error:
            pytest.skip(f"no cairo library: apt-get install libcairo2 ({error})")

        def paint(svg):
            with Image.open(BytesIO(cairosvg.svg2png(svg.encode(), scale=3))) as picture:
                return np.asarray(picture.convert("RGB")).astype(int)

        yield paint


@pytest.fixture(params=[*SVGS, *product(EXPORTED, ("column", "slide"))], ids=_name)
def svg(request):
    """A committed SVG, or one exported for a page that is narrow or low."""
    if isinstance(request.param, Path):
        return request.param.read_text(encoding="utf-8")
    slug, size = request.param
    return export.render(figures.make(slug).page(size), "svg").decode()


def test_every_label_with_a_rim_is_seen_and_no_line_is_cut_off(painted, svg):
    svg, number = MARKS.sub("", svg), count()
    assert "paint-order" not in svg
    own = RIMMED.sub(lambda m: re.sub(r"fill: #\w+", f"fill: #c801{next(number):02x}", m[0]), svg)
    picture = painted(own)
    red, green, blue = np.moveaxis(picture, -1, 0)
    assert set(blue[(red == 0xC8) & (green == 1)]) == set(range(next(number)))
    assert picture[:, [0, 1, -2, -1]].min() > 200


@pytest.mark.parametrize("path", SVGS, ids=lambda path: path.stem)
def test_title_and_description_are_in_it(path):
    words = json.loads(path.with_suffix(".json").read_text("utf-8"))
    svg = ElementTree.fromstring(path.read_bytes())
    title, about = (
        svg.findtext(f"{{http://www.w3.org/2000/svg}}{name}") for name in ("title", "desc")
    )
    assert (title, about) == (words["title"], words["alt"])
