"""Every setting, read from the environment once; `.env` files are not read."""

from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """`INTERVIEWER_*` variables, and the OpenAI client's own two for a remote model.

    `model` is the name to ask a remote server for; "none" turns every language model off. `content` names a folder with
    rubrics/ and corpus/ that is loaded instead of the shipped one.
    """

    model_config = SettingsConfigDict(
        env_prefix="INTERVIEWER_", extra="ignore", populate_by_name=True, env_ignore_empty=True
    )

    home: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("interviewer", appauthor=False)))
    content: Path | None = None
    model: str = ""
    model_path: Path | None = None
    openai_api_key: str = Field("", validation_alias=AliasChoices("openai_api_key", "OPENAI_API_KEY"))
    openai_base_url: str = Field("", validation_alias=AliasChoices("openai_base_url", "OPENAI_BASE_URL"))
    model_timeout: float = Field(60.0, gt=0, description="seconds a model may take for one line")
    context_tokens: int = Field(8192, ge=2048, description="context of one slot of the embedded model")
    threads: int = Field(0, ge=0, description="threads of the embedded model; 0: the physical cores")
    hub_url: str = "https://huggingface.co"
    database_url: str = ""
    chroma_url: str = ""
    sandbox: Literal["", "none"] = Field(
        "", description="none: code runs with the user's own rights, on their own wish"
    )
    host: str = "127.0.0.1"
    port: int = Field(7860, ge=0, le=65535)

    @property
    def local(self) -> bool:
        """Whether the page is for this machine only."""
        return self.host in ("localhost", "::1") or self.host.startswith("127.")

    @property
    def weights_folder(self) -> Path:
        return self.home / "models"

    @property
    def logs_folder(self) -> Path:
        return self.home / "logs"

    @property
    def library_folder(self) -> Path:
        return self.home / "library"

    @property
    def database(self) -> str:
        """The SQLAlchemy URL: PostgreSQL by setting, otherwise a SQLite file in `home`."""
        return self.database_url or f"sqlite:///{self.home / 'interviews.db'}"
