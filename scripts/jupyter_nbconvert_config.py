"""Read by every `jupyter nbconvert` of the environment: pictures get their alternative text.

The template for HTML leaves out what an output carries. Installed with the package.
"""

from html import escape

from nbconvert.preprocessors import Preprocessor


class AlternativeText(Preprocessor):
    """Shows a picture that carries an alternative text as HTML that has it."""

    def preprocess_cell(self, cell: dict, resources: dict, index: int) -> tuple[dict, dict]:
        """Put the picture of each output into HTML."""
        for output in cell.get("outputs", []):
            alt = output.get("metadata", {}).get("image/png", {}).get("alt")
            if alt and "image/png" in output["data"]:
                png = output["data"].pop("image/png")
                picture = f'<img src="data:image/png;base64,{png}" alt="{escape(alt)}">'
                output["data"]["text/html"] = picture
        return cell, resources


c.HTMLExporter.preprocessors = [AlternativeText]  # noqa: F821
