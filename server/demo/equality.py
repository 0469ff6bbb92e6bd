"""What made-up people answer to the equality questions, if they want to. Who speaks what is made up too. Pure."""

from collections.abc import Mapping
from typing import Final

from server.demo.answering import Conversation, find

__all__ = ["answer_equality"]

WILLING: Final = 0.6
"""The share of people who answer the equality questions."""
LEAVES_OUT: Final = 0.15
"""The share of questions that they leave out all the same."""

ALWAYS: Final = ("age_band", "sex", "gender_same", "condition", "managing", "work_status")
BACKGROUNDS: Final[Mapping[str, tuple[tuple[str, str, str], ...]]] = {
    "en": (
        ("white", "white_british", "english"),
        ("black", "black_caribbean", "english"),
        ("asian", "asian_bangladeshi", "english"),
        ("mixed", "mixed_white_caribbean", "english"),
        ("white", "white_other", "polish"),
        ("white", "white_british", "bsl"),
    ),
    "bn": (("asian", "asian_bangladeshi", "bengali"),),
    "ar": (("other", "other_arab", "arabic"), ("black", "black_african", "arabic")),
}
"""By language of the interview: ethnic group, background within it, main language."""


def answer_equality(talk: Conversation) -> None:
    """Answer the equality block or skip it, as the person likes."""
    block = find(talk.response.root, "equality")
    willing = talk.chance.random() < WILLING
    talk.answer(block, "equality_why/equality_willing", "yes" if willing else "no")
    if willing:
        answer_questions(talk)


def answer_questions(talk: Conversation) -> None:
    """Answer one by one, with some left out; second steps only where the first one leads to them."""
    person = find(talk.response.root, "equality/about_person")
    first = {name: talk.choose(person, name) for name in ALWAYS if talk.chance.random() > LEAVES_OUT}
    if first.get("condition") == "yes":
        talk.choose(person, "condition_effect")
    if first.get("work_status") in ("employed", "self_employed"):
        talk.choose(person, "public_facing")
    group, background, language = talk.chance.choice(BACKGROUNDS[talk.language])
    talk.answer(person, "ethnic_group", group)
    talk.answer(person, f"ethnic_{group}", background)
    talk.answer(person, "main_language", language)
    if language != "english":
        talk.choose(person, "english_spoken")
