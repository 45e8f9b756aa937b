"""What the model reads ahead while nobody waits, and how it gives way to a line."""

import time

import pytest

from interviewer.errors import ModelUnavailable
from interviewer.llm.endpoint import Endpoint
from tests.scripted_server import Drop, Hang, Reply, Status
from tests.test_model import ASKED, model, wait_until

__all__ = ["model"]

BEGINNING = [("system", "Write the next line."), ("user", "Question: what is faster? <answer>")]


def test_warming_reads_the_beginning_with_one_token(model, scripted_server):
    model.warm(BEGINNING)
    wait_until(lambda: scripted_server.warmings)
    assert scripted_server.warmings[0].messages == BEGINNING
    assert scripted_server.requests == []


def test_a_line_goes_before_a_warming_that_is_under_way(model, scripted_server):
    scripted_server.enqueue_warming(Hang())
    scripted_server.enqueue("How?")
    model.warm(BEGINNING)
    wait_until(lambda: scripted_server.warmings)
    assert "".join(model.stream([BEGINNING[0], ("user", BEGINNING[1][1] + "My cache.")])) == "How?"
    wait_until(lambda: scripted_server.hung_up == 1)
    time.sleep(0.1)
    assert len(scripted_server.warmings) == 1  # what the line contains need not be warmed afterwards


def test_a_warming_for_another_interview_is_taken_up_again_after_the_line(model, scripted_server):
    scripted_server.enqueue_warming(Hang())
    scripted_server.enqueue("How?")
    other = [("system", "Other rules."), ("user", "Hello")]
    model.warm(other)
    wait_until(lambda: scripted_server.warmings)
    list(model.stream(ASKED))
    wait_until(lambda: len(scripted_server.warmings) == 2)
    assert scripted_server.warmings[1].messages == other


def test_warming_waits_while_a_line_is_written_and_only_the_latest_wish_counts(model, scripted_server):
    scripted_server.enqueue(Reply(("How", "?"), delay=0.4))
    reply = model.stream(ASKED)
    next(reply)
    for number in range(5):
        model.warm([*BEGINNING, ("assistant", str(number))])
    time.sleep(0.1)
    assert scripted_server.warmings == []
    list(reply)
    wait_until(lambda: scripted_server.warmings)
    time.sleep(0.1)
    assert [r.messages[-1] for r in scripted_server.warmings] == [("assistant", "4")]


def test_a_warming_that_fails_harms_nothing(model, scripted_server):
    scripted_server.enqueue_warming(Status(500))
    scripted_server.enqueue("How?")
    model.warm(BEGINNING)
    wait_until(lambda: scripted_server.warmings)
    time.sleep(0.1)
    assert "".join(model.stream(ASKED)) == "How?"


def test_a_line_that_is_closed_while_it_waits_for_a_warming_to_end_leaves_warming_possible(model, scripted_server):
    scripted_server.enqueue_warming(Hang())
    scripted_server.default = "How?"
    model.warm(BEGINNING)
    wait_until(lambda: scripted_server.warmings)
    for _ in range(20):
        model.stream(ASKED).close()
    model.warm([("system", "Other rules.")])
    wait_until(lambda: scripted_server.warmings[-1].messages == [("system", "Other rules.")])


def test_a_server_elsewhere_is_not_paid_for_warming(model, scripted_server):
    model.endpoint = Endpoint("remote", host="llm.example.org", local=False)
    model.warm(BEGINNING)
    time.sleep(0.1)
    assert scripted_server.warmings == []


def test_llama_cpp_reads_its_own_line_in_afterwards_as_it_will_stand_in_the_next_prompt(started, scripted_server):
    scripted_server.llama = True
    scripted_server.enqueue("How?", Drop())
    model = started()
    list(model.stream(ASKED))
    wait_until(lambda: scripted_server.warmings)
    with pytest.raises(ModelUnavailable):
        list(model.stream(ASKED))
    time.sleep(0.1)
    read_in = [w.messages for w in scripted_server.warmings]  # twice, where the second line came before it was done
    assert read_in in ([once := [*ASKED, ("assistant", "How?")]], [once, once])
