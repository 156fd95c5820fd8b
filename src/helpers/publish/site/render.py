"""Pages out of templates, in which a text of the data never becomes a tag."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from helpers.publish.datapackage import citation
from helpers.publish.explorer.words import ENGLISH
from helpers.words import say

TEMPLATES = Path(__file__).parent / "templates"
#: What no page may hold, not even as a reference.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")

_whole = cache(citation)
_templates = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.tests["web"] = lambda address: bool(re.match(r"https?://[^\s/]", address or ""))
_templates.tests["korean"] = lambda text: bool(re.search("[가-힣]", text))


def cite(what: str, address: str = "") -> str:
    """Return how to cite a part of the collection, in a line, with its address if it has one."""
    return f"{what}. In: {_whole()} CC BY 4.0. {address}".rstrip()


_templates.globals |= {"W": ENGLISH, "say": say, "cite": cite}


def page(template: str, **values: object) -> bytes:
    """Return a page of that template with its values."""
    return CONTROL.sub("", _templates.get_template(template).render(values)).encode()
