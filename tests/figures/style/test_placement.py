"""Words find a place where they cover neither lines nor one another."""

from __future__ import annotations

import numpy as np

from se_viz.figures.style.placement import LETTER, LINE, Room, Spot, around


def test_words_stand_above_their_point_where_nothing_is():
    room = Room(200, 100)
    spot = room.put("88.8", 100, 50)
    assert spot.right == 0
    assert spot.up > LINE / 2


def test_they_give_way_to_a_line():
    room = Room(200, 100)
    room.draw(np.array([0.0, 200.0]), np.array([65.0, 65.0]))
    assert room.put("88.8", 100, 50).up < 0


def test_they_give_way_to_one_another():
    room = Room(200, 100)
    first, second = (room.put("88.8", 100, 50) for _ in range(2))
    apart_x, apart_y = abs(first.right - second.right), abs(first.up - second.up)
    assert apart_x >= 4 * LETTER or apart_y >= LINE


def test_they_stay_in_the_panel():
    assert Room(200, 100).put("88.8", 100, 98).up <= 0
    corner = Room(200, 100).put("88.8", 199, 99)
    assert corner.right < 0


def test_of_equal_spots_the_first_is_taken_and_gaps_are_no_line():
    room = Room(200, 100)
    room.draw(np.array([0.0, np.nan]), np.array([np.nan, 5.0]))
    assert not len(room.inked)
    spots = [Spot(0, 20), Spot(0, -20)]
    assert room.put("a", 100, 50, spots) is spots[0]
    assert len(around(10, 5)) == 32
