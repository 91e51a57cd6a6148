"""Why a publication is withdrawn: one of few reasons, so that nothing about a person can be written."""

from __future__ import annotations

from caseflow.domain.messages import N_
from caseflow.domain.publication_withdrawals import REASONS, WithdrawalReason
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice


class WithdrawForm(OwnForm):
    """The reason, and a fresh code."""

    reason = fields.one_of(
        N_("Why it is withdrawn"),
        (choice(one.value, sentence) for one, sentence in REASONS.items()),
        needed=N_("Choose why it is withdrawn."),
        hint=N_("Every reader sees this sentence, on the page and in the files, for ever."),
    )
    code = fields.line(N_("Code from your phone"), most=12)

    def chosen(self) -> WithdrawalReason:
        """The reason, as the service takes it."""
        return WithdrawalReason(self.reason.data)
