"""Countries as given on the command line: codes of two or three letters, or names."""

from collections.abc import Sequence

import typer


def country_codes(names: Sequence[str], option: str = "--country") -> tuple[str, ...]:
    """
    Read the values of an option that names countries.

    Parameters
    ----------
    names
        ISO 3166-1 codes of two or three letters, or names.
    option
        The option, for the message.

    Returns
    -------
    codes
        ISO 3166-1 alpha-2, in order, without repeats.

    Raises
    ------
    typer.BadParameter
        If one is not known.
    """
    if not names:
        return ()
    from wayout.cli.users_gazetteer import users_gazetteer
    from wayout.locate.tables import read_countries

    codes: list[str] = []
    for name in names:
        found = read_countries(name, users_gazetteer())
        if not found:
            raise typer.BadParameter(
                f"{name!r} is no country; give a code such as ML or MLI, or a name", param_hint=f"'{option}'"
            )
        codes += found
    return tuple(dict.fromkeys(codes))
