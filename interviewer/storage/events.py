"""The event store: append-only, one row an event, ordered within its interview.

The primary key (interview, place) is the lock: two writers who both believe that an interview has n events
cannot both write the next one; the second is told so. SQLite by default, any SQLAlchemy URL otherwise.
Not covered: changing or deleting single events; an interview is deleted whole.
"""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import (
    Column,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    event,
    func,
    select,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from interviewer.domain.base import Value
from interviewer.domain.events import EVENT, Event
from interviewer.errors import BadInput, InterviewMoved, StorageUnavailable

_metadata = MetaData()
_events = Table(
    "events",
    _metadata,
    Column("interview", String(32), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("type", String(32), nullable=False),
    Column("body", Text, nullable=False),
)


class StoredInterview(Value):
    """One interview in the list: when it began, when something last happened, and its first event."""

    id: str
    started: str
    last: str
    events: int
    first: Event


class EventStore:
    """Raises StorageUnavailable for anything the database refuses; nothing is half written."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine: Engine | None = None

    def create(self, first: Event) -> str:
        """Store the first event of a new interview and return the interview's id, which cannot be guessed."""
        interview = secrets.token_urlsafe(16)
        self.append(interview, 0, [first])
        return interview

    def append(self, interview: str, place: int, events: Sequence[Event]) -> None:
        """Write `events` from `place` on, all or none. Raises InterviewMoved when the place is taken."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        rows = [
            {"interview": interview, "place": place + n, "at": now, "type": e.type, "body": e.model_dump_json()}
            for n, e in enumerate(events)
        ]
        try:
            with self._open().begin() as connection:
                connection.execute(_events.insert(), rows)
        except IntegrityError as fault:
            raise InterviewMoved("this interview has gone on in another tab or window; reload to see it") from fault
        except SQLAlchemyError as fault:
            raise self._unavailable(fault) from fault

    def read(self, interview: str) -> list[Event]:
        """All events of an interview in order. Raises BadInput for an id that is not stored."""
        query = select(_events.c.body).where(_events.c.interview == interview).order_by(_events.c.place)
        try:
            with self._open().connect() as connection:
                bodies = connection.execute(query).scalars().all()
        except SQLAlchemyError as fault:
            raise self._unavailable(fault) from fault
        if not bodies:
            raise BadInput(f"there is no interview {interview!r}; `interviewer sessions list` shows those there are")
        return [EVENT.validate_json(body) for body in bodies]

    def interviews(self) -> list[StoredInterview]:
        """Every interview, the one used last first."""
        summary = (
            select(
                _events.c.interview,
                func.min(_events.c.at).label("started"),
                func.max(_events.c.at).label("last"),
                func.count().label("events"),
            )
            .group_by(_events.c.interview)
            .subquery()
        )
        query = (
            select(summary, _events.c.body)
            .join(_events, (_events.c.interview == summary.c.interview) & (_events.c.place == 0))
            .order_by(summary.c.last.desc())
        )
        try:
            with self._open().connect() as connection:
                rows = connection.execute(query).all()
        except SQLAlchemyError as fault:
            raise self._unavailable(fault) from fault
        return [
            StoredInterview(id=r[0], started=r.started, last=r.last, events=r.events, first=EVENT.validate_json(r.body))
            for r in rows
        ]

    def delete(self, interview: str) -> None:
        """Remove an interview for good. Raises BadInput for an id that is not stored."""
        try:
            with self._open().begin() as connection:
                gone = connection.execute(delete(_events).where(_events.c.interview == interview)).rowcount
        except SQLAlchemyError as fault:
            raise self._unavailable(fault) from fault
        if not gone:
            raise BadInput(f"there is no interview {interview!r}; `interviewer sessions list` shows those there are")

    def close(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def _open(self) -> Engine:
        if self._engine is None:
            self._engine = _connect(self._url)
        return self._engine

    def _unavailable(self, fault: SQLAlchemyError) -> StorageUnavailable:
        cause = str(getattr(fault, "orig", None) or fault).splitlines()[0]
        where = make_url(self._url).render_as_string(hide_password=True)
        return StorageUnavailable(
            f"the answer could not be stored ({cause}); check {where}, then send it again: it is still in the box"
        )


def _connect(url: str) -> Engine:
    parsed = make_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    if sqlite and parsed.database:
        try:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise StorageUnavailable(
                f"the folder for interviews cannot be made ({fault}); set INTERVIEWER_HOME to one that can be written"
            ) from fault
    engine = create_engine(parsed, pool_pre_ping=not sqlite)
    if sqlite:
        event.listen(engine, "connect", _durable)
    _metadata.create_all(engine)
    return engine


def _durable(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.close()
