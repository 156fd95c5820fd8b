"""Closed vocabularies: every value a coded column may hold, in order, with label and colour role.

A member's value is what stands in the CSV files; the order of the members is the order of the
category in a typed frame and on a chart. Colour *roles* are named here and given a colour in
:mod:`helpers.figures.style`, so that data modules need no drawing library.
"""

from __future__ import annotations

from enum import StrEnum


class Term(StrEnum):
    """A coded value with its label, its definition and, for routes, its colour role."""

    label: str
    definition: str
    role: str

    def __new__(cls, value: str, label: str, definition: str, role: str = "context") -> Term:
        """Make the member; the string value is what the data files hold."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.definition = definition
        member.role = role
        return member

    @classmethod
    def values(cls) -> list[str]:
        """Return the allowed values in order."""
        return [member.value for member in cls]

    @classmethod
    def labels(cls) -> dict[str, str]:
        """Return the labels by value: for tables that people read."""
        return {member.value: member.label for member in cls}


class Direction(Term):
    """The way the people were heading."""

    NORTH_TO_SOUTH = "north_to_south", "North to South", "Heading for the South."
    SOUTH_TO_NORTH = "south_to_north", "South to North", "Heading for the North."
    OUT_OF_NORTH = (
        "out_of_north",
        "Out of the North",
        "Left the North for another country than the South, or the sources do not say for which.",
    )
    NONE = "none", "No direction", "Nobody set out to change sides, as in an armed clash."


class Route(Term):
    """How the people left; for indirect ways the first leg out of North Korea."""

    JSA = (
        "jsa",
        "Joint Security Area",
        "Inside the Joint Security Area at Panmunjom, or out of a meeting held there.",
        "subject",
    )
    DMZ_LAND = (
        "dmz_land",
        "Land line outside the JSA",
        "Over the Military Demarcation Line by land, the Imjin above the estuary included.",
        "line",
    )
    HAN_ESTUARY = (
        "han_estuary",
        "Han estuary",
        "Through the neutral waters of the Han River estuary, from the Imjin's mouth to Maldo.",
        "estuary",
    )
    YELLOW_SEA = (
        "yellow_sea",
        "Yellow Sea",
        "By sea west of the peninsula, over or round the Northern Limit Line.",
        "sea",
    )
    EAST_SEA = (
        "east_sea",
        "East Sea",
        "By sea east of the peninsula (Sea of Japan).",
        "sea",
    )
    AIR = "air", "Air", "By aircraft over the line or the Northern Limit Line.", "air"
    CHINA_BORDER = (
        "china_border",
        "Through China",
        "Left North Korea over the Yalu or Tumen into China, whatever came later.",
        "china",
    )
    RUSSIA = (
        "russia",
        "Through Russia",
        "Left from Russia: logging camps, building sites, study, or over the Tumen.",
        "china",
    )
    THIRD_COUNTRY_POSTING = (
        "third_country_posting",
        "From a posting abroad",
        "Left a diplomatic, trade, study or labour posting outside China's border region.",
        "china",
    )


class Means(Term):
    """What carried the people on the leg that counts."""

    FOOT = "foot", "On foot", "Walking or running."
    VEHICLE = (
        "vehicle",
        "Vehicle",
        "Car, truck, bus or train, even if the last metres were on foot.",
    )
    SWIM = "swim", "Swimming", "In the water, with or without a float."
    RAFT = "raft", "Raft", "A raft put together for the crossing."
    BOAT = "boat", "Boat", "Any boat, powered or not."
    AIRCRAFT = "aircraft", "Aircraft", "Flown by the person or seized in flight."
    EMBASSY_ENTRY = (
        "embassy_entry",
        "Entry into a mission",
        "Climbed or rushed into a foreign mission, school or compound.",
    )
    MISSION_WALK_IN = (
        "mission_walk_in",
        "Walk-in at a mission",
        "Came to a mission that let the person in.",
    )
    AIRPORT = "airport", "By airport", "Left by a scheduled or chartered flight."
    OTHER = "other", "Other", "Another means, or several, or not stated in the sources."


class Affiliation(Term):
    """Who the people were, in the words of the sources."""

    SOLDIER = "soldier", "Soldier", "Enlisted ranks and non-commissioned officers."
    OFFICER = "officer", "Officer", "Commissioned officers of an army or navy."
    PILOT = "pilot", "Pilot", "Military aircrew."
    GUARD = "guard", "Guard", "Uniformed guard force outside the army."
    POLICE = "police", "Police", "Police and their families."
    OFFICIAL = "official", "Official", "Party, state or trade officials."
    DIPLOMAT = "diplomat", "Diplomat", "Staff of a diplomatic mission."
    CIVILIAN = "civilian", "Civilian", "Not in uniform and in no other group here."
    FISHER = "fisher", "Fisher", "Crew of fishing boats."
    WORKER = "worker", "Worker", "Sent abroad or working in a state enterprise."
    STUDENT = "student", "Student", "Students abroad or young people in education."
    MIXED = "mixed", "Mixed group", "A group of more than one kind."
    UNKNOWN = "unknown", "Unknown", "The sources do not say."


class Nationality(Term):
    """Citizenship of those who crossed or tried to, at that moment."""

    NORTH_KOREAN = "north_korean", "North Korean", "Citizen of the North."
    SOUTH_KOREAN = (
        "south_korean",
        "South Korean",
        "Citizen of the South, resettled northerners included.",
    )
    AMERICAN = "american", "American", "Citizen of the United States."
    CHINESE = "chinese", "Chinese", "Citizen of China."
    SOVIET = "soviet", "Soviet", "Citizen of the Soviet Union."
    CZECHOSLOVAK = "czechoslovak", "Czechoslovak", "Citizen of Czechoslovakia."
    MIXED = "mixed", "Mixed", "More than one in the group."
    NOT_APPLICABLE = "not_applicable", "Not applicable", "Nobody crossed to stay, as in a clash."
    UNKNOWN = "unknown", "Unknown", "The sources do not say."


class ShotsFired(Term):
    """Whether any shot fell in the incident, signal and warning shots included."""

    YES = "yes", "Shots fired", "At least one shot, whoever fired it and at whom."
    NO = "no", "No shot", "A source says that no shot fell, or the crossing went unseen."
    UNKNOWN = "unknown", "Unknown", "The sources do not say."


class ShotsAt(Term):
    """Whom the shots in an incident were meant for; the gravest applies."""

    CROSSERS = "crossers", "At the crossers", "Fired at those who crossed or tried to."
    OTHERS = "others", "At others", "Fired at other people, by a crosser or between forces."
    NOBODY = "nobody", "At nobody", "Warning or signal shots, or shots at a thing."
    NOT_APPLICABLE = "not_applicable", "Not applicable", "No shot fell."
    UNKNOWN = "unknown", "Unknown", "The sources do not say, or not whether there were shots."


class Cause(Term):
    """What wounded or killed people in an incident."""

    GUNFIRE = "gunfire", "Gunfire", "Shot."
    EXPLOSION = "explosion", "Explosion", "Mine, grenade or bomb."
    BLOW = "blow", "Blow", "Struck with a weapon, a tool or fists."
    EXPOSURE = "exposure", "Exposure", "Cold, hunger or thirst."
    DROWNING = "drowning", "Drowning", "Drowned."
    POISON = "poison", "Poison", "Took poison."
    ACCIDENT = "accident", "Accident", "Crash, glass, fall."
    MIXED = "mixed", "Several causes", "More than one of these."
    UNKNOWN = "unknown", "Unknown", "The sources do not say."


class Outcome(Term):
    """How it ended for those counted in ``people``."""

    ARRIVED = "arrived", "Arrived", "Reached the other side or the destination."
    ARRIVED_WOUNDED = "arrived_wounded", "Arrived wounded", "Reached it with wounds."
    CAPTURED = "captured", "Captured", "Stopped on the way and held."
    RETURNED = "returned", "Returned", "Went back or was sent back."
    KILLED = "killed", "Killed", "Died in the incident, all of them or most of them."
    UNKNOWN = "unknown", "Unknown", "The sources do not say how it ended."
    NOT_APPLICABLE = "not_applicable", "Not applicable", "Nobody set out to change sides."


class EventType(Term):
    """What kind of event a row is: the one column that decides what is counted.

    Only ``direct_defection`` enters counts of direct crossings. Everything else is kept for
    context, under its own name.
    """

    DIRECT_DEFECTION = (
        "direct_defection",
        "Direct defection",
        "Crossed between North and South by land, sea, estuary or air, and stayed or meant to.",
    )
    UNCLEAR = (
        "unclear",
        "Unclear",
        "Reached the other side, but intent or fate is not established; an upper bound only.",
    )
    ATTEMPT = (
        "attempt",
        "Attempt",
        "Set out to change sides and was stopped, killed or turned back before it was done.",
    )
    INDIRECT_ARRIVAL = (
        "indirect_arrival",
        "Indirect arrival",
        "Left North Korea through a third country and reached the South or another refuge.",
    )
    INDIRECT_UNRESOLVED = (
        "indirect_unresolved",
        "Indirect, end unknown",
        "In a third country on the way out; the sources do not say how it ended.",
    )
    FORCED_RETURN = (
        "forced_return",
        "Forced return",
        "Sent back to the North against their will, one by one or as a group.",
    )
    DRIFT = "drift", "Drift", "Crossed by accident at sea and went home."
    STRAY = "stray", "Stray", "Crossed on impulse or drunk, without intent to change sides."
    HIJACKING = "hijacking", "Hijacking", "An aircraft with others aboard was seized."
    ABDUCTION = "abduction", "Abduction", "People were taken over the line against their will."
    HANDOVER = "handover", "Hand-over", "People were handed over the line by authorities."
    ACTIVIST_RETURN = (
        "activist_return",
        "Activist's return",
        "A southerner came back over the line after an unauthorised visit to the North.",
    )
    ARMED_CLASH = "armed_clash", "Armed clash", "A fight or assault; nobody meant to change sides."
    INCURSION = "incursion", "Incursion", "Armed troops entered where they may not."
    CLAIM_WITHDRAWN = (
        "claim_withdrawn",
        "Claim withdrawn",
        "Once called a defection by an authority that later took it back.",
    )


class DatePrecision(Term):
    """How exactly the date is known."""

    DAY = "day", "Day", "The day is known."
    MONTH = "month", "Month", "The month is known; day unknown."
    YEAR = "year", "Year", "Only the year is known."


class TimePrecision(Term):
    """How exactly a moment of the timeline is known."""

    MINUTE = "minute", "Minute", "A clock time to the minute is published."
    APPROX = "approx", "Approximate", "Placed between published moments, or given as 'about'."
    DAY = "day", "Day", "Only the day is known."


class LocationBasis(Term):
    """What a coordinate stands for. Never a crossing point."""

    PUBLISHED_COORDINATE = (
        "published_coordinate",
        "Published coordinate",
        "Printed by a source for the site.",
    )
    PLACE_CENTROID = (
        "place_centroid",
        "Place",
        "Middle of a named village, township, city, port, base or island.",
    )
    SECTOR_ESTIMATE = (
        "sector_estimate",
        "Sector estimate",
        "Our reading of a stretch described in words.",
    )
    COUNTY_CENTROID = "county_centroid", "County", "Middle of the county or larger unit."
    NOT_LOCATED = "not_located", "Not located", "The sources name no place fine enough to draw."


class Confidence(Term):
    """How far the row can be trusted as a whole."""

    HIGH = "high", "High", "Sources agree on what matters, or the one source is a primary one."
    MEDIUM = "medium", "Medium", "One good source, or a detail such as the year is inferred."
    LOW = "low", "Low", "One weak source, or the event itself is in doubt."


class ArrivalSeries(Term):
    """Which of the three series of yearly arrivals a row belongs to; never add across them."""

    OFFICIAL_MAIN = "official_main", "Official series", "The ministry's table; adds up by itself."
    EARLY_DETAIL = "early_detail", "Early detail", "Finer published counts inside early buckets."
    CHECK_TOTAL = "check_total", "Check total", "A published total used only to check sums."


class FigureStatus(Term):
    """Standing of a published figure."""

    FINAL = "final", "Final", "No provisional mark."
    PROVISIONAL = "provisional", "Provisional", "Marked provisional by the publisher."
    PUBLISHED = "published", "Published", "Printed by a source."
    DERIVED = "derived", "Derived", "Computed by us from published figures; the note says how."


class SourceKind(Term):
    """What kind of document a source is."""

    OFFICIAL = "official", "Official", "Published by a government, an army or the UN Command."
    NEWS = "news", "News", "Press, agencies and broadcasters."
    REFERENCE = "reference", "Reference work", "Encyclopedias, lists and specialist sites."
    NGO = "ngo", "NGO", "Human rights and relief organisations."
    DATA = "data", "Data", "Files of figures and those who carry them."
    ACADEMIC = "academic", "Academic", "Journals, theses and books."


class CrossingPhase(Term):
    """The phases of 13 November 2017; a moment stands in the phase that it opens or falls in."""

    DRIVE = "drive", "Drive", "The jeep drives to the bridge and into the area.", "subject"
    STUCK = "stuck", "Stuck", "A wheel is in the ditch; the jeep does not come free.", "subject"
    RUN = "run", "Run", "On foot over the line, under fire, until he drops.", "subject"
    UNSEEN = "unseen", "Unseen", "Down south of the line, not yet found by the South.", "subject"
    LOCATED = "located", "Located", "Found by thermal camera; the South takes positions.", "subject"
    RESCUED = "rescued", "Rescued", "Reached, dragged to cover, taken to the helipad.", "subject"
    FLOWN = "flown", "Flown", "In the helicopter to the hospital.", "subject"
    HOSPITAL = "hospital", "Hospital", "What happened to him as a patient.", "context"
    AFTERMATH = "aftermath", "Aftermath", "What followed for others and for the place.", "context"


class Actor(Term):
    """Who acts in a moment of the timeline."""

    DEFECTOR = "defector", "Defector", "The soldier who crossed.", "subject"
    KPA = "kpa", "Korean People's Army", "Northern soldiers and workers."
    UNC_ROK = "unc_rok", "UNC and ROK", "The UN Command and southern soldiers under it."
    MEDICAL = "medical", "Medical", "Aircrew, surgeons, hospital; his state as a patient."
    OTHER = "other", "Other", "Governments, parliaments, staffs, visitors."


class Violation(Term):
    """What a moment of the timeline breaks of the armistice; a cell may list several."""

    NONE = "none", "None", "No breach is stated."
    FIRED_ACROSS_MDL = "fired_across_mdl", "Fired across the line", "Shots went over the line."
    CROSSED_MDL = "crossed_mdl", "Crossed the line", "Somebody stepped over the line unallowed."
    ARMED_WITH_RIFLES = (
        "armed_with_rifles",
        "Armed with rifles",
        "Automatic rifles were brought into the zone; listed by the southern ministry only.",
    )


class Side(Term):
    """On which side of the Military Demarcation Line a place lies."""

    NORTH = "north", "North", "North of the line."
    MDL = "mdl", "On the line", "On the line, or an area that lies astride of it."
    SOUTH = "south", "South", "South of the line."


class CoordinateBasis(Term):
    """Where the coordinate of a landmark comes from."""

    PUBLISHED = "published", "Published", "Printed by a source."
    ESTIMATED = "estimated", "Estimated", "Ours, from published distances and directions."
    NOT_LOCATED = "not_located", "Not located", "No coordinate: none published, none estimated."


class YesNo(Term):
    """A closed yes or no."""

    YES = "yes", "Yes", "It is so."
    NO = "no", "No", "It is not so."


class Reading(Term):
    """How a printed value is to be read as a number, or that it is none."""

    EXACT = "exact", "Exact", "One number; low and high are equal."
    ABOUT = "about", "About", "One rounded number; low and high are equal."
    RANGE = "range", "Range", "From low to high, both included."
    AT_LEAST = "at_least", "At least", "Low or more; no upper end is given."
    MORE_THAN = "more_than", "More than", "Above low, low itself not included; no upper end."
    LESS_THAN = "less_than", "Less than", "Below high, high itself not included; no lower end."
    CLOCK = "clock", "Clock time", "HH:MM, Korea Standard Time."
    DATE = "date", "Date", "ISO 8601 date, or two with a slash."
    TEXT = "text", "Words", "Words that hold no single number."
    NOT_FOUND = "not_found", "Not found", "Looked for and not found."


class RouteKind(Term):
    """What kind of way out a route is; only the first two are direct crossings."""

    DIRECT_LAND = "direct_land", "Direct by land", "Over the line by land.", "line"
    DIRECT_SEA = "direct_sea", "Direct by water", "Over the sea or estuary border.", "sea"
    BORDER = "border", "Over the Chinese border", "The first leg only, into China.", "china"
    OVERLAND = "overland", "Overland", "Through China and on by land.", "china"
    MISSION = "mission", "Through a mission", "Into a mission in China, then flown.", "china"
    SEA = "sea", "By sea from China", "By boat from the Chinese coast; not direct.", "china"
    FLIGHT = "flight", "By air from China", "By scheduled flight out of China.", "china"
    ABROAD = "abroad", "From abroad", "From a worksite or posting outside China.", "china"


class WaypointRole(Term):
    """What a waypoint is on its route."""

    ORIGIN = "origin", "Origin", "Where the route starts."
    TRANSIT = "transit", "Transit", "Passed on the way."
    BORDER = "border", "Border", "County, city or province at a border; never a crossing point."
    EXIT = "exit", "Exit", "Where the last journey to the South starts."
    DESTINATION = "destination", "Destination", "Where the route ends."


class WaypointPrecision(Term):
    """What the coordinate of a waypoint stands for."""

    CITY = "city", "City", "Middle of a city or town."
    COUNTY = "county", "County", "A county, district or island, drawn at its seat."
    PROVINCE = "province", "Province", "A province or prefecture, drawn at its seat."
    COUNTRY = "country", "Country or coast", "A country or part of it; a token point."
    NOT_LOCATED = "not_located", "Not located", "Anywhere; no point."


class ClaimTopic(Term):
    """What a claim of the news report is about."""

    DATE = "date", "Date", "When it happened."
    PLACE = "place", "Place", "The area."
    VEHICLE = "vehicle", "Vehicle", "The jeep."
    SHOTS = "shots", "Shots", "Rounds fired."
    WOUNDS = "wounds", "Wounds", "Hits."
    VIOLATIONS = "violations", "Violations", "Breaches of the armistice."
    RESCUE = "rescue", "Rescue", "How he was fetched."
    MEDICAL = "medical", "Medical", "Operations and recovery."
    AGE = "age", "Age", "How old he was."
    AFTERMATH = "aftermath", "Aftermath", "What the commands did."
    HISTORY = "history", "History", "War and armistice."
    ARRIVALS = "arrivals", "Arrivals", "How many came South."
    ROUTES = "routes", "Routes", "How they came."


class PeriodPart(Term):
    """A part of a calendar year."""

    Q1 = "q1", "First quarter", "January to March."
    Q2 = "q2", "Second quarter", "April to June."
    Q3 = "q3", "Third quarter", "July to September."
    Q4 = "q4", "Fourth quarter", "October to December."
    H1 = "h1", "First half", "January to June."
    H2 = "h2", "Second half", "July to December."


class SplitStatus(Term):
    """Where the numbers of men and of women in a row come from."""

    PUBLISHED = "published", "Published", "Both numbers are printed by a source."
    DERIVED = "derived", "Derived", "At least one is a difference of published numbers."
    NOT_PUBLISHED = "not_published", "Not published", "No source seen gives men and women."


class ArrivalMeasure(Term):
    """What a count of arrivals in the South covers."""

    ARRIVALS = "arrivals", "Arrivals", "Arrived in the South within the period."
    RUNNING_TOTAL = (
        "running_total",
        "Running total",
        "Everyone who had arrived by the end of the period.",
    )


class RevisionStanding(Term):
    """How a published figure stands to the figures of today."""

    CURRENT = "current", "Current", "The value in force; equals the tables of arrivals."
    SUPERSEDED = "superseded", "Superseded", "Published once and replaced by another value since."
    OTHER_SPAN = (
        "other_span",
        "Another span",
        "Covers a span or a scope for which no current figure exists.",
    )
    MISPRINT = (
        "misprint",
        "Misprint",
        "A slip in print, kept because it is copied; never a figure of the ministry.",
    )


class ProfileDimension(Term):
    """By what the cumulative profile of arrivals is broken down."""

    SEX = "sex", "Sex", "Men and women, boys and girls included."
    AGE_AT_ARRIVAL = "age_at_arrival", "Age at arrival", "Age in years on arrival in the South."
    PROVINCE_OF_ORIGIN = (
        "province_of_origin",
        "Province of origin",
        "Province of the North they came from.",
    )
    OCCUPATION_IN_NORTH = (
        "occupation_in_north",
        "Occupation in the North",
        "Last occupation in the North.",
    )
    EDUCATION_IN_NORTH = (
        "education_in_north",
        "Education in the North",
        "Highest school attended in the North.",
    )
    RESIDENCE_IN_SOUTH = (
        "residence_in_south",
        "Residence in the South",
        "Province or large city of the South they live in.",
    )


class ProfileCategory(Term):
    """The groups of the cumulative profile, dimension by dimension."""

    MEN = "men", "Men", "Men and boys."
    WOMEN = "women", "Women", "Women and girls."
    AGE_0_9 = "age_0_9", "0-9", "Aged 0 to 9 on arrival."
    AGE_10_19 = "age_10_19", "10-19", "Aged 10 to 19 on arrival."
    AGE_20_29 = "age_20_29", "20-29", "Aged 20 to 29 on arrival."
    AGE_30_39 = "age_30_39", "30-39", "Aged 30 to 39 on arrival."
    AGE_40_49 = "age_40_49", "40-49", "Aged 40 to 49 on arrival."
    AGE_50_59 = "age_50_59", "50-59", "Aged 50 to 59 on arrival."
    AGE_60_UP = "age_60_up", "60 and over", "Aged 60 or more on arrival."
    NORTH_HAMGYONG = "north_hamgyong", "North Hamgyong", "Province of North Hamgyong."
    SOUTH_HAMGYONG = "south_hamgyong", "South Hamgyong", "Province of South Hamgyong."
    RYANGGANG = "ryanggang", "Ryanggang", "Province of Ryanggang."
    JAGANG = "jagang", "Jagang", "Province of Jagang."
    NORTH_PYONGAN = "north_pyongan", "North Pyongan", "Province of North Pyongan."
    SOUTH_PYONGAN = "south_pyongan", "South Pyongan", "Province of South Pyongan."
    PYONGYANG = "pyongyang", "Pyongyang", "City of Pyongyang."
    NAMPO = "nampo", "Nampo", "City of Nampo."
    KAESONG = "kaesong", "Kaesong", "City of Kaesong."
    KANGWON = "kangwon", "Kangwon", "Province of Kangwon."
    NORTH_HWANGHAE = "north_hwanghae", "North Hwanghae", "Province of North Hwanghae."
    SOUTH_HWANGHAE = "south_hwanghae", "South Hwanghae", "Province of South Hwanghae."
    PYONGAN_BOTH = "pyongan_both", "Pyongan, both", "North and South Pyongan printed as one."
    HWANGHAE_BOTH = "hwanghae_both", "Hwanghae, both", "North and South Hwanghae printed as one."
    ORIGIN_OTHER = "origin_other", "Other origin", "Other or not known, those born abroad included."
    MANAGER = "manager", "Management", "Managers and cadres, as the ministry groups them."
    PROFESSIONAL = "professional", "Professional", "Professions such as teaching and medicine."
    ARTS_SPORTS = "arts_sports", "Arts and sports", "Artists and athletes."
    SOLDIER = "soldier", "Military", "Served in the army or a security force."
    WORKER = "worker", "Worker", "Workers and farmers."
    SERVICE = "service", "Service", "Service trades."
    NO_OCCUPATION = (
        "no_occupation",
        "Unemployed or dependant",
        "Without work or supported by others.",
    )
    CHILD = "child", "Not applicable", "Children, to whom the question does not apply."
    PRESCHOOL = "preschool", "Preschool child", "Too young for any school."
    KINDERGARTEN = "kindergarten", "Kindergarten", "Kindergarten."
    PRIMARY_SCHOOL = "primary_school", "Primary school", "Primary school."
    MIDDLE_SCHOOL = (
        "middle_school",
        "Secondary school",
        "Secondary school, printed as middle school.",
    )
    JUNIOR_COLLEGE = "junior_college", "Junior college", "College of two or three years."
    UNIVERSITY = "university", "University", "University or higher."
    NO_SCHOOLING = "no_schooling", "No schooling", "Never went to school."
    EDUCATION_OTHER = "education_other", "Other or unknown", "Other schooling, or not known."
    SEOUL = "seoul", "Seoul", "City of Seoul."
    BUSAN = "busan", "Busan", "City of Busan."
    DAEGU = "daegu", "Daegu", "City of Daegu."
    INCHEON = "incheon", "Incheon", "City of Incheon."
    GWANGJU = "gwangju", "Gwangju", "City of Gwangju."
    DAEJEON = "daejeon", "Daejeon", "City of Daejeon."
    ULSAN = "ulsan", "Ulsan", "City of Ulsan."
    GYEONGGI = "gyeonggi", "Gyeonggi", "Province of Gyeonggi."
    GANGWON = "gangwon", "Gangwon", "Province of Gangwon."
    NORTH_CHUNGCHEONG = "north_chungcheong", "North Chungcheong", "Province of North Chungcheong."
    SOUTH_CHUNGCHEONG = (
        "south_chungcheong",
        "South Chungcheong",
        "Province of South Chungcheong; Sejong is counted here.",
    )
    NORTH_JEOLLA = "north_jeolla", "North Jeolla", "Province of North Jeolla."
    SOUTH_JEOLLA = "south_jeolla", "South Jeolla", "Province of South Jeolla."
    NORTH_GYEONGSANG = "north_gyeongsang", "North Gyeongsang", "Province of North Gyeongsang."
    SOUTH_GYEONGSANG = "south_gyeongsang", "South Gyeongsang", "Province of South Gyeongsang."
    JEJU = "jeju", "Jeju", "Province of Jeju."


class ProfilePopulation(Term):
    """Whom a row of the cumulative profile counts."""

    ALL_ARRIVALS = (
        "all_arrivals",
        "All arrivals",
        "Everyone who had arrived; most tables leave out those still in protection.",
    )
    ARRIVALS_SINCE_1998 = (
        "arrivals_since_1998",
        "Arrivals since 1998",
        "Only those who arrived from 1998 on.",
    )
    RESIDENTS = (
        "residents",
        "Residents",
        "Those living in the South, without the dead, the departed and those in protection.",
    )


class AsOfBasis(Term):
    """How the date of a cumulative figure is known."""

    PUBLISHED = "published", "Published", "Printed with the figure."
    INFERRED = "inferred", "Inferred", "Read from other figures or the date of publication."


class Coverage(Term):
    """Whether a printed list of groups is complete."""

    FULL_LIST = (
        "full_list",
        "Full list",
        "All groups of the breakdown are printed, as far as known.",
    )
    PARTIAL_LIST = (
        "partial_list",
        "Partial list",
        "Only some groups are printed; shares and sums are incomplete.",
    )


class OfficialBody(Term):
    """Whose figure an official total is."""

    JOINT_CHIEFS = (
        "joint_chiefs",
        "Joint Chiefs of Staff",
        "The Joint Chiefs of Staff of the South.",
    )
    DEFENCE_MINISTRY = (
        "defence_ministry",
        "Defence Ministry",
        "The Defence Ministry of the South, or the military without a closer name.",
    )
    UNIFICATION_MINISTRY = (
        "unification_ministry",
        "Unification Ministry",
        "The Ministry of Unification, or its forerunner, the Board.",
    )
    COAST_GUARD = "coast_guard", "Coast Guard", "The Coast Guard of the South."
    PRESS = (
        "press",
        "Press",
        "Counted by a newspaper or agency from announcements, not by an office.",
    )


class OfficialSeries(Term):
    """The release an official total belongs to; never join two of them into one line."""

    MND_1983 = (
        "mnd_1983",
        "Defence Ministry 1983",
        "Soldiers and civilians who escaped straight from the North since 1953; news of May 1983.",
    )
    MND_ANNOUNCED = (
        "mnd_announced",
        "Defence Ministry, with single cases",
        "Running counts that the ministry gave with the news of a crossing, 1979 to 1989.",
    )
    BOARD_1994 = (
        "board_1994",
        "Unification Board 1994",
        "Arrivals of all kinds since 1948, rounded, and a sample of about 200 of them.",
    )
    PRESS_COUNTS = (
        "press_counts",
        "Counts by the press",
        "Direct crossings that newspapers counted from announcements; gaps are likely.",
    )
    SOLDIERS_ANNOUNCED = (
        "soldiers_announced",
        "Announced soldiers",
        "Soldiers over the land line from 2012 on, counted from announcements of the South.",
    )
    JCS_2015 = (
        "jcs_2015",
        "Joint Chiefs 2015",
        "Crossed the line or the NLL, soldiers and civilians, 2010 to July 2015; to a lawmaker.",
    )
    JCS_2016 = (
        "jcs_2016",
        "Joint Chiefs 2016",
        "Came straight from the North, 2010 to August 2016; to a lawmaker.",
    )
    MILITARY_2017 = (
        "military_2017",
        "Military 2017",
        "Defected directly, all routes, 2015 to 2017; Defence Ministry and military.",
    )
    JCS_2017 = (
        "jcs_2017",
        "Joint Chiefs 2017",
        "Came straight from the North, 2015 to 21 December 2017; to a lawmaker.",
    )
    UNIFICATION_SEA_2017 = (
        "unification_sea_2017",
        "Sea arrivals, Ministry 2017",
        "Defected by sea and stayed, 2010 to 21 December 2017; a ministry official.",
    )
    COAST_GUARD_2019 = (
        "coast_guard_2019",
        "Coast Guard 2019",
        "Came south by sea, those who stayed and those who returned; to a lawmaker.",
    )
    UNIFICATION_RETURNS_2020 = (
        "unification_returns_2020",
        "Returns, Ministry 2020",
        "Crossed at sea and were sent back or allowed to stay, 2010 to 2019; to a lawmaker.",
    )
    UNIFICATION_BRIEFINGS = (
        "unification_briefings",
        "Ministry briefings",
        "Said at the yearly briefings on arrivals of 2024, 2025 and 2026.",
    )
    JCS_2025 = (
        "jcs_2025",
        "Joint Chiefs 2025",
        "Crossings announced in 2025, and troops who crossed the line and went back.",
    )


class OfficialMeasure(Term):
    """Whom or what an official total of direct crossings counts."""

    DIRECT_ALL = (
        "direct_all",
        "Direct, all",
        "Came straight from the North on any route, soldiers and civilians.",
    )
    DIRECT_LAND = (
        "direct_land",
        "Direct, land line",
        "Of the direct, those over the land line on foot.",
    )
    DIRECT_TRANSIT = (
        "direct_transit",
        "Direct, transit office",
        "Of the direct, those by the inter-Korean transit office.",
    )
    DIRECT_SEA = (
        "direct_sea",
        "Direct, sea",
        "Of the direct, those by sea or along the coast, who stayed.",
    )
    DIRECT_BOATS = (
        "direct_boats",
        "Direct, boats",
        "Boats that came straight over the NLL with people who stayed.",
    )
    DIRECT_SOLDIERS = "direct_soldiers", "Direct, soldiers", "Of the direct, soldiers on any route."
    SOLDIERS_LAND = (
        "soldiers_land",
        "Soldiers, land line",
        "Soldiers over the land line, the JSA included.",
    )
    DIRECT_CIVILIANS = (
        "direct_civilians",
        "Direct, civilians",
        "Of the direct, civilians by land or sea.",
    )
    DIRECT_CIVILIANS_SEA = (
        "direct_civilians_sea",
        "Direct, civilians by sea",
        "Of the direct, civilians by sea.",
    )
    DIRECT_TWENTIES = (
        "direct_twenties",
        "Direct, in their twenties",
        "Of the direct, people aged 20 to 29.",
    )
    UNDETECTED = (
        "undetected",
        "Not detected",
        "Of the direct, those whom no military post noticed first.",
    )
    UNDETECTED_REPORTED = (
        "undetected_reported",
        "Not detected, reported",
        "Of the undetected, those reported by residents or fishers.",
    )
    UNDETECTED_SELF = (
        "undetected_self",
        "Not detected, gave themselves up",
        "Of the undetected, those who reported themselves.",
    )
    WEST_SEA = "west_sea", "West Sea", "Defections on the West Sea (Yellow Sea)."
    SEA_ALL = (
        "sea_all",
        "Sea, stayed or returned",
        "Came south by sea, drifters who went home included.",
    )
    SEA_ALL_EAST = (
        "sea_all_east",
        "Sea, East Sea",
        "Of those who came south by sea, by the East Sea.",
    )
    SEA_ALL_WEST = (
        "sea_all_west",
        "Sea, West Sea",
        "Of those who came south by sea, by the West Sea.",
    )
    SEA_STAYED = "sea_stayed", "Sea, stayed", "Of those who came south by sea, those who stayed."
    SEA_RETURNED = (
        "sea_returned",
        "Sea, returned",
        "Of those who came south by sea, those who went back.",
    )
    SEA_RETURNED_PANMUNJOM = (
        "sea_returned_panmunjom",
        "Returned by Panmunjom",
        "Of those who went back, handed over at Panmunjom.",
    )
    SEA_RETURNED_AT_SEA = (
        "sea_returned_at_sea",
        "Returned at sea",
        "Of those who went back, let go or handed over at sea.",
    )
    ARRIVALS_ALL = (
        "arrivals_all",
        "Arrivals of all kinds",
        "Arrived in the South, direct and indirect.",
    )
    SAMPLE_SOLDIERS = (
        "sample_soldiers",
        "Soldiers in the sample",
        "Soldiers in a sample of about 200 arrivals.",
    )
    INCURSIONS = (
        "incursions",
        "Troops over the line and back",
        "Soldiers at work who crossed the line and went back; not defections.",
    )


class Unit(Term):
    """In what a value is counted."""

    PEOPLE = "people", "People", "Persons."
    INCIDENTS = "incidents", "Incidents", "Crossings, boats or cases."
    PEOPLE_PER_WEEK = "people_per_week", "People a week", "Persons a week."
    PEOPLE_PER_MONTH = "people_per_month", "People a month", "Persons a month."
    PEOPLE_PER_YEAR = "people_per_year", "People a year", "Persons a year."
    MONTHS = "months", "Months", "Months."
    PERCENT = "percent", "Percent", "Parts of a hundred of the base."
    RANK = "rank", "Rank", "Place in an order, 1 the largest."


class RouteMeasure(Term):
    """What a count or estimate by route or country is of."""

    ENTRIES_RECORDED = (
        "entries_recorded",
        "Entries recorded",
        "Entries without papers recorded or told by the authorities of the country.",
    )
    ENTRIES_ESTIMATED = (
        "entries_estimated",
        "Entries estimated",
        "Entries into the country as estimated by others.",
    )
    ENTRY_RATE = "entry_rate", "Rate of entries", "Entries in a week, a month or a year."
    ARRESTS = (
        "arrests",
        "Arrests",
        "Arrested or detained for entry or stay without papers, in the period.",
    )
    DETAINED = "detained", "In detention", "In detention at the time."
    MISSION_EXITS = (
        "mission_exits",
        "Let go through missions",
        "Reached the South, or were let go, through diplomatic missions.",
    )
    MISSION_ENTRIES = (
        "mission_entries",
        "Entries into missions",
        "Came to or into a diplomatic mission.",
    )
    MISSION_WAITING = (
        "mission_waiting",
        "Waiting in missions",
        "In the care of a mission at the time.",
    )
    AIRLIFT = "airlift", "Airlift", "Flown to the South at once by the government."
    PROCESSED = (
        "processed",
        "People processed",
        "Passed through the country with the knowledge of its government.",
    )
    ARRIVALS_FROM = (
        "arrivals_from",
        "Arrivals from there",
        "Reached the South from the country, or were admitted from it.",
    )
    STAY_ABROAD = (
        "stay_abroad",
        "Stay before arrival",
        "Mean or typical time in third countries before arrival in the South.",
    )
    STAYING = (
        "staying",
        "North Koreans staying there",
        "North Koreans in the country at the time, mostly without papers.",
    )
    EVER_CROSSED = (
        "ever_crossed",
        "Ever crossed",
        "People who ever crossed into the country in the period, stays of any length.",
    )
    FORCED_RETURNS = "forced_returns", "Forced returns", "Sent back to the North in the period."
    RETURNS_FROM_SOUTH = (
        "returns_from_south",
        "Returns from the South",
        "Arrivals who went back to the North, as far as known.",
    )
    DEPARTURES_FROM_SOUTH = (
        "departures_from_south",
        "Departures from the South",
        "Arrivals who left the South for third countries.",
    )
    RESIDENTS = "residents", "Residents", "Settled in the country at the time."
    REFUGEES_RESETTLED = (
        "refugees_resettled",
        "Refugees resettled",
        "Admitted as refugees in the period.",
    )
    REFUGEE_STOCK = (
        "refugee_stock",
        "Refugees, year end",
        "Refugees in the UNHCR statistics at the end of the year; a stock, not arrivals.",
    )
    ASYLUM_PENDING = (
        "asylum_pending",
        "Asylum pending, year end",
        "Asylum seekers waiting at the end of the year in the UNHCR statistics; a stock.",
    )
    ASYLUM_APPLICATIONS = (
        "asylum_applications",
        "Asylum applications",
        "Asked for asylum in the period.",
    )


class RoutePlace(Term):
    """Country or group of countries of a count or estimate."""

    CHINA = "china", "China", "China."
    CHINA_MISSIONS = "china_missions", "Missions in China", "Diplomatic missions in China."
    OWN_MISSIONS = (
        "own_missions",
        "Missions of the South",
        "Missions of the South in several countries, mostly in China.",
    )
    MONGOLIA = "mongolia", "Mongolia", "Mongolia."
    VIETNAM = "vietnam", "Vietnam", "Vietnam."
    LAOS = "laos", "Laos", "Laos."
    THAILAND = "thailand", "Thailand", "Thailand."
    CAMBODIA = "cambodia", "Cambodia", "Cambodia."
    RUSSIA = "russia", "Russia", "Russia."
    THIRD_COUNTRIES = "third_countries", "Third countries", "All third countries on the way."
    SOUTH_KOREA = "south_korea", "South Korea", "South Korea."
    JAPAN = "japan", "Japan", "Japan."
    UNITED_STATES = "united_states", "United States", "United States."
    CANADA = "canada", "Canada", "Canada."
    UNITED_KINGDOM = "united_kingdom", "United Kingdom", "United Kingdom."
    GERMANY = "germany", "Germany", "Germany."
    ALL_BUT_SOUTH_KOREA = (
        "all_but_south_korea",
        "All but South Korea",
        "All countries in the UNHCR statistics except South Korea.",
    )


class EstimateStanding(Term):
    """How far a published figure can be used."""

    STANDS = "stands", "Stands", "No contradiction seen; the limits of its kind remain."
    CONTESTED = (
        "contested",
        "Contested",
        "Another body gives another value for the same; use both, as a range.",
    )
    DOUBTFUL = "doubtful", "Doubtful", "Not credible or not explained; kept because it is quoted."


class ShareMeasure(Term):
    """What a share is a share of."""

    VIA_COUNTRY = (
        "via_country",
        "Came through a country",
        "Arrivals who came through the country last.",
    )
    VIA_COUNTRY_RANK = (
        "via_country_rank",
        "Rank of a country",
        "Place of the country among those that arrivals came through.",
    )
    HOME_PROVINCE = (
        "home_province",
        "From a home province",
        "People from the provinces; a stand-in for the stretch of border they crossed.",
    )
    STAY_ABROAD = (
        "stay_abroad",
        "Time in third countries",
        "People by the time spent abroad before arrival.",
    )


class ShareCategory(Term):
    """Country, provinces or length of stay that a share is given for."""

    THAILAND = "thailand", "Thailand", "Thailand."
    LAOS = "laos", "Laos", "Laos."
    CHINA = "china", "China", "China, no further stop named."
    NORTH_HAMGYONG = "north_hamgyong", "North Hamgyong", "Province of North Hamgyong."
    RYANGGANG = "ryanggang", "Ryanggang", "Province of Ryanggang."
    NORTH_HAMGYONG_RYANGGANG = (
        "north_hamgyong_ryanggang",
        "North Hamgyong and Ryanggang",
        "Both provinces.",
    )
    HAMGYONG_RYANGGANG = (
        "hamgyong_ryanggang",
        "Hamgyong and Ryanggang",
        "Both Hamgyong provinces and Ryanggang.",
    )
    NORTH_PYONGAN_JAGANG = "north_pyongan_jagang", "North Pyongan and Jagang", "Both provinces."
    STAY_UNDER_1_YEAR = "stay_under_1_year", "Under 1 year", "Less than a year."
    STAY_1_2_YEARS = "stay_1_2_years", "1-2 years", "One to two years."
    STAY_2_3_YEARS = "stay_2_3_years", "2-3 years", "Two to three years."
    STAY_3_4_YEARS = "stay_3_4_years", "3-4 years", "Three to four years."
    STAY_4_5_YEARS = "stay_4_5_years", "4-5 years", "Four to five years."
    STAY_5_6_YEARS = "stay_5_6_years", "5-6 years", "Five to six years."
    STAY_6_YEARS_UP = "stay_6_years_up", "6 years or more", "Six years or more."


class CostLeg(Term):
    """The part of the journey that a price is for."""

    RIVER_CROSSING = "river_crossing", "River crossing", "Over the Yalu or Tumen."
    NORTH_KOREA_TO_CHINA = (
        "north_korea_to_china",
        "Into China",
        "From a home in the North to a place in China.",
    )
    BORDER_TO_SHENYANG = "border_to_shenyang", "Border to Shenyang", "From the border to Shenyang."
    CHINA_TO_SOUTHEAST_ASIA = (
        "china_to_southeast_asia",
        "China to South-East Asia",
        "From China over a southern border.",
    )
    CHINA_TO_THAILAND = "china_to_thailand", "China to Thailand", "From China to Thailand."
    CHINA_TO_SOUTH_KOREA = (
        "china_to_south_korea",
        "China to South Korea",
        "From China to the South.",
    )
    LONG_OVERLAND = "long_overland", "Long overland route", "Over land through several countries."
    BY_AIR = "by_air", "By air", "Flight with false papers."
    WHOLE_JOURNEY = "whole_journey", "Whole journey", "From the North to the South."


class Currency(Term):
    """Currency of a price, ISO 4217."""

    CNY = "cny", "CNY", "Chinese yuan."
    KRW = "krw", "KRW", "South Korean won."
    USD = "usd", "USD", "United States dollar."


class BorderEventKind(Term):
    """In what way an event bears on the routes."""

    UPHEAVAL = "upheaval", "Upheaval", "Famine, war, change of rule, closure of borders."
    LAW = "law", "Law or policy", "A law, treaty, campaign or order that changes what is risked."
    ENFORCEMENT = "enforcement", "Enforcement", "Arrests, raids and deaths."
    BARRIER = "barrier", "Barrier", "Fences, posts, sensors."
    MISSION = "mission", "Diplomatic missions", "Entries into missions, or what closed them."
    TRANSIT = "transit", "Transit country", "A transit country opens, narrows or hands over."
    FORCED_RETURN = "forced_return", "Forced return", "A reported return to the North."
    PRICE = "price", "Price", "A jump in the price of the way."
    ARRIVALS = "arrivals", "Arrivals", "News on arrivals in the South."


class BlindKind(Term):
    """In what way the register cannot see a span of years."""

    NO_ROWS = "no_rows", "No rows", "No crossing is known, and nobody says that there was none."
    THIN = "thin", "Thin", "What is known was found by chance or against censorship."
    PARTIAL = "partial", "Partial", "The year is not over, or its reports are not collected."


class Country(Term):
    """Where a waypoint lies; the codes are those of the map layers (ISO 3166-1 alpha-3)."""

    PRK = "PRK", "North Korea", "Democratic People's Republic of Korea."
    KOR = "KOR", "South Korea", "Republic of Korea."
    BOTH_KOREAS = "both_koreas", "On the line", "Astride of the line between North and South."
    CHN = "CHN", "China", "Mainland of the People's Republic of China."
    HKG = "HKG", "Hong Kong", "Hong Kong, under Britain until 1997."
    RUS = "RUS", "Russia", "Russian Federation."
    MNG = "MNG", "Mongolia", "Mongolia."
    LAO = "LAO", "Laos", "Lao People's Democratic Republic."
    VNM = "VNM", "Vietnam", "Viet Nam."
    KHM = "KHM", "Cambodia", "Cambodia."
    MMR = "MMR", "Myanmar", "Myanmar."
    THA = "THA", "Thailand", "Thailand."
    PHL = "PHL", "Philippines", "Philippines."
    SGP = "SGP", "Singapore", "Singapore."
    ANYWHERE = "anywhere", "Anywhere", "Any country; the route has no fixed start."


class ConflictTable(Term):
    """The table that holds the record whose published values differ."""

    INCIDENTS = "incidents", "Register of incidents", "The record is an incident."
    JSA_FACTS_2017 = "jsa_facts_2017", "Facts of 2017", "The record is a fact of the crossing."
    JSA_GEOMETRY = "jsa_geometry", "Distances at Panmunjom", "The record is a distance or size."
    JSA_TIMELINE_2017 = "jsa_timeline_2017", "Timeline of 2017", "The record is a moment."


class ConflictField(Term):
    """What the published values of one record differ on."""

    EVENT_TYPE = "event_type", "Kind of event", "What kind of event it was; a value of EventType."
    INTENT = "intent", "Intent", "Whether the people meant to change sides."
    MOTIVE = "motive", "Motive", "Why they acted; the kind of event does not hang on it."
    FATE = "fate", "Fate", "What became of the people, where it is not known how it ended."
    DATE = "date", "Date", "Date of the event, as YYYY-MM-DD, YYYY-MM or YYYY."
    TIME = "time", "Clock time", "A clock time of the day, Korea Standard Time."
    DEPARTURE = "departure", "Departure", "When they set out."
    DURATION = "duration", "Duration", "How long something took."
    PLACE = "place", "Place", "Where it happened."
    DISTANCE = "distance", "Distance", "How far something was."
    PEOPLE = "people", "People counted", "The number in the column people of the register."
    ABOARD = "aboard", "People present", "Everyone aboard or present, whoever is counted."
    CAUGHT = "caught", "People caught", "Those of a group who were caught."
    STRENGTH = "strength", "Strength", "Number of troops."
    IDENTITY = "identity", "Who they were", "Occupation, kinship or part of those concerned."
    AFFILIATION = "affiliation", "Affiliation", "Who they were; a value of Affiliation."
    RANK = "rank", "Rank", "Military rank."
    FORMATION = "formation", "Formation", "Military unit."
    AGE = "age", "Age", "Age in years, however counted."
    MEANS = "means", "Means", "What carried them; a value of Means."
    VEHICLE = "vehicle", "Vehicle", "Which vehicle or vessel."
    WAY = "way", "Way", "How something was done."
    WEAPON = "weapon", "Weapon", "Whether and how somebody was armed."
    SHOTS_FIRED = "shots_fired", "Shots fired", "Whether shots fell; a value of ShotsFired."
    SHOTS_COUNT = "shots_count", "Rounds", "Number of rounds."
    WOUNDED = "wounded", "Wounded", "Number of people wounded."
    KILLED = "killed", "Killed", "Number of people killed."
    CAUSE = "cause", "Cause", "What caused a wound, a death or a noise."
    DETECTION = "detection", "Detection", "Who noticed or took them up, or how often."
    ORDER = "order", "Order", "The how manieth of its kind."
    SIZE = "size", "Size", "Size, weight or capacity."
    VALUE = "value", "Value of the fact", "The value of a fact; its label is in the other table."
    OTHER = "other", "Other", "Anything else; the topic says what."


class ConflictReason(Term):
    """What a published value rests on, in order of weight; the heaviest is chosen."""

    DECISION = "decision", "Decision", "A numbered decision prefers it."
    RECORDING = (
        "recording",
        "Recording",
        "Seen in a recording or photograph, or computed from values that are settled.",
    )
    FIRST_HAND = (
        "first_hand",
        "First hand",
        "Statement of the body or person with first-hand knowledge.",
    )
    INDEPENDENT = "independent", "Independent outlets", "Two or more outlets print it."
    AS_GATHERED = (
        "as_gathered",
        "As gathered",
        "Taken when the evidence was gathered and its sources were read side by side.",
    )
    NEAREST = (
        "nearest",
        "Nearest in time",
        "One outlet, the nearest to the event of those that differ.",
    )
    SINGLE = "single", "Single outlet", "One outlet or one side."
    REFERENCE = (
        "reference",
        "Reference",
        "Reference work, list, weblog or forum, written from others.",
    )
    UNTIED = (
        "untied",
        "Source not recorded",
        "Printed, but the evidence does not say by which source; never chosen.",
    )
    OUTDATED = "outdated", "Outdated", "First report, since corrected or refined; never chosen."
    REFUTED = (
        "refuted",
        "Refuted",
        "Slip of print or unit, or a claim that other evidence refutes; never chosen.",
    )


class CorrectionStatus(Term):
    """What became of a proposed correction."""

    APPLIED = "applied", "Applied", "The tables hold the new value."
    REJECTED = "rejected", "Rejected", "The tables hold the old value or another one."


class ExclusionKind(Term):
    """In what way something was left out."""

    MERGED = "merged", "Merged", "It stood twice and is kept once."
    WITHDRAWN = "withdrawn", "Withdrawn", "Its author took it back; the row says so."
    DROPPED = "dropped", "Dropped", "It is in no table."
    UNUSED_SOURCE = "unused_source", "Unused source", "Read, but it states nothing that is used."


class EvidenceTable(Term):
    """The table in which a piece of evidence on a claim stands."""

    JSA_FACTS_2017 = "jsa_facts_2017", "Facts of 2017", "A published value of a fact."
    JSA_TIMELINE_2017 = "jsa_timeline_2017", "Timeline of 2017", "A moment."
    INCIDENTS = "incidents", "Register of incidents", "An incident."
    ARRIVALS_ANNUAL = "arrivals_annual", "Arrivals by year", "A count of arrivals."
    OFFICIAL_TOTALS = "official_totals", "Official totals", "A total of direct crossings."
    ROUTE_SHARES = "route_shares", "Shares by route", "A published share."
    SOURCES = (
        "sources",
        "Document itself",
        "The document states it, and no other table has a row for that.",
    )


class Stance(Term):
    """How a piece of evidence stands to a claim."""

    SUPPORTS = "supports", "Says the same", "States what the claim states."
    QUALIFIES = (
        "qualifies",
        "Narrows it",
        "Leaves the claim possible, but states a range, a bound, less or a condition.",
    )
    CONTRADICTS = "contradicts", "Says otherwise", "States what excludes the claim."
    SET_ASIDE = (
        "set_aside",
        "Set aside",
        "A first report since corrected, or a slip of print: shown, not counted.",
    )


class Verdict(Term):
    """What becomes of a claim held against the data; computed, never typed."""

    HOLDS = (
        "holds",
        "Holds",
        "Two independent sources, or one at first hand, speak to it, and all say the same.",
    )
    RANGE = (
        "range",
        "Holds with a range",
        "As above, but some narrow it, or a single source says otherwise.",
    )
    DISPUTED = (
        "disputed",
        "Disputed",
        "Two or more independent sources say what excludes it, or none leaves it possible.",
    )
    UNCHECKED = (
        "unchecked",
        "Cannot be checked",
        "Fewer than two independent sources beside the report speak to it, and none at first hand.",
    )
