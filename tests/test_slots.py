"""Which slot of the embedded server a prompt goes to."""

from interviewer.llm.slots import Slots, shared, starts_with

RULES = [("system", "rules " * 500)]


def interview(name, answers):
    return [*RULES, ("user", " ".join(f"{name} answer {n} " * 80 for n in range(answers)))]


def said(slots, messages, written="What?"):
    number = slots.take(messages)
    slots.release(number, written=written)
    return number


def test_a_follow_up_goes_where_its_beginning_is():
    slots = Slots(2)
    first = said(slots, interview("Ada", 1), "What did you measure?")
    follow_up = [*interview("Ada", 1), ("assistant", "What did you measure?"), ("user", "Losses fell.")]
    assert said(slots, follow_up) == first


def test_a_second_interview_leaves_the_first_ones_slot_alone():
    slots = Slots(2)
    ada = said(slots, interview("Ada", 2))
    grace = said(slots, interview("Grace", 2))
    assert ada != grace
    assert [said(slots, interview("Ada", 3)), said(slots, interview("Grace", 3))] == [ada, grace]


def test_a_third_interview_takes_the_slot_that_was_idle_longest():
    slots = Slots(2)
    ada, grace = said(slots, interview("Ada", 2)), said(slots, interview("Grace", 2))
    said(slots, interview("Ada", 3))
    assert said(slots, interview("Edsger", 2)) == grace != ada


def test_a_slot_in_use_is_left_to_its_user_while_another_is_idle():
    slots = Slots(2)
    assert slots.take(interview("Ada", 1)) != slots.take(interview("Ada", 1))


def test_an_exchanged_instruction_at_the_end_does_not_move_an_interview():
    slots = Slots(2)
    first = said(slots, [*interview("Ada", 1)[:-1], ("user", "Losses fell. Ask for: the number")], "By how much?")
    assert said(slots, [*interview("Ada", 1)[:-1], ("user", "Losses fell. By a third. Ask for: the cause")]) == first


def test_a_prompt_whose_reading_was_broken_off_goes_on_there_but_is_not_relied_on():
    slots = Slots(2)
    for number in (slots.take(RULES), slots.take_empty(RULES)):
        slots.release(number, whole=True)
    begun = slots.take(interview("Ada", 2))
    slots.release(begun)
    assert not slots.hold(interview("Ada", 1))
    assert slots.take(interview("Ada", 3)) == begun


def test_a_broken_off_copy_does_not_draw_an_interview_away():
    slots = Slots(2)
    first = said(slots, interview("Ada", 2))
    slots.release(slots.take_empty(interview("Ada", 2)))
    assert said(slots, interview("Ada", 3)) == first


def test_what_a_slot_holds_whole_need_not_be_read_again():
    slots = Slots(2)
    number = slots.take(interview("Ada", 1))
    slots.release(number, whole=False)
    assert not slots.hold(RULES)
    slots.release(slots.take(interview("Ada", 1)), whole=True)
    assert slots.hold(RULES)
    assert not slots.hold(interview("Ada", 2))


def test_a_server_that_is_not_ours_chooses_its_slots_itself():
    slots = Slots(0)
    assert slots.take(RULES) is None
    slots.release(None)
    assert slots.take_empty(RULES) is None


def test_the_shared_start_is_counted_to_the_character_and_stops_at_a_role():
    assert shared([("user", "abcdef")], [("user", "abcxef")]) == 3
    assert shared([("user", "abc"), ("user", "d")], [("user", "abc"), ("assistant", "d")]) == 3
    assert shared([("user", "abc")], [("user", "ab"), ("user", "c")]) == 2
    assert starts_with([("user", "abc"), ("user", "d")], [("user", "ab")])
    assert not starts_with([("user", "abc")], [("user", "abd")])
