"""The sizes that a page can be printed in."""

from dataclasses import dataclass
from typing import Literal

Size = Literal["column", "full", "slide", "web"]


@dataclass(frozen=True)
class Sheet:
    """A size that a page can be printed in.

    Attributes
    ----------
    width_mm, height_mm : float
        As printed; the height where it is fixed.
    layout_mm : float, optional
        Width that the page is laid out for: text in points and insets in millimetres are those of
        the layout, and print larger or smaller with it. A page of fixed height is laid out as wide
        as its own height asks.
    title_lines, subtitle_lines : int
        How many lines may fit on top.
    source_pt : float
        Size of the source line in the layout.
    """

    width_mm: float
    height_mm: float | None = None
    layout_mm: float | None = None
    title_lines: int = 2
    subtitle_lines: int = 3
    source_pt: float = 7.0


SHEETS: dict[Size, Sheet] = {
    "column": Sheet(89, layout_mm=110, title_lines=5, subtitle_lines=8, source_pt=8.1),
    "full": Sheet(183, layout_mm=183),
    "slide": Sheet(338.7, height_mm=190.5),
    "web": Sheet(200, layout_mm=183),
}
"""One column and the full width of a journal's page, PowerPoint's wide slide, a page on the web."""

SLIDE_LAYOUT_MM = (103, 135)
"""Heights that a slide may be laid out for: text prints 1.85 to 1.41 times its size."""
