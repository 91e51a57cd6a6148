"""What is still filled in about somebody who left."""

from __future__ import annotations

from caseflow.domain.destinations import DESTINATION_NAMES, DestinationKind
from caseflow.domain.messages import N_
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice


class NextAddressForm(OwnForm):
    """The kind of place somebody went to, never its address."""

    destination = fields.one_of(
        N_("Kind of next address"),
        (choice(one.value, DESTINATION_NAMES[one]) for one in DestinationKind),
        needed=N_("Choose what kind of place it is. “Destination not known” is an answer too."),
        hint=N_("The kind alone. Write no address down, here or anywhere."),
    )
