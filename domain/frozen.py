"""The one way in which this project declares a value: frozen, keyword-only, and intolerant of unknown names."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
