"""Guards of what leaves inside the database: nothing is out without its people, and what is out stays as it left."""

from __future__ import annotations

from typing import Final

LACKS_PEOPLE: Final = "caseflow: approvals missing"
_PEOPLE = """(
    SELECT count(DISTINCT said.user_id) FROM disclosure_approvals AS said
    WHERE said.disclosure_id = NEW.id AND said.denied_at IS NULL
      AND (NEW.tier = '4' OR said.user_id <> NEW.asked_by))
  < CASE NEW.tier WHEN '2' THEN 1 WHEN '3' THEN 2 WHEN '4' THEN 3 ELSE 0 END"""
_NO_COUNSELLOR = """NEW.tier = '3' AND NOT EXISTS (
    SELECT 1 FROM disclosure_approvals AS said
    WHERE said.disclosure_id = NEW.id AND said.denied_at IS NULL AND said.approved_as = 'counsellor'
      AND said.by = 'screen')"""
_AS_IT_LEFT: Final = """id case_id kind recipient recipient_class office_id tier purpose basis fields language
  medium about_id asked_by asked_at change_id agreed_on warned_on left_on issued_at issued_by engine template digest"""
_CHANGED = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _AS_IT_LEFT.split())
_SAID: Final = "id disclosure_id user_id approved_as by recorded_by approved_at change_id"
_UNSAID = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _SAID.split())

DISCLOSURE_TRIGGERS: Final[dict[str, str]] = {
    "disclosures_wait_for_their_people": f"""
CREATE TRIGGER disclosures_wait_for_their_people BEFORE UPDATE OF state ON disclosures
WHEN NEW.state = 'issued' AND OLD.state <> 'issued' AND ({_PEOPLE} OR {_NO_COUNSELLOR})
BEGIN
  SELECT RAISE(ABORT, '{LACKS_PEOPLE}');
END""",
    "disclosures_do_not_begin_issued": f"""
CREATE TRIGGER disclosures_do_not_begin_issued BEFORE INSERT ON disclosures
WHEN NEW.state = 'issued' AND NEW.tier IN ('2', '3', '4')
BEGIN
  SELECT RAISE(ABORT, '{LACKS_PEOPLE}');
END""",
    "disclosures_stay_as_they_left": f"""
CREATE TRIGGER disclosures_stay_as_they_left BEFORE UPDATE ON disclosures
WHEN OLD.state IN ('issued', 'refused', 'withdrawn')
  AND ({_CHANGED} OR (NEW.state <> OLD.state AND NOT (OLD.state = 'issued' AND NEW.state = 'withdrawn')))
BEGIN
  SELECT RAISE(ABORT, 'caseflow: append only');
END""",
    "disclosure_approvals_stay_as_given": f"""
CREATE TRIGGER disclosure_approvals_stay_as_given BEFORE UPDATE ON disclosure_approvals
WHEN {_UNSAID}
BEGIN
  SELECT RAISE(ABORT, 'caseflow: append only');
END""",
}
