"""What went wrong with a model's answer, as one sentence for the user; never the key, never the server's own page.

The single place that knows the errors of openai, its HTTP library and langchain.
"""

import asyncio

from pydantic import ValidationError

from interviewer.errors import ModelUnavailable
from interviewer.llm.endpoint import Endpoint


class Refused(ModelUnavailable):
    """The server will refuse the next line too, until the user changes something."""


class ConnectionLost(ModelUnavailable):
    """The server cannot be reached, or went away in the middle of a line."""


def translate(error: Exception, endpoint: Endpoint) -> ModelUnavailable:
    """The error to raise in place of `error`.

    Anything that the other side can provoke ends here, a KeyError from a reply without its fields included.
    """
    import openai

    where = "The embedded language model" if endpoint.kind == "embedded" else f"The language model at {endpoint.host}"
    match error:
        case ModelUnavailable():
            return error
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return Refused(f"{where} refused the key. Check OPENAI_API_KEY.")
        case openai.NotFoundError():
            named = f"does not know the model {endpoint.model!r}" if endpoint.model else "was not found at that address"
            return Refused(f"{where} {named}. Check INTERVIEWER_MODEL and OPENAI_BASE_URL.")
        case openai.RateLimitError():
            if error.code == "insufficient_quota":
                return Refused(f"{where} says that the account has no credit left. Top it up or choose another model.")
            return ModelUnavailable(f"{where} takes no more requests for now (too many, or the quota is used up).")
        case openai.APITimeoutError() | TimeoutError() | asyncio.TimeoutError():
            return ModelUnavailable(f"{where} took too long. A longer INTERVIEWER_MODEL_TIMEOUT gives it more time.")
        case openai.APIConnectionError():
            return ConnectionLost(f"{where} cannot be reached. Check that it is running and the address is right.")
        case openai.LengthFinishReasonError():
            return ModelUnavailable(f"{where} did not finish its answer within the allowed length.")
        case openai.ContentFilterFinishReasonError():
            return ModelUnavailable(f"{where} declined to answer.")
        case openai.APIError() if "context" in error.message and ("exceed" in error.message or "length" in error.message):
            return ModelUnavailable(f"{where} cannot read that much at once. A larger INTERVIEWER_CONTEXT_TOKENS helps.")
        case openai.APIStatusError():
            return ModelUnavailable(f"{where} failed with status {error.status_code}.")
        case ValidationError():
            return ModelUnavailable(f"{where} answered in another form than it was asked for.")
    if _is_transport(error):
        return ConnectionLost(f"{where} broke off in the middle of its answer.")
    return ModelUnavailable(f"{where} sent an answer that cannot be read ({type(error).__name__}).")


def _is_transport(error: Exception) -> bool:
    """Errors of httpx or httpx2, whichever openai uses, reach us unwrapped once an answer has begun."""
    return any(base.__name__ == "TransportError" for base in type(error).__mro__)
