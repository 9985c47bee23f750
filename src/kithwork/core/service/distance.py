"""How far apart two places are."""

from math import asin, cos, radians, sin, sqrt

_EARTH_KM = 6371.0


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The way as the crow flies, by the haversine formula on a sphere: within half a per cent of the truth.

    Degrees in, kilometres out.
    """
    north, east = radians(other_lat - lat), radians(other_lon - lon)
    part = sin(north / 2) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(east / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, part)))
