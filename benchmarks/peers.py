"""What we measure ourselves against: a bare ASGI hello, and the same save in a plain FastAPI + SQLModel app."""

import hashlib
import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

HELLO = b"Hello, world!"


async def hello(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    await send(
        {
            "type": "http.response.start",
            "status": 200,
            "headers": [(b"content-type", b"text/plain"), (b"content-length", b"13")],
        }
    )
    await send({"type": "http.response.body", "body": HELLO})


def plain_app() -> Any:
    """A person by the hash of their cookie, their draft, a validated form, one durable commit, a 303."""
    from fastapi import Cookie, Depends, FastAPI, Form, HTTPException
    from fastapi.responses import RedirectResponse
    from pydantic import BaseModel, Field
    from sqlalchemy import JSON, Column, event
    from sqlmodel import Field as Col
    from sqlmodel import Session, SQLModel, create_engine, select

    class PersonRow(SQLModel, table=True):
        id: uuid.UUID = Col(primary_key=True)
        token_hash: bytes = Col(unique=True)

    class DraftRow(SQLModel, table=True):
        id: uuid.UUID = Col(primary_key=True)
        person_id: uuid.UUID = Col(foreign_key="personrow.id", index=True)
        updated_at: datetime
        answers: dict[str, Any] = Col(sa_column=Column(JSON))

    class Ratings(BaseModel):
        fatigue: int = Field(ge=0, le=10)
        sleep: int = Field(ge=0, le=10)
        overall: int = Field(ge=0, le=10)
        stiffness: int = Field(ge=0, le=10)
        swollen_joints: int = Field(ge=0, le=10)
        peg1: int = Field(ge=0, le=10)
        peg2: int = Field(ge=0, le=10)
        peg3: int = Field(ge=0, le=10)

    engine = create_engine(f"sqlite:///{os.environ['PEER_DATABASE']}", connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _same_durability(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    SQLModel.metadata.create_all(engine)
    app = FastAPI()

    def session() -> Iterator[Session]:
        with Session(engine) as opened:
            yield opened

    @app.post("/start")
    def start(db: Annotated[Session, Depends(session)]) -> dict[str, str]:
        token, person, draft = uuid.uuid4().hex, uuid.uuid4(), uuid.uuid4()
        db.add(PersonRow(id=person, token_hash=hashlib.sha256(token.encode()).digest()))
        db.commit()
        db.add(DraftRow(id=draft, person_id=person, updated_at=datetime.now(UTC), answers={}))
        db.commit()
        return {"token": token, "draft": str(draft)}

    @app.post("/save/{draft_id}")
    def save(
        draft_id: uuid.UUID,
        form: Annotated[Ratings, Form()],
        db: Annotated[Session, Depends(session)],
        person: Annotated[str, Cookie()],
    ) -> RedirectResponse:
        known = db.exec(
            select(PersonRow).where(PersonRow.token_hash == hashlib.sha256(person.encode()).digest())
        ).first()
        draft = db.get(DraftRow, draft_id)
        if not known or not draft or draft.person_id != known.id:
            raise HTTPException(404)
        draft.answers = {**draft.answers, **form.model_dump()}
        draft.updated_at = datetime.now(UTC)
        db.add(draft)
        db.commit()
        return RedirectResponse("/next", status_code=303)

    return app
