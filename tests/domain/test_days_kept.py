"""Two people on the hours of one immersion: each keeps the days that they changed."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.hours import parse_ranges
from connexion_desktop.domain.placement_hours import by_day, days_kept, to_slots, usual_week

_DAYS = tuple(date(2026, 5, 18) + timedelta(days=number) for number in range(5))
_HOURS = tuple(parse_ranges(typed) for typed in ("9h-12h", "13h-17h", "9h-12h / 13h-17h"))
_timetables = st.dictionaries(st.sampled_from(_DAYS), st.sampled_from(_HOURS)).map(to_slots)


def test_tuesday_of_one_and_thursday_of_the_other() -> None:
    seen = to_slots(dict.fromkeys(_DAYS, _HOURS[2]))
    mine = to_slots(by_day(seen) | {_DAYS[1]: _HOURS[0]})
    theirs = to_slots(by_day(seen) | {_DAYS[3]: _HOURS[1]})
    slots, week = days_kept(seen, mine, theirs, usual_week(mine))
    assert slots == to_slots(by_day(seen) | {_DAYS[1]: _HOURS[0], _DAYS[3]: _HOURS[1]})
    assert week == usual_week(slots)


@given(_timetables, _timetables, _timetables)
def test_a_day_is_mine_where_i_changed_it_and_theirs_elsewhere(seen, mine, theirs) -> None:  # type: ignore[no-untyped-def]
    kept = by_day(days_kept(seen, mine, theirs, usual_week(mine))[0])
    for day in _DAYS:
        before, after = (by_day(each).get(day, ()) for each in (seen, mine))
        expected = after if after != before else by_day(theirs).get(day, ())
        assert kept.get(day, ()) == expected
