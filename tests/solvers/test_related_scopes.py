"""A group published beside its members: the difference is attacked too."""

import json
from collections import Counter
from datetime import date
from itertools import combinations_with_replacement, product

import pytest

from caseflow.domain.attacks import enough_others
from caseflow.domain.certificates import NeedsExactSearch, certify, check_certificate
from caseflow.domain.decisions import Refused
from caseflow.domain.publications import PublicationDraft, prepare
from caseflow.domain.published_counts import PublishedCount, PublishedCounts
from caseflow.domain.related_scopes import attack_related, related
from caseflow.domain.rounding import printed
from caseflow.solvers.whole_tables import table_within
from tests.domain.test_publication_tables import INDICATORS, OUTCOMES, RULES, counted, published

DAY = date(2025, 1, 1)
EACH = ("x", "y")


def scope(name, members, counts, day=DAY):
    said = [PublishedCount("exits", frozenset(counts), printed(sum(counts.values())))]
    said += [PublishedCount(c, frozenset(c), printed(n)) for c, n in counts.items()]
    return PublishedCounts(name, frozenset(members), day, tuple(counts), frozenset(), tuple(said))


def group_of(*parts):
    return {c: sum(part[c] for part in parts) for c in EACH}


def claimed(published):
    passes = {}
    for found in attack_related(published, table_within):
        key = found.target, found.inside
        passes[key] = passes.get(key, True) and found.passes
    return passes


def truth(member, group):
    """Tries every whole table of one member and the rest of its group, for every coalition."""
    cells = [(who, c) for who in ("a", "rest") for c in EACH]
    sums = [(frozenset({("a", c)}), printed(member[c])) for c in EACH]
    sums += [(frozenset({("a", c), ("rest", c)}), printed(group[c])) for c in EACH]
    sums += [
        (frozenset(("a", c) for c in EACH), printed(sum(member.values()))),
        (frozenset(cells), printed(sum(group.values()))),
    ]
    tables = []
    for own in product(*(range(printed(member[c]).low, printed(member[c]).high + 1) for c in EACH)):
        for rest in product(*(range(printed(group[c]).high + 1) for c in EACH)):
            table = dict(zip(cells, own + rest, strict=True))
            if all(said.low <= sum(table[u] for u in among) <= said.high for among, said in sums):
                tables.append(table)
    targets = [among for among, said in sums if said.is_under]
    rests = [frozenset({("rest", c)}) for c in EACH] + [frozenset(("rest", c) for c in EACH)]
    targets += [r for r in rests if any(sum(t[u] for u in r) < 5 for t in tables)]
    failed = set()
    for target in targets:
        # Members count by the group's cell where that prints below five too.
        around = max([target, *(a for a, said in sums if said.is_under and target <= a)], key=len)
        for size in range(4):
            for members in combinations_with_replacement(cells, size):
                held = Counter(members)
                inside = sum(held[u] for u in target)
                others = {
                    sum(t[u] for u in target) - inside
                    for t in tables
                    if all(t[u] >= n for u, n in held.items())
                }
                known = sum(held[u] for u in around)
                if others and not {0, enough_others(known) - 1} <= others:
                    failed.add(known)
    return failed


@pytest.mark.parametrize(
    ("member", "rest"),
    [
        pytest.param({"x": 12, "y": 13}, {"x": 30, "y": 22}, id="a rest that is large"),
        pytest.param({"x": 12, "y": 13}, {"x": 9, "y": 1}, id="a rest with a small cell"),
        pytest.param({"x": 12, "y": 2}, {"x": 19, "y": 11}, id="a member with a small cell"),
        pytest.param({"x": 12, "y": 2}, {"x": 19, "y": 1}, id="small in both"),
        pytest.param({"x": 8, "y": 10}, {"x": 1, "y": 1}, id="nearly the whole group"),
    ],
)
def test_the_difference_is_attacked_as_trying_every_table_says(member, rest):
    group = group_of(member, rest)
    published = [scope("a", "a", member), scope("g", "ab", group)]

    found = claimed(published)

    failed = {inside for (_, inside), passes in found.items() if not passes}
    wanted = truth(member, group)
    # What fails in truth is found out; what is claimed to pass does.
    assert wanted <= failed | ({0, 1, 2, 3} - {inside for _, inside in found})
    assert failed <= wanted


def test_a_group_that_is_wholly_published_has_no_rest():
    one, other = {"x": 22, "y": 33}, {"x": 17, "y": 26}
    published = [
        scope("a", "a", one),
        scope("b", "b", other),
        scope("g", "ab", group_of(one, other)),
    ]

    assert not [name for name, _ in claimed(published) if name.startswith("rest")]


def test_the_rest_of_a_group_gives_someone_away_where_one_person_is_left():
    one, rest = {"x": 12, "y": 33}, {"x": 1, "y": 40}
    published = [scope("a", "a", one), scope("g", "ab", group_of(one, rest))]

    passes = claimed(published)

    assert not passes["rest of g: x 2025-01-01", 0]


def test_a_group_and_a_member_are_certified_together_and_checked_from_the_file():
    one, rest = {"x": 52, "y": 33}, {"x": 71, "y": 40}
    published = [scope("a", "a", one), scope("g", "ab", group_of(one, rest))]

    certificate = json.loads(json.dumps(certify(published, table_within)))

    assert certificate["passes"]
    assert check_certificate(certificate, table_within) == []
    assert "several programmes" in str(check_certificate(certificate)[0])
    with pytest.raises(NeedsExactSearch):
        certify(published)


def test_an_attack_that_need_not_end_says_the_same_of_what_passes_and_of_what_fails():
    one = {"x": 52, "y": 33}
    for rest, passes in (({"x": 71, "y": 40}, True), ({"x": 1, "y": 40}, False)):
        published = [scope("a", "a", one), scope("g", "ab", group_of(one, rest))]

        whole, stopped = (certify(published, table_within, to_the_end=e) for e in (True, False))

        assert whole["passes"] is stopped["passes"] is passes
        assert whole["findings"][: len(stopped["findings"])] == stopped["findings"]
        assert (whole == stopped) is passes


def test_scopes_hang_together_through_others():
    a, b = scope("a", "a", {"x": 9, "y": 9}), scope("b", "b", {"x": 9, "y": 9})
    group, far = scope("g", "ab", {"x": 30, "y": 30}), scope("z", "z", {"x": 9, "y": 9})

    assert related("a", "a", [a, b, group, far]) == [a, b, group]
    assert related("z", "z", [a, b, group, far]) == [far]


def test_nothing_is_disclosed_twice():
    published = [scope("a", "a", {"x": 9, "y": 9}), scope("g", "ab", {"x": 30, "y": 30})]
    statements = certify(published, table_within)["statements"]

    assert len({statement["name"] for statement in statements}) == len(statements)


def test_a_group_is_prepared_beside_its_member_or_refused_without_the_exact_search():
    member = published(counted())
    about = {
        "scope": "g",
        "members": ("a", "b"),
        "today": date(2027, 1, 1),
        "rules": RULES,
        "indicators": INDICATORS,
        "earlier": [member.counts],
    }
    rest = {("residence_permit", None): 70, ("voluntary_return", None): 40}
    outcomes = Counter(OUTCOMES) + Counter(rest)
    whole = counted(outcomes=outcomes, genders={"man": 400, "woman": 200})

    refused = prepare(whole, **about)
    draft = prepare(whole, **about, exact=table_within)

    assert isinstance(refused, Refused)
    assert "difference" in str(refused.reason)
    assert isinstance(draft, PublicationDraft), draft
    assert [one["scope"] for one in draft.certificate["publications"]] == ["a", "g"]
    assert [table.id for table in draft.tables] == ["gender"]
    assert check_certificate(json.loads(json.dumps(draft.certificate)), table_within) == []
