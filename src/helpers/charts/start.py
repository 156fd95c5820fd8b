"""The first figure that one meets: a bar for each year of arrivals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers import style

if TYPE_CHECKING:
    import pandas as pd


def arrivals(
    years: pd.Series,
    subject: int,
    title: str,
    subtitle: str,
    source: str,
    size: style.Size = "full",
) -> style.Page:
    """Return a bar for each year of arrivals, the last one hatched as provisional.

    Parameters
    ----------
    years : pandas.Series
        People by year, one row a year.
    subject : int
        The year in the colour of the subject; it has its number, as have the highest and lowest.
    title, subtitle, source : str
        Words of the page.
    size : str
        A key of ``style.SHEETS``.
    """
    fig = style.page(title, subtitle, source, size, height_mm=92, column_body_mm=66, slide_mm=103)
    ax = style.axes(fig, left=10, bottom=6, top=3, label="years")
    named = {years.idxmax(), subject, years.idxmin()}
    colours = [style.COLOURS["subject" if year == subject else "context"] for year in years.index]
    bars = ax.bar(years.index, years, color=colours, width=0.72)
    bars[-1].set(facecolor=style.PAPER, edgecolor=style.MUTED, hatch="/////", linewidth=0.6)
    labels = [f"{years[year]:,}" if year in named else "" for year in years.index]
    for text in ax.bar_label(bars, labels, padding=2, fontsize=8):
        if fig.narrow:
            # A number is wider than its bar, and the bar before may be higher.
            text.set(ha="left", position=(-4, 2))
    ticks = range(0, int(ax.get_ylim()[1]) + 1, 500)
    ax.set_yticks(ticks, [f"{tick:,}" for tick in ticks])
    ax.set_xticks(sorted({years.index[0], *named, years.index[-1]}))
    ax.set_xlim(years.index[0] - 0.6, years.index[-1] + 0.6)
    return fig
