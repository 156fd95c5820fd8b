"""Claims in prose that the data must bear: what no longer holds is said, and nothing stops.

Where a notebook's prose must claim something ("Soldiers mostly come by land"), :func:`holds`
stands beside it with the condition. It shows nothing while the claim holds. When it does not, the
notebook says so with the numbers and goes on; ``crossings build``, ``diff``, ``export`` and
``document`` list it; ``make test`` fails, since the prose of the committed notebooks must hold for
the committed data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field

#: How an unheld claim is found in the outputs of an executed notebook.
MIME = "application/vnd.crossings.claim+json"
#: What stands over a list of claims that do not hold.
UNHELD = "These sentences of the notebooks no longer hold with these data:"


@dataclass(frozen=True)
class Claim:
    """A claim, whether it holds, and the numbers that decide it."""

    claim: str
    holds: bool
    found: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        numbers = ", ".join(f"{name} {value}" for name, value in self.found.items())
        return f"{self.claim}{f' ({numbers})' if numbers else ''}"

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        text = f"With these data this no longer holds: {self}."
        return {"text/plain": text, "text/markdown": f"**{text}**", MIME: asdict(self)}


_tried: ContextVar[list[Claim] | None] = ContextVar("tried", default=None)


@contextmanager
def trying() -> Iterator[list[Claim]]:
    """Collect every claim that is tried inside the block, in order."""
    claims: list[Claim] = []
    token = _tried.set(claims)
    try:
        yield claims
    finally:
        _tried.reset(token)


def holds(claim: str, condition: object, **found: object) -> Claim | None:
    """Guard a claim in prose: None while it holds, else what to show.

    A missing condition (``pandas.NA``, as of no rows) does not hold. What was ``found`` are the
    numbers that decide it, by what they are; underscores become spaces. Let it stand last in a cell.
    """
    numbers = {name.replace("_", " "): _number(value) for name, value in found.items()}
    tried = Claim(claim.rstrip("."), _true(condition), numbers)
    if (claims := _tried.get()) is not None:
        claims.append(tried)
    return None if tried.holds else tried


def listed(unheld: Mapping[str, Sequence[Claim]]) -> list[str]:
    """Return in a line each the claims that do not hold, given by notebook."""
    return [f"{name}: {claim}" for name, claims in unheld.items() for claim in claims]


def _true(condition: object) -> bool:
    try:
        return bool(condition)
    except TypeError:  # pandas.NA: nothing to decide by
        return False


def _number(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
