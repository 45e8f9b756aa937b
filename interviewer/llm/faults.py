"""What went wrong with a model's answer, as one sentence for the user; never the key, never the server's own page.

The single place that knows the errors of openai, its HTTP library and langchain.
"""

import asyncio
from typing import TYPE_CHECKING

from pydantic import ValidationError

from interviewer.errors import ModelUnavailable
from interviewer.llm.endpoint import Endpoint

if TYPE_CHECKING:
    import openai


class Refused(ModelUnavailable):
    """The server will refuse the next line too, until the user changes something."""


class Unreachable(ModelUnavailable):
    """Nobody answers at that address."""


class Garbled(ModelUnavailable):
    """An answer came, but not in the form that was asked for; the next one may."""


def broken_off(endpoint: Endpoint) -> ModelUnavailable:
    return ModelUnavailable(f"{_where(endpoint)} broke off in the middle of its answer.")


def translate(error: Exception, endpoint: Endpoint) -> ModelUnavailable:
    """The error to raise in place of `error`.

    Anything that the other side can provoke ends here, a KeyError from a reply without its fields included.
    """
    import openai

    where = _where(endpoint)
    match error:
        case openai.APIStatusError():
            return _refusal(error, endpoint)
        case openai.APIConnectionError() if _is_a(error.__cause__, "ConnectError", "ConnectTimeout"):
            return Unreachable(f"{where} cannot be reached. Check that it is running and the address is right.")
        case openai.APITimeoutError() | TimeoutError() | asyncio.TimeoutError():
            return ModelUnavailable(f"{where} took too long. A longer INTERVIEWER_MODEL_TIMEOUT gives it more time.")
        case openai.APIConnectionError():
            return broken_off(endpoint)
        case openai.LengthFinishReasonError():
            return Garbled(f"{where} did not finish its answer within the allowed length.")
        case openai.ContentFilterFinishReasonError():
            return ModelUnavailable(f"{where} declined to answer.")
        case ValidationError():
            return Garbled(f"{where} answered in another form than it was asked for.")
    if _is_a(error, "TransportError"):
        return broken_off(endpoint)
    return Garbled(f"{where} sent an answer that cannot be read ({type(error).__name__}).")


def _refusal(error: "openai.APIStatusError", endpoint: Endpoint) -> ModelUnavailable:
    import openai

    where = _where(endpoint)
    match error:
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return Refused(f"{where} refused the key. Check OPENAI_API_KEY.")
        case openai.NotFoundError():
            named = f"does not know the model {endpoint.model!r}" if endpoint.model else "was not found at that address"
            return Refused(f"{where} {named}. Check INTERVIEWER_MODEL and OPENAI_BASE_URL.")
        case openai.RateLimitError() if error.code == "insufficient_quota":
            return Refused(f"{where} says that the account has no credit left. Top it up or choose another model.")
        case openai.RateLimitError():
            return ModelUnavailable(f"{where} takes no more requests for now. Wait a little, or choose another model.")
        case openai.BadRequestError() if "context" in error.message:
            return ModelUnavailable(
                f"{where} cannot read that much at once. A larger INTERVIEWER_CONTEXT_TOKENS helps."
            )
    return ModelUnavailable(f"{where} failed with status {error.status_code}.")


def _where(endpoint: Endpoint) -> str:
    return "The embedded language model" if endpoint.kind == "embedded" else f"The language model at {endpoint.host}"


def _is_a(error: BaseException | None, *names: str) -> bool:
    """By name, because openai uses httpx or httpx2; their errors reach us unwrapped once an answer has begun."""
    return any(base.__name__ in names for base in type(error).__mro__)
