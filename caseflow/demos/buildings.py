"""Builds the demo instance: an invented city with two years behind it, in a folder of its own."""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from caseflow.commands.openings import operator
from caseflow.commands.usages import settled
from caseflow.demos import fates, pasts, ties
from caseflow.demos.cities import BBB, HAVEN, HOLDERS, LVV, Account, City, furnish, passphrase
from caseflow.demos.days import Days
from caseflow.demos.lives import Life
from caseflow.domain.actors import THE_COMMAND, Role
from caseflow.domain.calendar_months import months_after
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_, Message
from caseflow.services import (
    approvals,
    holders,
    houses,
    imports,
    instances,
    job_runs,
    operations_sheets,
    publications,
    sentinels,
)
from caseflow.settings import SHIPPED_CONFIG, load

STAMP: Final = "demo.json"
SECRETS: Final = "demo-secrets.json"
PASSPHRASE_FILE: Final = "demo-passphrase"  # noqa: S105 - the name of the file
MAKING: Final = ".making"
FORM: Final = 2
"""Raised when the way a demo is made changes, so that an older one is made anew."""
QUARTERS: Final = 2
"""Publications of so many past quarters are frozen."""
PAPERS: Final = 6
"""Operations sheets are made on the tenth of so many past months."""
Tell = Callable[[Message], None]

SETTINGS = """# A demo: on this machine alone, over plain http. Its passphrases lie beside it and protect nothing.
[serving]
https = false

[signin]
passkey_required_for = []

[passphrases]
memory_mib = 19
rounds = 2
lanes = 1

[publication]
public_page = true
"""


@dataclass(frozen=True)
class Stamp:
    """Which demo a folder holds; nothing secret, for the serving parent reads it."""

    form: int
    seed: int
    cases: int
    made_on: date

    @classmethod
    def read(cls, instance: Path) -> Stamp | None:
        """The stamp of a demo instance; None where the folder holds none."""
        try:
            plain = json.loads((instance / STAMP).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return cls(**{**plain, "made_on": date.fromisoformat(plain["made_on"])})

    def write(self, instance: Path) -> None:
        plain = {**asdict(self), "made_on": self.made_on.isoformat()}
        (instance / STAMP).write_text(json.dumps(plain, indent=1), encoding="utf-8")


@dataclass(frozen=True)
class Secrets:
    """What opens a demo: holders' passphrases and accounts. They protect nothing but are not left in the server."""

    holders: dict[str, str]
    accounts: tuple[Account, ...]

    @classmethod
    def read(cls, instance: Path) -> Secrets:
        plain = json.loads((instance / SECRETS).read_text(encoding="utf-8"))
        accounts = (Account(**{**one, "roles": tuple(one["roles"])}) for one in plain["accounts"])
        return cls(plain["holders"], tuple(accounts))

    def write(self, instance: Path) -> None:
        file = instance / SECRETS
        file.touch(mode=0o600)
        file.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")


def build(instance: Path, seed: int, cases: int, now: datetime, tell: Tell) -> Secrets:
    """Makes the demo beside its folder and moves it there whole; what stood there is replaced."""
    folder = instance.with_name(instance.name + MAKING)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    shutil.copytree(SHIPPED_CONFIG / "demo", folder / "config")
    (folder / "config" / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    words = passphrase()
    secret = folder / PASSPHRASE_FILE
    secret.touch(mode=0o600)
    secret.write_text(words, encoding="utf-8")
    settings = load(folder)
    stamp = Stamp(FORM, seed, cases, local(now).date())
    with instances.in_haste():
        house = instances.found(settings, words, houses.configured(settings))
        try:
            with houses.inside(house):
                secrets = _live(stamp, now, tell, folder)
        finally:
            house.stores.close()
    secrets.write(folder)
    stamp.write(folder)
    shutil.rmtree(instance, ignore_errors=True)
    folder.rename(instance)
    return secrets


def _live(stamp: Stamp, now: datetime, tell: Tell, folder: Path) -> Secrets:
    stores = houses.current().stores
    today = stamp.made_on
    began = now - timedelta(days=fates.DAYS + 30)
    since = local(began).date()
    by = operator("gemeente-waterstad")
    phrases = {organisation: passphrase() for organisation in HOLDERS}
    for organisation, name in HOLDERS.items():
        settled(holders.add_first(by, organisation, name, phrases[organisation], began))
        stores.unseal(organisation, name, phrases[organisation])
    tell(N_("Staff, sites and beds are furnished …"))
    city = furnish(by, phrases, since, began)
    tell(N_("Past episodes are imported …"))
    file = folder / "past-episodes.csv"
    pasts.write(file, stamp.seed, since)
    imports.import_caseload(THE_COMMAND, file, "earlier-register", began)
    file.unlink()
    days = Days(now)
    _people(stamp, city, days, today)
    _quarters(city, days, today)
    _papers(days, today)
    days.play(lambda day: tell(N_("Lived through %(month)s …", month=f"{day:%Y-%m}")))
    ties.tie(city, days, now)
    _say_refusals(days, tell)
    return Secrets(phrases, tuple(city.accounts))


def _people(stamp: Stamp, city: City, days: Days, today: date) -> None:
    """Draws everybody; about every twelfth is followed by one to three members of the family."""
    dice = random.Random(f"caseflow families {stamp.seed}")
    households: dict[int, str] = {}
    number = 0
    while number < stamp.cases:
        head = fates.draw(stamp.seed, number, today)
        family = [head]
        if dice.random() < 1 / 12:
            for _ in range(dice.randint(1, 3)):
                if number + len(family) >= stamp.cases:
                    break
                drawn = fates.draw(stamp.seed, number + len(family), today, number)
                child = drawn.birth_year is not None and dice.random() < 0.5
                family.append(
                    replace(
                        drawn,
                        programme=head.programme,
                        organisation=head.organisation,
                        applied_on=head.applied_on,
                        language=head.language,
                        stays=head.stays,
                        outcome=head.outcome,
                        basis=head.basis,
                        age_band="0-17" if child else drawn.age_band,
                        birth_year=today.year - dice.randint(2, 16) if child else drawn.birth_year,
                        comes_back_after=None,
                    )
                )
        for fate in family:
            one = random.Random(f"caseflow {stamp.seed} {fate.number} lived")
            Life(fate, city, days, households, one).begin()
        number += len(family)


def _quarters(city: City, days: Days, today: date) -> None:
    """Publications of the past quarters: prepared, proposed, approved by two others, frozen."""
    quarter = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    lead, second = city.of(HAVEN, Role.TEAM_LEAD)[:2]
    (privacy,) = city.of("gemeente-waterstad", Role.PRIVACY_OFFICER)
    for back in range(QUARTERS):
        begins = months_after(quarter, -3 * back)
        cut_off = begins - timedelta(days=1)
        for scope in (LVV, BBB):

            def publish(
                now: datetime, scope: str = scope, cut_off: date = cut_off, newest: bool = back == 0
            ) -> None:
                made = publications.prepare(lead, scope, cut_off, now)
                if isinstance(made, Refused):
                    days.refusals.append(made.reason)
                elif made.state == "prepared":
                    asked = [approvals.propose(lead, made.id, now)]
                    asked.append(approvals.approve(privacy, made.id, now))
                    if not (newest and scope == BBB):  # one still waits, to be seen under way
                        asked.append(approvals.approve(second, made.id, now))
                    days.refusals += [one.reason for one in asked if isinstance(one, Refused)]

            days.on(begins + timedelta(days=5), publish, 16)


def _papers(days: Days, today: date) -> None:
    """Operations sheets of the past months, and sentinel figures of past years, as the job makes them on the tenth."""
    job = job_runs.scheduler("funder_papers")

    def make(now: datetime) -> None:
        operations_sheets.make_all(job, now)
        sentinels.make_all(job, now)

    for back in reversed(range(PAPERS)):
        tenth = months_after(today.replace(day=10), -back)
        if tenth <= today:
            days.on(tenth, make, 5)


def _say_refusals(days: Days, tell: Tell) -> None:
    """Says how much happened, and how often the rules said no: that is part of a believable life."""
    often = Counter(one.text for one in days.refusals)
    tell(
        N_(
            "%(played)s things happened; the rules said no %(refused)s times.",
            played=days.played,
            refused=sum(often.values()),
        )
    )
