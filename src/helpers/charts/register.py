"""The direct routes and their names, for charts."""

from helpers.vocab import Route

ROUTES = [
    Route.JSA, Route.DMZ_LAND, Route.HAN_ESTUARY, Route.YELLOW_SEA, Route.EAST_SEA, Route.AIR,
]  # fmt: skip
SHORT = {
    Route.JSA: "Joint Security Area",
    Route.DMZ_LAND: "Land line\noutside the JSA",
    Route.HAN_ESTUARY: "Han estuary",
    Route.YELLOW_SEA: "Yellow Sea",
    Route.EAST_SEA: "East Sea\n(Sea of Japan)",
    Route.AIR: "Air",
}
