"""Words that every notebook needs: the source line, clock times, ranges, shares."""

from __future__ import annotations

from importlib.metadata import version

PACKAGE = "jsa-crossing-in-context"
OSM_CREDIT = "Map data © OpenStreetMap contributors (ODbL)."
NATURAL_EARTH_CREDIT = "Made with Natural Earth."


def source_line(*sources: str, osm: bool = False, natural_earth: bool = False) -> str:
    """Return the source line of a figure: the data and its version, limits, credits.

    Parameters
    ----------
    *sources : str
        Sentences on what the data rests on and where it ends, in order.
    osm, natural_earth : bool
        Whether the figure shows anything of OpenStreetMap or Natural Earth.
    """
    words = [f"Data: The JSA crossing in context, version {version(PACKAGE)}."]
    words += [f"{source.rstrip('.')}." for source in sources]
    words += [OSM_CREDIT] * osm + [NATURAL_EARTH_CREDIT] * natural_earth
    return " ".join(words)
