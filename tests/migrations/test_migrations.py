"""A store is brought to the newest revision whole, with its guards and rows, or stays as it was."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, pool

from caseflow.storage import engines, migrations, triggers
from caseflow.storage.engines import StoreRefused
from caseflow.storage.models import AuditBase, CardsBase, CaseworkBase, VaultBase

KEY = bytes(range(32))
BASES = {"casework": CaseworkBase, "cards": CardsBase, "audit": AuditBase, "vault": VaultBase}
REVISIONS = sorted(migrations.FOLDER.glob("*/**/[0-9]*.py"))

AT = "2026-11-22T09:00:00.000000Z"
OPEN = {"valid_from": "2024-01-01"}
EPISODE = {"organisation": "o", "opened_at": AT, "change_id": "c", "version": 1}
PERSON = {
    "organisation": "o",
    "restricted": 0,
    "is_test": 0,
    "registered_at": AT,
    "change_id": "c",
    "version": 1,
}

Step = Callable[[str], None]


def schema(connection: Any) -> dict[str, frozenset[str]]:
    """Every table, index and trigger with the lines of its SQL, whatever their order."""
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"
    )
    return {name: _lines(sql) for name, sql in rows}


def _lines(sql: str) -> frozenset[str]:
    plain = re.sub(r"\s+", " ", sql)
    if not plain.startswith("CREATE TABLE"):
        return frozenset({plain})
    head, body = plain.rstrip(") ").split("(", 1)
    return frozenset({head.strip(), *(line.strip(") ") for line in body.split(", "))})


def content(path: Path) -> list[tuple[Any, ...]]:
    """The whole store: schema, revision and rows."""
    connection = engines.connect(path, KEY, administration=True)
    found: list[tuple[Any, ...]] = connection.execute(
        "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    ).fetchall()
    for table in [name for kind, name, _ in found if kind == "table"]:
        found += connection.execute(f'SELECT * FROM "{table}" ORDER BY 1').fetchall()  # noqa: S608
    connection.close()
    return found


@pytest.mark.parametrize("kind", sorted(BASES))
def test_the_newest_revision_makes_exactly_what_the_models_say(kind: str, tmp_path: Path) -> None:
    migrations.make(kind, tmp_path / "migrated.db", KEY)
    migrated = engines.connect(tmp_path / "migrated.db", KEY, administration=True)
    declared = engines.make(tmp_path / "declared.db", KEY)
    store = create_engine(
        "sqlite://", module=engines.sqlcipher, creator=lambda: declared, poolclass=pool.StaticPool
    )
    BASES[kind].metadata.create_all(store)
    triggers.remake(declared, kind)
    assert len(schema(migrated)) >= len(BASES[kind].metadata.tables)
    assert schema(migrated) == schema(declared)
    assert triggers.are_whole(migrated, kind)
    for connection in (migrated, declared):
        connection.close()
    store.dispose()


def test_every_revision_says_what_it_does_and_why() -> None:
    assert len(REVISIONS) >= len(BASES)
    for revision in REVISIONS:
        said = ast.get_docstring(ast.parse(revision.read_text(encoding="utf-8"))) or ""
        assert said.splitlines()[0].endswith("."), revision.name
        assert "Why: " in said, revision.name


# A further revision, in a tree of its own


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A casework store at the newest shipped revision, with a client, a case, a bed and a stay."""
    path = tmp_path / "casework.db"
    migrations.make("casework", path, KEY)
    connection = engines.connect(path, KEY)
    for table, row in (
        ("clients", {"code": "P1", "call_name": "x", "gender": "x", "age_band": "x", **PERSON}),
        ("cases", {"id": "case", "client_code": "P1", "programme": "p", "stage": "x", **EPISODE}),
        (
            "sites",
            {
                "id": "s",
                "organisation": "o",
                "name": "s",
                "kind": "x",
                "turnaround_nights": 0,
                **OPEN,
            },
        ),
        ("rooms", {"id": "r", "site_id": "s", "name": "r", "meant_for": "x", **OPEN}),
        ("beds", {"id": "b", "room_id": "r", "name": "b", "kind": "x", **OPEN}),
        ("placements", _placement("one", AT)),
    ):
        _put(connection, table, row)
    connection.close()
    return path


def _placement(placement: str, at: str) -> dict[str, Any]:
    return {
        "id": placement,
        "bed_id": "b",
        "client_code": "P1",
        "case_id": "case",
        "status": "begun",
        "arrival_on": "2026-11-01",
        "recorded_by": "kofi",
        "recorded_at": at,
        "changed_at": at,
        "change_id": "c",
        "version": 1,
    }


def _put(connection: Any, table: str, row: dict[str, Any]) -> None:
    names, places = ", ".join(row), ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(row.values()))  # noqa: S608


@pytest.fixture
def further(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Step:
    """Adds a revision with this body after the shipped ones, for this test alone."""

    def add(body: str) -> None:
        head = migrations.head("casework")
        tree = tmp_path / "tree"
        tree.mkdir()
        for revision in migrations.TREES["casework"].glob("*.py"):
            shutil.copy(revision, tree)
        lines = "\n".join(f"    {line}" for line in body.strip().splitlines())
        (tree / "0999_further.py").write_text(
            '"""Try a further revision."""\n'
            "import sqlalchemy as sa\n"
            "from alembic import op\n"
            f'revision = "casework_0999"\ndown_revision = "{head}"\n'
            "branch_labels = None\ndepends_on = None\n\n"
            f"def upgrade():\n{lines}\n"
        )
        monkeypatch.setitem(migrations.TREES, "casework", tree)
        _forget()

    return add


def _forget() -> None:
    migrations.head.cache_clear()
    migrations.known.cache_clear()


@pytest.fixture(autouse=True)
def _no_revision_is_remembered() -> Iterator[None]:
    yield
    _forget()


REBUILD = """
for table in ("placements", "clients", "beds"):
    with op.batch_alter_table(table, recreate="always") as batch:
        batch.add_column(sa.Column("extra", sa.String(8)))
"""


def test_a_rebuilt_table_keeps_its_guards_and_the_rows_that_point_to_it(
    store: Path, further: Step
) -> None:
    further(REBUILD)
    migrations.migrate("casework", store, KEY)
    migrations.check("casework", store, KEY)
    connection = engines.connect(store, KEY)
    for table in ("clients", "cases", "beds", "placements"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,)  # noqa: S608
    assert connection.execute("SELECT extra FROM placements").fetchone() == (None,)
    with pytest.raises(engines.sqlcipher.IntegrityError, match="caseflow: "):
        _put(connection, "placements", _placement("two", "2026-11-22T10:00:00.000000Z"))
    connection.close()


def test_it_would_lose_them_if_they_were_not_made_again(
    store: Path, further: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    further(REBUILD)
    monkeypatch.setattr(triggers, "remake", lambda connection, kind: None)
    migrations.migrate("casework", store, KEY)
    with pytest.raises(StoreRefused, match="lacks its guards"):
        migrations.check("casework", store, KEY)
    connection = engines.connect(store, KEY)
    _put(connection, "placements", _placement("two", "2026-11-22T10:00:00.000000Z"))
    connection.close()


@pytest.mark.parametrize(
    ("body", "error", "said"),
    [
        (REBUILD + "raise RuntimeError('half way')", RuntimeError, "half way"),
        ("op.execute('CREATE TABLE half (a)')\nop.execute('nonsense')", Exception, "syntax error"),
        ("op.execute('DELETE FROM clients')", StoreRefused, "2 rows without their parent"),
    ],
)
def test_a_revision_that_fails_leaves_the_store_as_it_was(
    store: Path, further: Step, body: str, error: type[Exception], said: str
) -> None:
    before = content(store)
    further(body)
    with pytest.raises(error, match=said):
        migrations.migrate("casework", store, KEY)
    assert content(store) == before


def test_a_new_store_that_cannot_be_finished_is_not_left_behind(
    tmp_path: Path, further: Step
) -> None:
    further("raise RuntimeError('half way')")
    with pytest.raises(RuntimeError, match="half way"):
        migrations.make("casework", tmp_path / "new.db", KEY)
    assert list(tmp_path.glob("new.db*")) == []


def test_an_older_store_is_refused_until_it_is_migrated(store: Path, further: Step) -> None:
    further("op.execute('CREATE TABLE extra (a)')")
    with pytest.raises(StoreRefused) as refusal:
        migrations.check("casework", store, KEY)
    assert str(refusal.value) == (
        "casework.db is older than this version of caseflow. Run: run.py migrate"
    )
    migrations.migrate("casework", store, KEY)
    migrations.check("casework", store, KEY)


def test_a_newer_store_is_refused_and_left_alone(
    store: Path, further: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = migrations.TREES["casework"]
    further("op.execute('CREATE TABLE extra (a)')")
    migrations.migrate("casework", store, KEY)
    before = content(store)
    monkeypatch.setitem(migrations.TREES, "casework", shipped)
    _forget()
    for refused in (migrations.check, migrations.migrate):
        with pytest.raises(StoreRefused, match="newer version") as refusal:
            refused("casework", store, KEY)
        assert "\n" not in str(refusal.value)
    assert content(store) == before


def test_a_store_made_by_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "casework.db"
    connection = engines.make(path, KEY)
    connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    before = content(path)
    for refused in (migrations.check, migrations.migrate):
        with pytest.raises(StoreRefused, match="not a caseflow store"):
            refused("casework", path, KEY)
    assert content(path) == before


def test_a_store_of_another_kind_is_refused(tmp_path: Path) -> None:
    migrations.make("audit", tmp_path / "casework.db", KEY)
    with pytest.raises(StoreRefused):
        migrations.check("casework", tmp_path / "casework.db", KEY)
