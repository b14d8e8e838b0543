"""Pieces of work done by this process or by others: the same results, in the order of what was asked."""

import multiprocessing
import os
from functools import partial

from dateline.runners.hands import Hands


def square(n: int) -> int:
    return n * n


def only_at_home(home: int, n: int) -> int:
    """Ends any process but one."""
    if os.getpid() != home:
        os._exit(1)
    return n


def test_many_processes_give_what_one_gives() -> None:
    with Hands(1) as one, Hands(2) as two:
        assert list(two(square, range(20))) == list(one(square, range(20))) == [n * n for n in range(20)]


def test_one_pair_of_hands_is_this_process_which_takes_one_piece_at_a_time() -> None:
    numbers = iter(range(3))
    with Hands(1) as hands:
        assert next(hands(square, numbers)) == 0
        assert list(numbers) == [1, 2]
        assert not multiprocessing.active_children()


def test_where_processes_die_this_one_does_the_rest() -> None:
    with Hands(2) as hands:
        assert list(hands(partial(only_at_home, os.getpid()), range(6))) == list(range(6))
