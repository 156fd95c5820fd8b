"""The explorer in JupyterLab: its selection comes back as frames."""

from __future__ import annotations

import base64
from functools import cached_property
from typing import TYPE_CHECKING

import anywidget
import traitlets

from helpers import export
from helpers.figures.frames import Frames
from helpers.figures.registry import Figure
from helpers.languages import speaking
from helpers.publish.explorer import HERE, css
from helpers.publish.explorer.content import content

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from helpers.figures.registry import Content

STATIC = "map-direct-crossings"


class Explorer(anywidget.AnyWidget):
    """The explorer of some incidents.

    Attributes
    ----------
    incidents : geopandas.GeoDataFrame
        What it was given.
    """

    _esm = (HERE / "explorer.mjs").read_text(encoding="utf-8")
    _css = css()
    _content = traitlets.Dict().tag(sync=True)
    _lang = traitlets.Unicode().tag(sync=True)
    _selected = traitlets.List().tag(sync=True)
    _picked = traitlets.Unicode().tag(sync=True)

    def __init__(self, incidents: GeoDataFrame, lang: str = "en") -> None:
        self.frames = Frames()
        self.frames.put("incidents", incidents)
        with speaking(lang):  # or it raises
            made = content(self.frames)
        key, counted = made["columns"].index("id"), made["columns"].index("counted")
        first = [row[key] for row in made["rows"] if row[counted]]
        self.incidents = incidents
        every = [row[key] for row in made["rows"]]
        super().__init__(_content=made, _lang=lang, _selected=first or every)

    @property
    def selected(self) -> GeoDataFrame:
        """The incidents that are shown, with all their columns."""
        return self.incidents[self.incidents["incident_id"].isin(self._selected)]

    @property
    def picked(self) -> GeoDataFrame:
        """The incident whose details are open: one row, or none."""
        return self.incidents[self.incidents["incident_id"].eq(self._picked)]

    @cached_property
    def _static(self) -> Content:
        with speaking(self._lang):
            return Figure(STATIC).make(self.frames)

    @property
    def description(self) -> export.Description:
        """The static map in words, to be shown under the explorer."""
        return export.Description(self._static.alt)

    def __repr__(self) -> str:
        return f"Explorer of {len(self.incidents)} incidents, {len(self.selected)} of them shown"

    def _repr_mimebundle_(self, **options: object) -> tuple[dict, dict]:
        """Return the widget, and the static map for readers without a kernel."""
        data, metadata = super()._repr_mimebundle_(**options) or ({}, {})
        data["text/plain"] = repr(self)
        figure = self._static
        if not len(figure.table):
            return data, metadata
        with speaking(self._lang):
            page = figure.page()
        picture = export.screen(export.render(page, "png"), figure.alt).data
        data["image/png"] = base64.b64encode(picture).decode()
        return data, metadata | {"image/png": {"alt": figure.alt}}
