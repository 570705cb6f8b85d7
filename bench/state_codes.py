"""Read the actor codes of PLOVER (ISO 3166-1 alpha-3, IGO, NGO) off the words of a party."""

from functools import cache

from wayout.vocab import read_vocab

# ISO 3166-1 alpha-2 -> alpha-3 where the latter is not in the knowledge files; source: ISO 3166-1.
_ALPHA3 = (
    "AD:AND AE:ARE AF:AFG AG:ATG AL:ALB AM:ARM AO:AGO AR:ARG AT:AUT AU:AUS AZ:AZE BA:BIH BB:BRB BD:BGD BE:BEL BF:BFA BG:BGR BH:BHR "
    "BI:BDI BJ:BEN BN:BRN BO:BOL BR:BRA BS:BHS BT:BTN BW:BWA BY:BLR BZ:BLZ CA:CAN CD:COD CF:CAF CG:COG CH:CHE CI:CIV CL:CHL CM:CMR "
    "CN:CHN CO:COL CR:CRI CU:CUB CV:CPV CY:CYP CZ:CZE DE:DEU DJ:DJI DK:DNK DM:DMA DO:DOM DZ:DZA EC:ECU EE:EST EG:EGY ER:ERI ES:ESP "
    "ET:ETH FI:FIN FJ:FJI FR:FRA GA:GAB GB:GBR GD:GRD GE:GEO GH:GHA GM:GMB GN:GIN GQ:GNQ GR:GRC GT:GTM GW:GNB GY:GUY HK:HKG HN:HND "
    "HR:HRV HT:HTI HU:HUN ID:IDN IE:IRL IL:ISR IN:IND IQ:IRQ IR:IRN IS:ISL IT:ITA JM:JAM JO:JOR JP:JPN KE:KEN KG:KGZ KH:KHM KM:COM "
    "KP:PRK KR:KOR KW:KWT KZ:KAZ LA:LAO LB:LBN LC:LCA LK:LKA LR:LBR LS:LSO LT:LTU LU:LUX LV:LVA LY:LBY MA:MAR MC:MCO MD:MDA ME:MNE "
    "MG:MDG MK:MKD ML:MLI MM:MMR MN:MNG MR:MRT MT:MLT MU:MUS MV:MDV MW:MWI MX:MEX MY:MYS MZ:MOZ NA:NAM NE:NER NG:NGA NI:NIC NL:NLD "
    "NO:NOR NP:NPL NZ:NZL OM:OMN PA:PAN PE:PER PG:PNG PH:PHL PK:PAK PL:POL PS:PSE PT:PRT PY:PRY QA:QAT RO:ROU RS:SRB RU:RUS RW:RWA "
    "SA:SAU SB:SLB SC:SYC SD:SDN SE:SWE SG:SGP SI:SVN SK:SVK SL:SLE SN:SEN SO:SOM SR:SUR SS:SSD SV:SLV SY:SYR SZ:SWZ TD:TCD TG:TGO "
    "TH:THA TJ:TJK TL:TLS TM:TKM TN:TUN TO:TON TR:TUR TT:TTO TW:TWN TZ:TZA UA:UKR UG:UGA US:USA UY:URY UZ:UZB VE:VEN VN:VNM VU:VUT "
    "WS:WSM YE:YEM ZA:ZAF ZM:ZMB ZW:ZWE XK:XKX"
)
_BODIES = {
    "IGO": ("United Nations", "U.N.", "UN", "European Community", "European Union", "EU", "NATO", "OSCE", "IAEA", "Arab League", "Red Cross", "EC", "African Union"),
    "NGO": ("Amnesty International", "Human Rights Watch"),
}  # fmt: skip


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """List names of states and bodies with their code, longest first."""
    codes = dict(pair.split(":") for pair in _ALPHA3.split())
    found: dict[str, str] = {name: code for code, names in _BODIES.items() for name in names}
    for state in read_vocab("countries.yaml")["countries"]:
        code = codes.get(state["iso2"])
        for name in (state["name"], *state["also"], *state["adjectives"], *state["people"], *state["capitals"]):
            if code:
                found.setdefault(name, code)
    return tuple(sorted(found.items(), key=lambda item: (-len(item[0]), item)))


def codes_in(words: str) -> set[str]:
    """Return the codes of the states and bodies that the words name."""
    found, rest = set(), f" {words} "
    for name, code in _names():
        place = rest.find(name)
        if place >= 0 and not rest[place - 1].isalnum() and not rest[place + len(name)].isalnum():
            found.add(code)
            rest = rest.replace(name, "~")
    return found
