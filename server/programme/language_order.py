"""The languages of a programme or a neighbourhood, in the order that pickers show them. Pure."""

from collections.abc import Sequence

__all__ = ["button_after", "rearranged"]

Languages = tuple[str, ...]


def rearranged(languages: Languages, press: str, *, offered: Sequence[str]) -> Languages:
    """Give the order after a button was pressed: `add:bn`, `remove:bn`, `up:bn` or `down:bn`.

    What cannot be done changes nothing: the last language stays, and only what is offered is added.
    """
    verb, _colon, language = press.partition(":")
    match verb:
        case "add" if language in offered and language not in languages:
            return (*languages, language)
        case "remove" if len(languages) > 1:
            return tuple(one for one in languages if one != language)
        case "up" | "down" if language in languages:
            return _moved(languages, language, by=-1 if verb == "up" else 1)
    return languages


def button_after(press: str, languages: Languages) -> str:
    """Give the button that the focus goes to once a list is shown again: the one pressed, or the nearest that works."""
    verb, _colon, language = press.partition(":")
    match verb:
        case "add" if len(languages) > 1:
            return f"up:{language}"
        case "remove":
            return f"add:{language}"
        case "up" if languages[:1] == (language,):
            return f"down:{language}"
        case "down" if languages[-1:] == (language,):
            return f"up:{language}"
        case "own" if len(languages) > 1:
            return f"down:{languages[0]}"
        case "programme":
            return "own"
    return press


def _moved(languages: Languages, language: str, *, by: int) -> Languages:
    place = languages.index(language)
    target = min(max(place + by, 0), len(languages) - 1)
    rest = [one for one in languages if one != language]
    return (*rest[:target], language, *rest[target:])
