"""The records of the workspace: studies, runs, audit. names of areas. Nothing here holds a person's data."""

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, MetaData, String, Table

metadata = MetaData()

studies = Table(
    "studies",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("name", String(400), nullable=False),
    Column("method", String(40), nullable=False),
    Column("synthetic", Boolean, nullable=False, default=False),
    Column("updated", DateTime, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("study_id", String(80), ForeignKey("studies.id"), nullable=False),
    Column("created", DateTime, nullable=False),
    Column("fingerprint", String(64), nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime, nullable=False),
    Column("event", String(80), nullable=False),
    Column("study_id", String(80)),
)

# A match a person confirmed; it holds for any register that gives this code this name.
name_matches = Table(
    "name_matches",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", String(300), nullable=False, index=True),
    Column("parent", String(300), nullable=False),
    Column("area_code", String(40), nullable=False),
    Column("area_name", String(300), nullable=False),
    Column("at", DateTime, nullable=False),
)
