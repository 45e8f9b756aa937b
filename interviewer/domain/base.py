"""What every value of the domain shares: frozen, strict, and strict about names."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Value(BaseModel):
    """A frozen value. Unknown fields are errors, so that a typing slip in a data file is found."""

    model_config = ConfigDict(frozen=True, extra="forbid")
