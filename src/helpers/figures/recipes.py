"""Frames that several figures and findings share, each made of the tables of a data folder."""

import pandas as pd

from helpers.analysis import arrivals, context, doubt, register
from helpers.analysis import claims as weighing
from helpers.figures.frames import Frames


def south(frames: Frames) -> pd.DataFrame:
    """Return the counted crossings from North to South."""
    return register.direct(frames["incidents"])


def jsa(frames: Frames) -> pd.DataFrame:
    """Return the counted crossings of the Joint Security Area."""
    crossings = frames(south)
    return crossings[crossings["route"] == "jsa"]


def unclear(frames: Frames) -> pd.DataFrame:
    """Return the crossings to the South whose intent or end is not known."""
    return register.direct(frames["incidents"], event_type="unclear")


def spans(frames: Frames) -> pd.DataFrame:
    """Return the blind years of the way to the South."""
    table = frames["blind_years"]
    return table[table["direction"] == "north_to_south"]


def record(frames: Frames) -> pd.DataFrame:
    """Return the first year with a reliable record of each route to the South."""
    return register.record(frames(spans))


def crossings(frames: Frames) -> pd.DataFrame:
    """Return the counted crossings to the South by what the figures part them by."""
    return register.crossings(frames(south), int(frames(record)["since"].max()))


def official(frames: Frames) -> pd.DataFrame:
    """Return official totals of direct crossings beside the register's counts."""
    return register.against_official(frames(south), frames["official_totals"])


def until(frames: Frames) -> pd.Timestamp:
    """Return the last day watched: the end of the last year of which the arrivals are counted.

    One rule for every rate, wait and share: they take the crossings to this day
    (:func:`watched`) over the time to this day. A later crossing is a crossing and counts as one,
    but enters no rate before the arrivals of its year are in: time that is watched must not end
    because there was a crossing. Whether the table of gaps still calls such a year partial does
    not matter.
    """
    main = frames["arrivals_annual"].query("series == 'official_main'")
    years = main["period_end"] if len(main) else frames["incidents"]["year"]
    return pd.Timestamp(int(years.max()) if len(years) else register.ARMISTICE.year, 12, 31)


def watched(frames: Frames) -> pd.DataFrame:
    """Return the counted crossings from North to South to the last day watched."""
    crossings = frames(south)
    return crossings[crossings["date"] <= frames(until)].reset_index(drop=True)


def gaps(frames: Frames) -> pd.DataFrame:
    """Return the people of official counts that the register lacks, in periods that lie apart."""
    return context.apart(context.official_gaps(frames(south), frames["official_totals"]))


def years(frames: Frames) -> dict[str, tuple[int, int]]:
    """Return the spans of years that rates are taken over: first and last year by name."""
    totals = frames["official_totals"]
    return context.watched_years(frames(spans), totals, frames(until).year)


def clear(frames: Frames) -> tuple[int, int]:
    """Return the first of :func:`years`: those without a documented gap, or all."""
    return next(iter(frames(years).values()))


def rates(frames: Frames) -> pd.DataFrame:
    """Return crossings per year by route."""
    return context.rates(frames(watched), frames(years))


def waits(frames: Frames) -> pd.DataFrame:
    """Return the waits between crossings of the Joint Security Area."""
    return context.waits(frames(jsa), frames(until))


def scale(frames: Frames) -> pd.DataFrame:
    """Return who arrived, came directly, and came through the Joint Security Area."""
    return context.scale(frames(south), frames["arrivals_annual"], frames["official_totals"])


def sourced(frames: Frames) -> pd.DataFrame:
    """Return the counted crossings with how well each is established."""
    tables = (frames[name] for name in ("incidents", "sources", "conflicts"))
    return doubt.sourced(frames(south), *tables)


def compared(frames: Frames) -> pd.DataFrame:
    """Return official totals of direct crossings beside the register's counts and their range."""
    return doubt.against_official(frames(sourced), frames(unclear), frames["official_totals"])


def headlines(frames: Frames) -> pd.DataFrame:
    """Return how far each doubt moves the headline numbers."""
    counted, contested = frames(sourced), frames["conflicts"]
    changes = doubt.moves(contested, frames["incidents"], counted)
    rules = doubt.rules(counted, frames(unclear))
    return doubt.headlines(rules, changes, frames["official_totals"], contested)


def weighed(frames: Frames) -> pd.DataFrame:
    """Return the report's claims with what speaks for and against them."""
    return weighing.weigh(*_claims(frames))


def other_rules(frames: Frames) -> pd.DataFrame:
    """Return the verdicts on the report's claims under other rules."""
    return weighing.other_rules(*_claims(frames))


def _claims(frames: Frames) -> list[pd.DataFrame]:
    names = ["report_claims", "claim_evidence", "jsa_facts_2017", "sources"]
    return [frames[name] for name in names]


def arrival_periods(frames: Frames) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the periods of all arrivals, the running year the last, and the parts of years."""
    pieces = arrivals.parts(frames["arrivals_quarterly"])
    main = arrivals.official(frames["arrivals_annual"])
    return arrivals.with_running_year(main, pieces), pieces
