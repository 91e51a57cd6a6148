"""Settings: shipped defaults, overlaid by the instance, and refused with place and repair."""

from datetime import time
from pathlib import Path

import pytest

from caseflow import settings
from caseflow.domain.actors import Role


def own_settings(instance: Path, text: str) -> Path:
    folder = instance / "config"
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text(text, "utf-8")
    return instance


def refusal(instance: Path, environ: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(settings.SettingsRefused) as refused:
        settings.load(instance, environ or {})
    return [str(problem) for problem in refused.value.problems]


def test_the_shipped_defaults_are_good_as_they_are(tmp_path: Path) -> None:
    loaded = settings.load(tmp_path, {})

    assert loaded.serving.is_on_loopback
    assert loaded.serving.https
    assert loaded.signin.passkey_required_for == frozenset()
    assert loaded.office_hours.days == frozenset(range(5))
    assert loaded.config_folders == (settings.SHIPPED_CONFIG, tmp_path / "config")


def test_an_instance_changes_only_the_lines_it_writes(tmp_path: Path) -> None:
    own_settings(
        tmp_path,
        '[signin]\npasskey_required_for = ["administrator"]\n[office_hours]\nopens = 09:30:00\n',
    )

    loaded = settings.load(tmp_path, {})

    assert loaded.signin.passkey_required_for == {Role.ADMINISTRATOR}
    assert loaded.signin.attempts_per_hour == 10
    assert loaded.office_hours.opens == time(9, 30)


def test_the_environment_has_the_last_word_about_where_to_listen(tmp_path: Path) -> None:
    own_settings(tmp_path, "[serving]\nport = 8100\n")

    assert settings.load(tmp_path, {}).serving.port == 8100
    assert settings.load(tmp_path, {"CASEFLOW_PORT": "8200"}).serving.port == 8200


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[serving]\nport = 0", "serving.port: write a whole number from 1 to 65535"),
        ("[serving]\nport = true", "serving.port: write a whole number from 1 to 65535"),
        ("[serving]\nhttps = 1", "serving.https: write true or false"),
        ('[serving]\nhost = ""', "serving.host: write a text between quotes"),
        ("[serving]\ncolour = 1", "serving.colour: remove it; there is no such setting"),
        ("serving = 1", "serving: remove it; there is no such setting"),
        ('timezone = "Amsterdam"', "timezone: write the name of a time zone"),
        ('timezone = "Europe"', "timezone: write the name of a time zone"),
        ('timezone = "../passwd"', "timezone: write the name of a time zone"),
        ('[office_hours]\nopens = "08:00"', "office_hours.opens: write a time such as 08:00:00"),
        ("[office_hours]\ncloses = 07:00:00", "office_hours.closes: write a time after"),
        ('[office_hours]\ndays = ["maandag"]', "office_hours.days: write a list with words out of"),
        ('[signin]\npasskey_required_for = ["boss"]', "signin.passkey_required_for: write a list"),
        ("[passphrases]\nmemory_mib = 8", "passphrases.memory_mib: write a whole number from 19"),
        (
            "[sessions]\nidle_minutes = 90\nlongest_hours = 1",
            "sessions.idle_minutes: write fewer minutes",
        ),
        (
            '[serving]\nhttps = false\nhost = "0.0.0.0"',
            "serving.https: write true; without https, only a loopback address may be served",
        ),
        ('[mail]\nsender = "nobody"', "mail.sender: write a mail address"),
        ('[mail]\nsite = "caseflow.example"', "mail.site: write the address of the pages"),
        ('[mail]\nsite = "https://caseflow.example/cases?x"', "mail.site: write the address"),
        ('[mail]\ndomains = ["@dehaven.example"]', "mail.domains: write a list of mail domains"),
        ('[mail]\nsecurity = "ssl"', "mail.security: write one of: starttls, tls, none"),
        ("[serving\n", "line 1, column 9: repair the TOML there"),
    ],
)
def test_a_bad_setting_is_one_line_with_file_key_and_repair(
    tmp_path: Path, text: str, line: str
) -> None:
    [found] = refusal(own_settings(tmp_path, text))

    assert found.startswith(f"config/settings.toml: {line}")
    assert "\n" not in found


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    own_settings(tmp_path, "[serving]\nport = 0\nthreads = 0\n")

    assert len(refusal(tmp_path)) == 2


def test_a_port_from_the_environment_is_named_by_its_variable(tmp_path: Path) -> None:
    assert refusal(tmp_path, {"CASEFLOW_PORT": "eighty"}) == [
        "environment: CASEFLOW_PORT: write a whole number from 1 to 65535"
    ]


def test_what_somebody_wrote_is_not_repeated_in_the_refusal(tmp_path: Path) -> None:
    own_settings(tmp_path, 'timezone = "Fatima"\nFatima = 1 = 2\n')

    assert not any("Fatima" in line for line in refusal(tmp_path))


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    own_settings(tmp_path, "")
    (tmp_path / "config" / "settings.toml").write_bytes("# café".encode("latin-1"))

    assert refusal(tmp_path) == ["config/settings.toml: save the file as UTF-8"]


def test_a_default_that_was_removed_is_missed(tmp_path: Path) -> None:
    shipped = tmp_path / "config"
    shipped.mkdir()
    text = (settings.SHIPPED_CONFIG / "default.toml").read_text("utf-8")
    (shipped / "default.toml").write_text(text.replace("port = 8000", ""), "utf-8")

    with pytest.raises(settings.SettingsRefused, match=r"serving\.port: add it"):
        settings.load(tmp_path, {}, shipped)


def test_the_instance_is_chosen_by_option_then_environment_then_here(tmp_path: Path) -> None:
    environ = {"CASEFLOW_INSTANCE": str(tmp_path / "other")}

    assert settings.instance_folder(str(tmp_path), environ) == tmp_path
    assert settings.instance_folder(None, environ) == tmp_path / "other"
    assert settings.instance_folder(None, {}) == settings.PROJECT / "instance"


@pytest.mark.parametrize(
    ("lines", "reached_at", "address"),
    [
        ("", "", "https://localhost:8000"),
        ("https = false", "", "http://localhost:8000"),
        ("", "zorg.example", "https://zorg.example"),
        ('host = "10.0.0.5"\nport = 443', "", "https://10.0.0.5:443"),
    ],
)
def test_links_lead_to_https_unless_it_is_switched_off(
    tmp_path: Path, lines: str, reached_at: str, address: str
) -> None:
    own_settings(tmp_path, f"[serving]\n{lines}\n")

    assert settings.load(tmp_path, {}).serving.address(reached_at) == address


MAIL = """[mail]
host = "{host}"
security = "{security}"
sender = "caseflow@dehaven.example"
site = "https://caseflow.example"
domains = ["dehaven.example"]
"""


def test_mail_is_off_until_a_server_is_named(tmp_path: Path) -> None:
    assert not settings.load(tmp_path / "new", {}).mail.is_on
    text = MAIL.format(host="mail.dehaven.example", security="starttls")
    mail = settings.load(own_settings(tmp_path, text), {}).mail
    assert (mail.is_on, mail.port, mail.domains) == (True, 587, {"dehaven.example"})


def test_whoever_names_a_mail_server_is_told_what_it_lacks(tmp_path: Path) -> None:
    lines = refusal(own_settings(tmp_path, '[mail]\nhost = "mail.dehaven.example"'))
    assert [line.split(": ")[1] for line in lines] == ["mail.sender", "mail.site", "mail.domains"]


def test_mail_goes_unencrypted_to_this_machine_alone(tmp_path: Path) -> None:
    there = own_settings(tmp_path / "a", MAIL.format(host="mail.dehaven.example", security="none"))
    [line] = refusal(there)
    assert "mail.security: write starttls or tls" in line
    here = own_settings(tmp_path / "b", MAIL.format(host="127.0.0.1", security="none"))
    assert settings.load(here, {}).mail.is_on
