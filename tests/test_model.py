"""The model object against a scripted server: lines, time limits, every fault, and what the user is told."""

import gc
import threading
import time
from typing import Literal

import pytest
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from pydantic import BaseModel

from interviewer.errors import BadInput, ModelUnavailable
from interviewer.llm import model as model_module
from interviewer.llm.model import Model
from interviewer.settings import Settings
from tests.conftest import SCRIPTED_KEY as KEY
from tests.scripted_server import EMPTY, Drop, Garbage, Hang, Reply, Status

ASKED = [("system", "Write the next line."), ("user", "I made it faster.")]


class Verdict(BaseModel):
    reason: str
    answer: Literal["yes", "no"]


@pytest.fixture
def model(started, scripted_server):
    model = started()
    assert model.ready, model.status
    return model


def wait_until(true, seconds=3.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def test_a_line_arrives_delta_by_delta_with_its_usage(model, scripted_server):
    scripted_server.enqueue(["How ", "much ", "faster?"])
    reply = model.stream(ASKED, max_tokens=30)
    assert list(reply) == ["How ", "much ", "faster?"]
    assert reply.usage == model.last_usage
    assert (reply.usage.prompt, reply.usage.cached, reply.usage.completion) == (8, 0, 3)
    assert reply.usage.finish == "stop"


def test_an_append_only_turn_shows_its_cached_tokens(model, scripted_server):
    scripted_server.enqueue("How much?", "And why?")
    first = "".join(model.stream(ASKED))
    list(model.stream([*ASKED, ("assistant", first), ("user", "By a third.")]))
    assert (model.last_usage.prompt, model.last_usage.cached) == (13, 10)


def test_what_goes_over_the_wire(model, scripted_server):
    scripted_server.enqueue("How?")
    list(model.stream(ASKED, grammar='root ::= "How?"', max_tokens=33, temperature=0.1, stop=["\n"], seed=7))
    body = scripted_server.requests[0].body
    assert scripted_server.requests[0].messages == ASKED
    assert (body["model"], body["max_tokens"], body["temperature"], body["seed"]) == ("scripted", 33, 0.1, 7)
    assert body["stop"] == ["\n"]
    assert body["stream_options"] == {"include_usage": True}
    assert not {"grammar", "cache_prompt", "id_slot", "max_completion_tokens"} & set(body)


def test_a_llama_cpp_server_gets_the_grammar_and_keeps_its_own_slots(started, scripted_server):
    scripted_server.llama = True
    scripted_server.enqueue("How?")
    list(started().stream(ASKED, grammar='root ::= "How?"'))
    body = scripted_server.requests[0].body
    assert (body["grammar"], body["cache_prompt"]) == ('root ::= "How?"', True)
    assert "id_slot" not in body


def test_langchain_messages_are_the_same_as_pairs(model, scripted_server):
    scripted_server.enqueue("How?")
    list(model.stream([SystemMessage("Rules."), HumanMessage("Hello"), AIMessage("Hi"), HumanMessage("So")]))
    assert scripted_server.requests[0].messages == [
        ("system", "Rules."),
        ("user", "Hello"),
        ("assistant", "Hi"),
        ("user", "So"),
    ]


def test_a_parameter_that_a_model_refuses_is_left_out_from_then_on(model, scripted_server):
    scripted_server.enqueue(Status(400, "Unsupported value", "unsupported_value", "temperature"), "How?", "Why?")
    assert "".join(model.stream(ASKED)) == "How?"
    assert "".join(model.stream(ASKED)) == "Why?"
    assert ["temperature" in r.body for r in scripted_server.requests] == [True, False, False]


def test_a_structured_answer_can_do_without_a_refused_parameter_too(model, scripted_server):
    refusal = Status(400, "Unsupported value", "unsupported_value", "temperature")
    scripted_server.enqueue(refusal, {"reason": "It says so.", "answer": "yes"}, refusal)
    assert model.ask(ASKED, Verdict).answer == "yes"
    with pytest.raises(ModelUnavailable):
        model.ask(ASKED, Verdict)


FAULTS = {
    "wrong key": (Status(401, f"Incorrect API key provided: {KEY}"), "refused the key. Check OPENAI_API_KEY", "failed"),
    "forbidden": (Status(403), "refused the key", "failed"),
    "unknown model": (Status(404), "does not know the model 'scripted'. Check INTERVIEWER_MODEL", "failed"),
    "too many": (Status(429), "takes no more requests for now", "ready"),
    "no credit": (Status(429, error_code="insufficient_quota"), "no credit left", "failed"),
    "too long": (Status(400, "the request exceeds the available context size"), "cannot read that much", "ready"),
    "bad request": (Status(400), "failed with status 400", "ready"),
    "unprocessable": (Status(422), "failed with status 422", "ready"),
    "conflict": (Status(409), "failed with status 409", "ready"),
    "server error": (Status(500), "failed with status 500", "ready"),
    "overloaded": (Status(503), "failed with status 503", "ready"),
    "reset": (Drop(), "broke off in the middle", "ready"),
    "cut off politely": (Reply(("What did ",), finish=None), "broke off in the middle", "ready"),
    "reset at once": (Drop(after=()), "broke off in the middle", "ready"),
    "empty": (EMPTY, "wrote nothing", "ready"),
    "only spaces": (["  ", "\n"], "wrote nothing", "ready"),
    "declined": (Reply((), finish="content_filter"), "declined", "ready"),
    "no json": (Garbage(), "cannot be read", "ready"),
    "other json": (Garbage('data: {"choices": [{"surprise": 1}]}\n\n'), "cannot be read", "ready"),
    "a list": (Garbage("data: [1, 2]\n\n"), "cannot be read", "ready"),
    "a page": (Garbage("<html>502</html>"), "cannot be read", "ready"),
    "error event": (Garbage('data: {"error": {"message": "out of memory"}}\n\n'), "cannot be read", "ready"),
    "null choices": (Garbage('data: {"choices": null}\n\n'), "broke off", "ready"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_one_sentence_without_the_key(model, scripted_server, name):
    fault, sentence, state = FAULTS[name]
    scripted_server.enqueue(fault)
    with pytest.raises(ModelUnavailable) as caught:
        list(model.stream(ASKED))
    assert sentence in str(caught.value)
    assert KEY not in str(caught.value) + str(model.status)
    assert model.status.state == state
    assert (model.status.detail == str(caught.value)) is (state == "failed")


@pytest.mark.parametrize("name", sorted(set(FAULTS) - {"cut off politely", "a page"}))
def test_every_fault_of_a_structured_answer_is_one_sentence_too(model, scripted_server, name):
    scripted_server.enqueue(FAULTS[name][0])
    with pytest.raises(ModelUnavailable) as caught:
        model.ask(ASKED, Verdict)
    assert KEY not in str(caught.value)


def test_text_before_the_connection_broke_is_handed_on_first(model, scripted_server):
    scripted_server.enqueue(Drop(after=("What ", "did ")))
    reply = model.stream(ASKED)
    assert [next(reply), next(reply)] == ["What ", "did "]
    with pytest.raises(ModelUnavailable):
        next(reply)


@pytest.mark.parametrize(
    "step",
    [Hang(), Hang(after=("What ",)), Reply(tuple("many small words"), delay=0.2)],
    ids=["silent", "stuck", "slow"],
)
def test_the_time_limit_is_for_the_whole_line_and_ends_it_on_the_server(started, scripted_server, step):
    model = started(model_timeout=0.6)
    scripted_server.enqueue(step)
    began = time.monotonic()
    with pytest.raises(ModelUnavailable, match=r"took too long.*INTERVIEWER_MODEL_TIMEOUT"):
        list(model.stream(ASKED))
    assert 0.5 < time.monotonic() - began < 1.5
    assert model.status.state == "ready"
    wait_until(lambda: scripted_server.hung_up == 1)


def test_closing_a_line_ends_it_on_the_server(model, scripted_server):
    scripted_server.enqueue(Hang(after=("What ",)))
    reply = model.stream(ASKED)
    assert next(reply) == "What "
    reply.close()
    assert list(reply) == []
    wait_until(lambda: scripted_server.hung_up == 1)


def test_a_line_that_is_dropped_halfway_ends_on_the_server(model, scripted_server):
    scripted_server.enqueue(Hang(after=("What ",)))
    for _ in model.stream(ASKED):
        break
    gc.collect()
    wait_until(lambda: scripted_server.hung_up == 1)


def test_two_lines_at_once_do_not_mix(model, scripted_server):
    scripted_server.enqueue(Reply(tuple("aaaa"), delay=0.05), Reply(tuple("bbbb"), delay=0.05))
    one, other = model.stream(ASKED), model.stream(ASKED)
    assert {"".join(one), "".join(other)} == {"aaaa", "bbbb"}


def test_a_structured_answer_is_validated_and_not_streamed(model, scripted_server):
    scripted_server.enqueue({"reason": "It says so.", "answer": "yes"})
    assert model.ask(ASKED, Verdict) == Verdict(reason="It says so.", answer="yes")
    body = scripted_server.requests[0].body
    assert body["response_format"]["type"] == "json_schema"
    assert not body.get("stream")
    assert (body["max_tokens"], body["temperature"]) == (400, 0.0)


@pytest.mark.parametrize(
    "said", ["It is good.", '{"reason": "x", "answer": "perhaps"}', '{"reason": "x"', "[]", "null"]
)
def test_an_answer_in_another_form_is_no_answer(model, scripted_server, said):
    scripted_server.enqueue([said])
    with pytest.raises(ModelUnavailable, match="form"):
        model.ask(ASKED, Verdict)


def test_an_answer_that_was_cut_at_its_length_is_no_answer(model, scripted_server):
    scripted_server.enqueue(Reply(('{"reason": "because',), finish="length"))
    with pytest.raises(ModelUnavailable):
        model.ask(ASKED, Verdict)


def test_the_time_limit_holds_for_a_structured_answer(started, scripted_server):
    scripted_server.enqueue(Hang())
    with pytest.raises(ModelUnavailable, match="too long"):
        started(model_timeout=0.4).ask(ASKED, Verdict)


# Status


def test_without_a_model_everything_says_so_and_nothing_starts(home):
    model = Model(Settings(model="none"))
    model.start()
    assert model.wait(1).state == "off"
    assert not model.ready
    assert "rubric" in model.status.detail
    with pytest.raises(ModelUnavailable, match="rubric"):
        model.stream(ASKED)
    with pytest.raises(ModelUnavailable):
        model.ask(ASKED, Verdict)
    model.warm(ASKED)
    model.close()


def test_a_line_before_the_start_is_refused(home, scripted_server):
    with pytest.raises(ModelUnavailable):
        Model(Settings(openai_base_url=scripted_server.url)).stream(ASKED)


def test_starting_never_blocks(home, monkeypatch):
    going_on = threading.Event()
    monkeypatch.setattr(model_module, "ensure", lambda *_: going_on.wait(10))
    model = Model(Settings())
    began = time.monotonic()
    model.start()
    model.start()
    assert time.monotonic() - began < 0.5
    assert model.status.state == "loading"
    assert model.wait(0.1).state == "loading"
    model.close()
    going_on.set()


def test_the_first_listed_model_is_asked_where_none_is_named(started, scripted_server):
    scripted_server.models = ("first", "second")
    assert started().status.model == "first"
    assert started(model="second").status.model == "second"


def test_a_server_without_models_asks_for_a_name(started, scripted_server):
    scripted_server.models = ()
    assert "INTERVIEWER_MODEL" in started().status.detail


def test_a_wrong_key_is_found_at_the_start(started, scripted_server):
    scripted_server.api_key = "another"
    status = started().status
    assert status.state == "failed"
    assert "OPENAI_API_KEY" in status.detail
    assert KEY not in status.detail


def test_nobody_at_the_address_is_found_at_the_start(started, closed_port):
    status = started(openai_base_url=f"http://127.0.0.1:{closed_port}/v1").status
    assert status.state == "failed"
    assert f"127.0.0.1:{closed_port} cannot be reached" in status.detail


def test_a_server_that_is_busy_at_first_is_asked_again(started, scripted_server):
    scripted_server.busy_listings = 2
    assert started().ready


def test_a_failed_server_is_looked_at_again_without_making_anybody_wait(started, scripted_server, monkeypatch):
    monkeypatch.setattr(model_module, "RECHECK_SECONDS", 0.0)
    scripted_server.enqueue(Status(401), "How?")
    model = started()
    for _ in range(2):
        with pytest.raises(ModelUnavailable, match="refused the key"):
            list(model.stream(ASKED))
    wait_until(lambda: model.ready)
    assert "".join(model.stream(ASKED)) == "How?"


def test_only_a_server_elsewhere_is_named_as_remote(home, scripted_server):
    assert Model(Settings(openai_base_url=scripted_server.url)).status.remote_host is None
    assert Model(Settings(openai_api_key=KEY)).status.remote_host == "api.openai.com"
    assert Model(Settings()).status.remote_host is None


def test_progress_is_told_while_waiting(home, monkeypatch):
    def ensure(settings, report, cancelled):
        for step in range(3):
            report(step / 2, f"step {step}")
            time.sleep(0.05)
        raise ModelUnavailable("The language model could not be fetched: no network.")

    monkeypatch.setattr(model_module, "ensure", ensure)
    model = Model(Settings())
    model.start()
    told = []
    status = model.wait(5, lambda fraction, text: told.append(text))
    assert (status.state, status.detail) == ("failed", "The language model could not be fetched: no network.")
    assert "step 2" in told
    with pytest.raises(ModelUnavailable, match="no network"):
        model.stream(ASKED)
    model.close()


def test_an_unexpected_error_in_the_background_is_a_status_too(home, monkeypatch):
    monkeypatch.setattr(model_module, "ensure", lambda *_: 1 / 0)
    model = Model(Settings())
    model.start()
    assert model.wait(5).state == "failed"
    assert "ZeroDivisionError" in model.status.detail
    model.close()


def test_a_model_file_that_is_missing_is_bad_input_before_anything_starts(home, tmp_path):
    with pytest.raises(BadInput, match="INTERVIEWER_MODEL_PATH"):
        Model(Settings(model_path=tmp_path / "none.gguf"))


def test_closing_ends_a_line_that_somebody_waits_for(model, scripted_server):
    scripted_server.enqueue(Hang(after=("What ",)))
    reply = model.stream(ASKED)
    next(reply)
    threading.Timer(0.2, model.close).start()
    with pytest.raises(ModelUnavailable, match="stopped"):
        next(reply)
    wait_until(lambda: model.status.state == "off")
    model.close()


def test_no_tracing_of_other_programs_carries_an_interview_away(model, scripted_server, monkeypatch, no_network):
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "k")
    scripted_server.enqueue("How?")
    assert "".join(model.stream(ASKED)) == "How?"
    time.sleep(0.5)
    assert no_network == []
