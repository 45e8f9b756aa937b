"""Which slot of the embedded server a prompt goes to, so that one interview does not push another's prompt out.

llama.cpp's own choice sends a second interview to the first one's slot as soon as they share a tenth of their prompts
(all of ours share the instructions), where each then reads its own part again at every turn. Left to the server: what
is pushed out of a slot all the same is kept in its memory and found again there.
"""

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

Message = tuple[str, str]
# A prompt belongs to a slot's interview when it gives up no more of what the slot holds than the last instruction,
# the written line, and some slack.
MAY_LOSE_SHARE = 0.25
MAY_LOSE_CHARACTERS = 600


@dataclass
class _Slot:
    held: tuple[Message, ...] = ()
    users: int = 0
    used_at: int = 0


class Slots:
    """What each slot holds, as far as we sent it. Not locked: it belongs to one event loop."""

    def __init__(self, count: int) -> None:
        self._slots = [_Slot() for _ in range(count)]
        self._clock = 0

    def take(self, messages: Sequence[Message]) -> int:
        """The slot for `messages`, counted as in use until `release`."""
        new = tuple(messages)
        idle = [slot for slot in self._slots if not slot.users] or self._slots
        own = [slot for slot in idle if _loss(slot.held, new) <= _may_lose(slot.held)]
        if own:
            chosen = max(own, key=lambda slot: (_shared(slot.held, new), -slot.used_at))
        else:
            chosen = min(idle, key=lambda slot: slot.used_at)
        self._clock += 1
        chosen.users += 1
        chosen.used_at = self._clock
        chosen.held = new
        return self._slots.index(chosen)

    def release(self, number: int, written: str = "") -> None:
        slot = self._slots[number]
        slot.users -= 1
        if written:
            slot.held = (*slot.held, ("assistant", written))

    def forget(self) -> None:
        """The server is a new one."""
        for slot in self._slots:
            slot.held = ()


def _length(messages: Sequence[Message]) -> int:
    return sum(len(text) for _, text in messages)


def _may_lose(held: Sequence[Message]) -> float:
    return max(MAY_LOSE_CHARACTERS, MAY_LOSE_SHARE * _length(held))


def _loss(held: Sequence[Message], new: Sequence[Message]) -> int:
    return _length(held) - _shared(held, new)


def _shared(held: Sequence[Message], new: Sequence[Message]) -> int:
    """Characters that both start with."""
    total = 0
    for (old_role, old), (role, text) in zip(held, new, strict=False):
        if (old_role, old) == (role, text):
            total += len(old)
            continue
        return total + (_shared_start(old, text) if old_role == role else 0)
    return total


def _shared_start(one: str, other: str) -> int:
    """By halves: comparing whole slices is far faster than walking over the characters."""
    longest = min(len(one), len(other))
    return bisect.bisect_left(range(1, longest + 1), True, key=lambda n: one[:n] != other[:n])
