"""A worker may die at any point: no effect is lost, and a replay carries the same key."""

from collections import Counter

from agency.records.outbox.models import Effect
from agency.records.outbox.tests.doomed import DEAD, POINTS

WAITING, RUNNING, DONE = Effect.State.WAITING, Effect.State.RUNNING, Effect.State.DONE


def test_no_effect_is_lost_wherever_its_worker_dies(drill, tmp_path):
    found = drill("outbox.tests.doomed", str(tmp_path / "notebook"))
    assert found["codes"] == {point: 0 if point == "nowhere" else DEAD for point in POINTS}
    assert found["after_deaths"] == {
        "before the claim": WAITING,
        "after the claim": RUNNING,
        "before the effect": RUNNING,
        "in the middle of the effect": RUNNING,
        "after the effect": RUNNING,
        "before it is noted": RUNNING,
        "after it is noted": DONE,
        "nowhere": DONE,
    }
    assert found["in_the_end"] == dict.fromkeys(POINTS, DONE)
    assert Counter(found["arrived"]) == {
        "before the claim": 1,
        "after the claim": 1,
        "before the effect": 1,
        "in the middle of the effect": 2,
        "after the effect": 2,
        "before it is noted": 2,
        "after it is noted": 1,
        "nowhere": 1,
    }


def test_a_real_worker_is_killed_and_its_successor_sends_the_rest(drill):
    found = drill("outbox.tests.worked")
    assert found["sent_before_the_death"] > 0
    assert found["left_by_the_death"] > 0
    assert found["states"] == {DONE: found["asked"]}
    assert found["received"] == list(range(found["asked"]))
