"""The house a process works in: its settings, its opened stores, and all that is configured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from caseflow.domain.accountability_statements import FILE as ACCOUNTABILITY
from caseflow.domain.accountability_statements import StatementRules, load_statement_rules
from caseflow.domain.arrivals import FILE as ARRIVALS
from caseflow.domain.arrivals import ArrivalRules, load_arrival_rules
from caseflow.domain.bed_night_files import FILE as BED_NIGHTS
from caseflow.domain.bed_night_files import load_night_prices
from caseflow.domain.bed_night_prices import NightPrice
from caseflow.domain.catalogues import Catalogue
from caseflow.domain.complaints import FILE as COMPLAINTS
from caseflow.domain.complaints import ComplaintTerms, load_complaint_terms
from caseflow.domain.deferral_files import FILE as DEFERRALS
from caseflow.domain.deferral_files import load_pregnancy_term
from caseflow.domain.deferrals import PregnancyTerm
from caseflow.domain.demand_files import FILE as DEMANDS
from caseflow.domain.demand_files import DemandRules, load_demand_rules
from caseflow.domain.doors import DoorScript, load_door_script
from caseflow.domain.firewall_rules import FirewallRules, load_firewall_rules
from caseflow.domain.formal_decision_files import FILE as FORMAL_DECISIONS
from caseflow.domain.formal_decision_files import load_objection_rules
from caseflow.domain.formal_decisions import ObjectionRules
from caseflow.domain.house_peace import FILE as HOUSE_PEACE
from caseflow.domain.house_peace import PeaceTerms, load_peace_terms
from caseflow.domain.indicator_files import load_indicators
from caseflow.domain.indicators import Indicators
from caseflow.domain.information_texts import InformationTexts, load_information
from caseflow.domain.letter_texts import LetterTexts, load_letter_texts
from caseflow.domain.procedure_files import FILE as PROCEDURES
from caseflow.domain.procedure_files import Rules as ProceduresRules
from caseflow.domain.procedure_files import load_procedures
from caseflow.domain.programmes import Programme
from caseflow.domain.prompts import FILE as PROMPTS
from caseflow.domain.prompts import Topic, load_prompts
from caseflow.domain.publication_rules import PublicationRules, load_publication_rules
from caseflow.domain.trafficking import FILE as TRAFFICKING
from caseflow.domain.trafficking import Signals, load_signals
from caseflow.domain.waiting_files import FILE as WAITING
from caseflow.domain.waiting_files import load_waiting_rules
from caseflow.domain.waiting_points import WaitingRules
from caseflow.settings import Settings
from caseflow.storage.stores import Stores


@dataclass(frozen=True)
class House:
    """What every service needs and no service makes."""

    settings: Settings
    stores: Stores
    catalogue: Catalogue
    indicators: Indicators
    rules: PublicationRules
    door: DoorScript

    @classmethod
    def of(cls, settings: Settings, stores: Stores) -> House:
        """The house of one instance. Raises `ConfigurationRefused` with every problem of a file."""
        return cls(settings, stores, *configured(settings))

    def programme(self, programme: str) -> Programme:
        """The rules of one programme. Raises `KeyError` for an id nobody configured."""
        return self.catalogue.programmes[programme]

    @cached_property
    def firewall(self) -> FirewallRules:
        """Terms, recipients and grounds as configured; `configured` has refused what is wrong with them."""
        return load_firewall_rules(_folders(self.settings))

    @cached_property
    def procedures(self) -> ProceduresRules:
        """Steps and terms of each kind of procedure; `configured` has refused what is wrong with them."""
        return load_procedures(_last(_folders(self.settings), PROCEDURES))

    @cached_property
    def complaints(self) -> ComplaintTerms:
        """Within which time complaints are answered; `configured` has refused what is wrong with that."""
        return load_complaint_terms(_last(_folders(self.settings), COMPLAINTS))

    @cached_property
    def demands(self) -> DemandRules:
        """What authorities can demand of us; `configured` has refused what is wrong with that."""
        return load_demand_rules(_last(_folders(self.settings), DEMANDS))

    @cached_property
    def peace(self) -> PeaceTerms:
        """How long warnings, pairs and time-outs last; `configured` has refused what is wrong with that."""
        return load_peace_terms(_last(_folders(self.settings), HOUSE_PEACE))

    @cached_property
    def arrivals(self) -> ArrivalRules:
        """When somebody did not come; `configured` has refused what is wrong with that."""
        return load_arrival_rules(_last(_folders(self.settings), ARRIVALS))

    @cached_property
    def prompts(self) -> tuple[Topic, ...]:
        """Words that belong in the legal file; `configured` has refused what is wrong with them."""
        return load_prompts(_last(_folders(self.settings), PROMPTS))

    @cached_property
    def letters(self) -> LetterTexts:
        """The texts of letters; `configured` has refused what is wrong with them."""
        return load_letter_texts(_folders(self.settings))

    @cached_property
    def information(self) -> InformationTexts:
        """What every client is told, by language; `configured` has refused what is wrong with it."""
        return load_information(_folders(self.settings))

    @cached_property
    def objections(self) -> ObjectionRules:
        """How long somebody may object to our decisions; `configured` has refused what is wrong with it."""
        return load_objection_rules(_last(_folders(self.settings), FORMAL_DECISIONS))

    @cached_property
    def pregnancy_term(self) -> PregnancyTerm:
        """How long a pregnancy is covered; `configured` has refused what is wrong with it."""
        return load_pregnancy_term(_last(_folders(self.settings), DEFERRALS))

    @cached_property
    def signals(self) -> Signals:
        """Signals of trafficking that may be ticked; `configured` has refused what is wrong with them."""
        return load_signals(_last(_folders(self.settings), TRAFFICKING))

    @cached_property
    def waiting(self) -> WaitingRules:
        """Points and terms of the waiting list; `configured` has refused what is wrong with them."""
        return load_waiting_rules(_last(_folders(self.settings), WAITING))

    @cached_property
    def night_prices(self) -> tuple[NightPrice, ...]:
        """What a night costs whom; `configured` has refused what is wrong with that."""
        return load_night_prices(_last(_folders(self.settings), BED_NIGHTS))

    @cached_property
    def statement_rows(self) -> StatementRules:
        """The rows of an accountability statement; `configured` has refused what is wrong with them."""
        path = _last(_folders(self.settings), ACCOUNTABILITY)
        return load_statement_rules(path, [one.id for one in self.rules.categories])


Configured = tuple[Catalogue, Indicators, PublicationRules, DoorScript]


def configured(settings: Settings) -> Configured:
    """Programmes, indicators, publication rules and what is said at a door. Raises `ConfigurationRefused`."""
    folders = _folders(settings)
    load_firewall_rules(folders)  # refused now, and not when somebody asks for the report
    load_procedures(_last(folders, PROCEDURES))
    load_complaint_terms(_last(folders, COMPLAINTS))
    load_demand_rules(_last(folders, DEMANDS))
    load_arrival_rules(_last(folders, ARRIVALS))
    load_night_prices(_last(folders, BED_NIGHTS))
    load_peace_terms(_last(folders, HOUSE_PEACE))
    load_prompts(_last(folders, PROMPTS))
    load_pregnancy_term(_last(folders, DEFERRALS))
    load_letter_texts(folders)
    load_information(folders)
    load_signals(_last(folders, TRAFFICKING))
    load_waiting_rules(_last(folders, WAITING))
    indicators = load_indicators(_last(folders, "indicators.toml"))
    rules = load_publication_rules(_last(folders, "publication.toml"), indicators)
    load_statement_rules(_last(folders, ACCOUNTABILITY), [one.id for one in rules.categories])
    door = load_door_script(_last(folders, "door.toml"))
    return Catalogue.load(*folders), indicators, rules, door


def _folders(settings: Settings) -> list[Path]:
    return [folder for folder in settings.config_folders if folder.is_dir()]


def _last(folders: Sequence[Path], name: str) -> Path:
    """The file of the last folder that has one: an installation may replace what was shipped."""
    return next(folder / name for folder in reversed(folders) if (folder / name).exists())


_houses: list[House] = []


def current() -> House:
    """The house of this process. Raises `LookupError` before one was entered."""
    if not _houses:
        raise LookupError("No house is open in this process.")
    return _houses[-1]


def enter(house: House) -> None:
    """Makes this the house of the process: the factory and the commands say it once."""
    _houses[:] = [house]


@contextmanager
def inside(house: House) -> Iterator[House]:
    """This house for a while; tests enter many, one after another."""
    _houses.append(house)
    try:
        yield house
    finally:
        _houses.remove(house)


@contextmanager
def left_as_it_was() -> Iterator[None]:
    """Whatever house is entered meanwhile, afterwards the process stands where it stood before."""
    before = list(_houses)
    try:
        yield
    finally:
        _houses[:] = before
