"""A worker may die at any point of long work: no row is lost, and none is done twice."""

from agency.records.longwork.tests.doomed import DEAD, PARCELS, POINTS


def test_no_row_is_lost_or_done_twice_wherever_the_worker_dies(drill):
    found = drill("longwork.tests.doomed")
    assert found["codes"] == {point: 0 if point == "nowhere" else DEAD for point in POINTS}
    assert found["left"] == {
        "before the first step": 5,
        "in the middle of a step": 5,
        "before a step is counted": 5,
        "when a step is counted, before the commit": 5,
        "after the commit of a step": 4,
        "before the end is noted": 0,
        "when the end is noted, before the commit": 0,
        "after the end": 0,
        "nowhere": 0,
    }
    assert found["states"] == dict.fromkeys(POINTS, "done")
    assert found["counts"] == {point: [PARCELS - 1, 1] for point in POINTS}
    every = [f"{point} {number}" for point in POINTS for number in range(PARCELS)]
    assert found["told"] == sorted(every)
    assert found["ends"] == len(POINTS)
