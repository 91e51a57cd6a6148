"""The form by which a holder opens the vault."""

from __future__ import annotations

from wtforms import HiddenField

from caseflow.domain.messages import N_
from caseflow.web.forms.accounts import CodeField
from caseflow.web.forms.fields import OwnForm, later, line, secret


class UnsealForm(OwnForm):
    """Who unseals, and the passphrase that nobody else knows."""

    holder = line(N_("Name of the holder"), needed=N_("Type your name as a holder."), most=64)
    passphrase = secret(
        N_("Your own passphrase"),
        needed=N_("Type your passphrase."),
        hint=N_("The passphrase of the vault, not the password of your account."),
    )
    code = CodeField(later(N_("Code from your phone")))
    back = HiddenField()
    """The page to go back to once the vault is open: a path of ours."""
