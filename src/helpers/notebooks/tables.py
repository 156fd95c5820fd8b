"""Tables and sentences for people to read in a notebook, trusted or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.words import in_html, in_markdown

if TYPE_CHECKING:
    from IPython.display import HTML, Markdown

#: Styles stand in the cells themselves: a notebook that is not trusted drops style sheets.
CELL = "padding:2px 10px 2px 0;vertical-align:top;text-align:"


def said(text: str, bold: bool = False, before: str = "") -> Markdown:
    """Return a sentence as it is written: nothing in it is taken for markup, or fetched.

    Parameters
    ----------
    before : str
        Markdown that stands in front of it.
    """
    from IPython.display import Markdown

    mark = "**" * bold
    parts = (f"{mark}{in_markdown(part)}{mark}" for part in text.split("\n\n"))
    return Markdown(before + "\n\n".join(parts))


def shown(frame: pd.DataFrame, by: str | None = None) -> HTML:
    """Return a frame as a table: text to the left, numbers to the right, gaps for what is missing.

    Parameters
    ----------
    frame : pandas.DataFrame
        What to show; a named index becomes the first columns.
    by : str, optional
        A column whose values head the groups of rows, in the order in which they come.
    """
    from IPython.display import HTML

    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index()
    columns = [name for name in frame.columns if name != by]
    sides = {
        name: "right" if pd.api.types.is_numeric_dtype(frame[name]) else "left" for name in columns
    }
    head = "".join(_cell("th", str(name), sides[name]) for name in columns)
    rows = [f"<tr>{head}</tr>"]
    groups = frame.groupby(by, sort=False, observed=True) if by else [(None, frame)]
    for name, group in groups:
        if by:
            rows.append(
                f'<tr><th colspan="{len(columns)}" style="{CELL}left">{in_html(str(name))}</th></tr>'
            )
        for row in group[columns].itertuples(index=False):
            cells = zip(columns, row, strict=True)
            rows.append(
                "<tr>" + "".join(_cell("td", _text(v), sides[c]) for c, v in cells) + "</tr>"
            )
    return HTML('<table style="border-collapse:collapse">' + "".join(rows) + "</table>")


def _cell(tag: str, text: str, side: str) -> str:
    return f'<{tag} style="{CELL}{side}">{in_html(text)}</{tag}>'


def _text(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if pd.isna(value):
        return ""
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if value == round(value) else f"{value:.3g}"
    return str(value)
