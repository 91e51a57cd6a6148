"""The ground every other test stands on: real stores, opened, told, changed."""

from caseflow.domain.events import EVENTS
from caseflow.storage import audit_log, changes
from caseflow.storage.audit_log import Act
from tests import builders, cast


def test_a_change_is_told_before_and_after(house):
    builders.hire_everybody(house)
    act = Act("team_made", cast.LENA.actor(), cast.NOW, object_id="x")
    with changes.change(house.stores, act, vault="de-haven") as work:
        assert work.vault is not None

    verdict = audit_log.verify(house.stores)
    assert verdict.sound
    assert verdict.entries == 2
    assert "team_made" in EVENTS
