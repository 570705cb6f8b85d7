"""UCDP's precision classes in words."""

PREC_WORDS = {
    1: "an exact place",
    2: "near a known place, within about 25 km",
    3: "a second-order division (district)",
    4: "a first-order division (province, state, governorate)",
    5: "a line or an area without firm edges",
    6: "a country or more",
    7: "international waters or airspace",
}
"""UCDP GED codebook, where_prec."""
