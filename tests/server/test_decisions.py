"""What may be decided about a response as it stands, and where it leads: rules alone."""

import pytest
from werkzeug.datastructures import MultiDict

from server.reviews.decision_form import Asked, kept_place, read_asked
from server.reviews.decisions import (
    ACTIONS,
    DECIDED_AT_ONCE,
    REASON_CHARACTERS,
    Action,
    Decision,
    Seen,
    Standing,
    clean_words,
    hindrance,
    offered,
    state_before,
    state_of,
)

REASONS = {"place": "Say where it is."}


def standing(state: str = "received", *, rev: str = "r1", heads: int = 1, from_poster: bool = False) -> Standing:
    return Standing(
        response_id="one",
        head_rev=rev,
        heads=heads,
        state=state,
        neighbourhood_id="old-ford",
        from_poster=from_poster,
    )


def as_seen(state: str = "received", rev: str = "r1") -> Seen:
    return Seen(response_id="one", rev=rev, state=state)


def decision(action: Action, *, rev: str = "r1", reason: str = "", seq: int = 1) -> Decision:
    return Decision(
        review_id=f"d{seq}",
        seq=seq,
        response_id="one",
        rev=rev,
        action=action,
        reason=reason,
        person_id="amina",
        at="2026-11-20T12:00:00.000Z",
        undoes=None,
        batch_id=f"d{seq}",
    )


def asked(**form: str | list[str]) -> Asked | None:
    return read_asked(MultiDict(form), ready_words=REASONS)


@pytest.mark.parametrize("action", ACTIONS)
def test_what_is_as_it_was_seen_can_be_decided(action: Action) -> None:
    assert hindrance(as_seen(), standing(), action) is None


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (None, "unknown"),
        (standing("erased"), "gone"),
        (standing("withdrawn"), "gone"),
        (standing(rev="r2"), "changed"),
        (standing("approved"), "changed"),
    ],
)
def test_what_is_not_as_it_was_seen_is_left_alone(now: Standing | None, why: str) -> None:
    assert {hindrance(as_seen(), now, action) for action in ACTIONS} == {why}


def test_two_versions_are_not_approved_but_may_be_returned() -> None:
    assert hindrance(as_seen(), standing(heads=2), "approve") == "two-versions"
    assert hindrance(as_seen(), standing(heads=2), "return") is None


def test_a_resident_cannot_be_asked_again() -> None:
    assert hindrance(as_seen(), standing(from_poster=True), "return") == "nobody-to-ask"
    assert "return" not in offered("received", from_poster=True)


@pytest.mark.parametrize("state", ["received", "approved", "returned", "rejected"])
def test_every_other_state_is_on_offer_and_not_the_one_it_is_in(state: str) -> None:
    led_to = [state_of(action) for action in offered(state, from_poster=False)]
    assert sorted([*led_to, state]) == ["approved", "received", "rejected", "returned"]


@pytest.mark.parametrize("state", ["erased", "withdrawn"])
def test_nothing_is_on_offer_where_no_answer_is_left(state: str) -> None:
    assert offered(state, from_poster=False) == ()


def test_undoing_the_first_decision_leads_back_to_received() -> None:
    assert state_before(decision("approve"), []) == ("reopen", "")


def test_undoing_leads_back_to_the_decision_before_with_its_reason() -> None:
    before = decision("return", reason="Where?", seq=1)
    assert state_before(decision("approve", seq=2), [before]) == ("return", "Where?")


def test_a_decision_about_an_older_version_is_not_led_back_to() -> None:
    before = decision("return", rev="r0", reason="Where?", seq=1)
    assert state_before(decision("approve", seq=2), [before]) == ("reopen", "")


def test_a_reason_keeps_its_lines_and_loses_what_nobody_sees() -> None:
    assert clean_words("  One\r\ntwo\x00\x1b\rthree \u202eother ") == "One\ntwo\nthree \u202eother"


def test_a_ready_reason_and_own_words_go_together() -> None:
    read = asked(seen="one r1 received", action="return", ready="place", reason=" The choir. ")
    assert read is not None
    assert (read.reason, read.fault) == ("Say where it is. The choir.", None)


@pytest.mark.parametrize("form", [{}, {"action": "burn"}, {"action": ""}])
def test_what_names_no_decision_is_none(form: dict[str, str]) -> None:
    assert asked(**form) is None


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({"action": "approve"}, "nothing-chosen"),
        ({"action": "approve", "seen": "one r1"}, "nothing-chosen"),
        ({"action": "approve", "seen": [f"{n} r received" for n in range(DECIDED_AT_ONCE + 1)]}, "too-many"),
        ({"action": "approve", "seen": [f"{n} r received" for n in range(DECIDED_AT_ONCE)]}, None),
        ({"action": "return", "seen": "one r1 received"}, "no-reason"),
        ({"action": "return", "seen": "one r1 received", "ready": "unheard-of"}, "no-reason"),
        ({"action": "reject", "seen": "one r1 received", "reason": "x" * REASON_CHARACTERS}, None),
        ({"action": "reject", "seen": "one r1 received", "reason": "x" * (REASON_CHARACTERS + 1)}, "reason-too-long"),
    ],
)
def test_what_is_missing_or_too_much_is_said(form: dict[str, str | list[str]], fault: str | None) -> None:
    read = asked(**form)
    assert read is not None
    assert read.fault == fault


def test_the_same_response_twice_is_one() -> None:
    read = asked(action="approve", seen=["one r1 received", "one r1 received"])
    assert read is not None
    assert len(read.seen) == 1


def test_the_way_back_to_a_list_keeps_its_filters_and_no_tricks() -> None:
    query = "state=received&state=approved&text=a%20b&decided=x&triage=yes&_external=1&_scheme=http&endpoint=x"
    assert kept_place(query) == {"state": ["received", "approved"], "text": ["a b"]}
