"""Finding somebody on the caseload, and going through a list of cases."""

from __future__ import annotations

from caseflow.domain.messages import N_
from caseflow.domain.searches import LONGEST
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm


class FindForm(OwnForm):
    """A name in any spelling, a call name or client code, or how it begins."""

    find = fields.line(N_("Find somebody by name, call name or code"), most=LONGEST)
