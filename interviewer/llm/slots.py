"""Which slot of the embedded server a prompt goes to, so that one interview does not push another's prompt out.

llama.cpp's own choice sends a second interview to the first one's slot as soon as they share a tenth of their prompts
(all of ours share the instructions), where each then reads its own part again at every turn. Left to the server: what
is pushed out of a slot all the same is kept in its memory and found again there.
"""

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.llm.prompt_file import Message

# A prompt belongs to a slot's interview when it gives up no more of what the slot holds than the last instruction,
# the written line, and some slack.
MAY_LOSE_SHARE = 0.25
MAY_LOSE_CHARACTERS = 600


@dataclass(eq=False)
class _Slot:
    """`begun` is a prompt whose reading was broken off somewhere: not to be relied on, but better than nothing."""

    held: tuple[Message, ...] = ()
    begun: tuple[Message, ...] = ()
    before: tuple[Message, ...] = ()
    whole: bool = False
    users: int = 0
    used_at: int = 0


class Slots:
    """What each slot holds, as far as we sent it. Not locked: it belongs to one event loop.

    Of no slots, as for a server that is not ours, `take` gives None: that server decides.
    """

    def __init__(self, count: int) -> None:
        self._slots = [_Slot() for _ in range(count)]
        self._clock = 0

    def take(self, messages: Sequence[Message]) -> int | None:
        """The slot for `messages`, counted as in use until `release`."""
        if not self._slots:
            return None
        new = tuple(messages)
        idle = [slot for slot in self._slots if not slot.users] or self._slots
        own = [slot for slot in idle if _loss(slot.held, new) <= _may_lose(slot.held)]
        if own:
            chosen = max(own, key=lambda s: (shared(s.held, new), shared(s.begun, new), -s.used_at))
        else:
            chosen = min(idle, key=lambda slot: slot.used_at)
        return self._use(chosen, new)

    def take_empty(self, messages: Sequence[Message]) -> int | None:
        """A slot that holds nothing yet, if there is one."""
        empty = next((slot for slot in self._slots if not slot.held and not slot.users), None)
        return self._use(empty, tuple(messages)) if empty else None

    def _use(self, slot: _Slot, messages: tuple[Message, ...]) -> int:
        self._clock += 1
        slot.before, slot.held, slot.begun, slot.whole = slot.held, messages, (), False
        slot.users += 1
        slot.used_at = self._clock
        return self._slots.index(slot)

    def release(self, number: int | None, *, written: str = "", whole: bool = False) -> None:
        """`whole`: the prompt was read to its end and nothing was written. Neither: it was broken off."""
        if number is None:
            return
        slot = self._slots[number]
        slot.users -= 1
        slot.whole = whole
        if written:
            slot.held = (*slot.held, ("assistant", written))
        elif not whole:
            slot.held, slot.begun = slot.before, slot.held

    def hold(self, messages: Sequence[Message]) -> bool:
        """Whether reading `messages` in would bring nothing new."""
        return any(slot.whole and starts_with(slot.held, messages) for slot in self._slots)


def starts_with(messages: Sequence[Message], beginning: Sequence[Message]) -> bool:
    return shared(messages, beginning) == _length(beginning)


def shared(held: Sequence[Message], new: Sequence[Message]) -> int:
    """Characters that both start with."""
    total = 0
    for (old_role, old), (role, text) in zip(held, new, strict=False):
        if (old_role, old) == (role, text):
            total += len(old)
            continue
        return total + (_shared_start(old, text) if old_role == role else 0)
    return total


def _length(messages: Sequence[Message]) -> int:
    return sum(len(text) for _, text in messages)


def _may_lose(held: Sequence[Message]) -> float:
    return max(MAY_LOSE_CHARACTERS, MAY_LOSE_SHARE * _length(held))


def _loss(held: Sequence[Message], new: Sequence[Message]) -> int:
    return _length(held) - shared(held, new)


def _shared_start(one: str, other: str) -> int:
    """By halves: comparing whole slices is far faster than walking over the characters."""
    longest = min(len(one), len(other))
    return bisect.bisect_left(range(1, longest + 1), True, key=lambda n: one[:n] != other[:n])
