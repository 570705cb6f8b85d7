"""Which addresses a fetch may connect to: those of the public internet, and no others."""

import ipaddress
import socket

from wayout.errors import SourceError

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""Well-known prefix of RFC 6052: the last 32 bits are the IPv4 address that is really reached."""


def resolve_public(host: str, port: int, *, allow_loopback: bool = False) -> tuple[str, ...]:
    """
    Resolve a host name to addresses that are all public.

    Parameters
    ----------
    host, port
        Where a connection is wanted.
    allow_loopback
        Let this machine's own addresses through.

    Returns
    -------
    addresses
        IP addresses, in the resolver's order.

    Raises
    ------
    SourceError
        If the name is not known, or any of its addresses is private, local, reserved or multicast: a host that answers
        with both kinds is a trap.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(f"the host name {host} is not known; check the address and the network") from error
    addresses = tuple(dict.fromkeys(str(info[4][0]) for info in found))
    for address in addresses:
        if not is_public(address, allow_loopback=allow_loopback):
            raise SourceError(
                f"{host} is at {address}, which is not a public address; only public web pages are fetched: "
                "save the page as a file and give that"
            )
    return addresses


def is_public(address: str, *, allow_loopback: bool = False) -> bool:
    """
    Tell whether an IP address belongs to the public internet.

    Addresses that carry another one inside (IPv4-mapped, 6to4, Teredo, NAT64) are judged by what they carry too.

    Examples
    --------
    >>> is_public("93.184.215.14"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        carried = [i for i in inner if i is not None]
        if carried:
            return all(is_public(str(i), allow_loopback=allow_loopback) for i in carried)
    if allow_loopback and ip.is_loopback:
        return True
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
