"""What the claims stage makes of triggers: evidence, parties, places, times, figures, sources."""

import pytest
from hung import counted, hang, read

from dateline.model import Claim

RAID = "Troops killed 22 rebels, including three chiefs, in Borno state on Monday, Col. Oumar Keita said."


def raid(**changes: str) -> Claim:
    roles = {
        "evidence": "Troops killed 22 rebels, including three chiefs, in Borno state on Monday", "initiator": "Troops",
        "target": "rebels", "place": "Borno state", "time": "on Monday", "figure": "22 rebels | three chiefs",
    }  # fmt: skip
    numbers = (counted(RAID, "22 rebels", "killed", "militant"), counted(RAID, "three chiefs", "killed", "militant_leader"))
    (claim,) = read(RAID, hang(RAID, "killed", **roles | changes), *numbers, published="2021-03-05").claims  # type: ignore[arg-type]
    return claim


def test_a_claim_has_what_its_words_say() -> None:
    """Every field comes from the words that are tied to it, in the terms of the codebook."""
    claim = raid()
    assert [s.of(RAID) for s in claim.evidence] == ["Troops killed 22 rebels, including three chiefs, in Borno state on Monday"]
    assert [r.words for r in claim.target] == ["rebels"]
    assert [p.words for p in claim.places] == ["Borno"]
    assert claim.time is not None
    assert str(claim.time.start) == "2021-03-01"
    assert claim.source.speaker == "Oumar Keita"
    assert claim.confidence is not None


def test_a_part_is_never_a_second_whole() -> None:
    """ "including three chiefs" is a part of the 22, and says so."""
    assert [(f.best, f.part_of) for f in raid().figures] == [(22, None), (3, "22 rebels")]


def test_a_word_that_no_claim_hangs_on_is_none() -> None:
    """An unsure trigger is no claim, though the lexicon knows the act; its numbers are listed as unread."""
    trigger = hang(RAID, "killed", said=0.05, evidence=RAID[:30], figure="22 rebels")
    reading = read(RAID, trigger, counted(RAID, "22 rebels", "killed"))
    assert reading.claims == ()
    assert "22 rebels" in [u.span.of(RAID) for u in reading.unread if u.reason == "unread"]


def test_two_words_of_one_claim_make_one() -> None:
    """The surer of two triggers with the same words is kept."""
    text = "A raid killed two rebels near Gao."
    triggers = (hang(text, "raid", said=0.7, evidence=text), hang(text, "killed", said=0.8, evidence=text))
    (claim,) = read(text, *triggers).claims
    assert [s.of(text) for g in claim.grounds if g.field == "kind" for s in g.spans] == ["killed"]


def test_a_count_of_zero_is_a_denial() -> None:
    """Whatever the network says of the certainty (codebook: certainty)."""
    text = "No soldiers were killed near Gao, the army said."
    marks = (
        hang(text, "killed", evidence="No soldiers were killed near Gao", figure="No soldiers"),
        counted(text, "No soldiers", "killed"),
    )
    (claim,) = read(text, *marks).claims
    assert (claim.certainty, [(f.low, f.best, f.high) for f in claim.figures]) == ("denied", [(0, 0, 0)])


def test_a_dated_act_of_long_ago_is_background() -> None:
    """A date more than three months before the report's, though the words say nothing of it."""
    text = "Rebels attacked Gao on 3 May 2019."
    (claim,) = read(text, hang(text, "attacked", evidence=text, time="on 3 May 2019"), published="2021-03-05").claims
    assert claim.background


@pytest.mark.parametrize(
    ("text", "pronoun", "found"),
    [
        ("Rebels attacked Gao. They burned two houses.", "They", ["rebels"]),
        ("Gao was attacked by rebels who burned two houses.", "who", ["rebels"]),
    ],
)
def test_a_pronoun_is_the_party_before(text: str, pronoun: str, found: list[str]) -> None:
    """The party of the claim before, or right before a relative."""
    first = hang(text, "attacked", evidence=text[: text.index(pronoun)], initiator="ebels")
    second = hang(text, "burned", event_type="destruction", evidence=text[text.index(pronoun) :], initiator=pronoun)
    claims = read(text, first, second).claims
    assert [r.name.lower() for r in claims[1].initiator] == [r.name.lower() for r in claims[0].initiator]


def test_a_headline_is_no_second_claim() -> None:
    """What headline and body say alike is one claim with the evidence of both."""
    text = "Rebels kill two in Gao\n\nRebels killed two farmers in Gao on Monday, residents said.\n\nThey fled north.\n"
    triggers = (
        hang(text, "kill ", evidence="Rebels kill two in Gao", initiator="Rebels"),
        hang(text, "killed", evidence="Rebels killed two farmers in Gao on Monday", initiator="Rebels killed"),
    )
    (claim,) = read(text, *triggers).claims
    assert len(claim.evidence) == 2


def test_items_of_a_list_have_the_day_and_the_side_of_its_opening() -> None:
    """And a day of their own where they say one."""
    text = (
        "On 3 March 2021, rebels attacked two posts.\n\n"
        "- Near Gao, one attack destroyed a truck.\n\n- Near Kidal, one attack destroyed a hut on 4 March 2021.\n"
    )
    triggers = (
        hang(text, "attacked", evidence="rebels attacked two posts", initiator="rebels"),
        hang(text, "attack destroyed a truck", event_type="destruction", evidence="Near Gao, one attack destroyed a truck"),
        hang(text, "attack destroyed a hut", event_type="destruction", evidence="Near Kidal, one attack destroyed a hut"),
    )
    first, second, third = read(text, *triggers).claims
    assert [str(c.time and c.time.start) for c in (first, second, third)] == ["2021-03-03", "2021-03-03", "2021-03-04"]
    assert [r.name for r in second.initiator] == [r.name for r in first.initiator] != []


def test_hideouts_allude_to_the_enemy_that_the_report_names() -> None:
    """Who acts has one enemy in the report: he is meant where only "hideouts" stand for him, and his name is the evidence."""
    text = "Security forces killed two ISIS fighters in Anbar. In Kirkuk the security forces destroyed 11 hideouts."
    first = hang(text, "killed", evidence=text[:49], initiator="Security forces", target="ISIS fighters")
    evidence, again = "In Kirkuk the security forces destroyed 11 hideouts", "the security forces"
    second = hang(text, "destroyed", event_type="destruction", evidence=evidence, initiator=again)
    claims = read(text, first, second).claims
    assert [[(r.name, r.words, r.by) for r in c.target] for c in claims] == [
        [("ISIS", "ISIS fighters", "name")],
        [("ISIS", "ISIS fighters", "reference")],
    ]


def test_no_enemy_is_meant_where_the_report_names_two() -> None:
    """The words allude to one of them, and do not say to which."""
    text = "The army killed two Taliban fighters. The army killed two ISIS fighters. The army destroyed 11 hideouts."
    marks = (
        hang(text, "killed", evidence="The army killed two Taliban fighters", target="Taliban fighters"),
        hang(text, "killed two ISIS", evidence="The army killed two ISIS fighters", target="ISIS fighters"),
        hang(text, "destroyed", event_type="destruction", evidence="The army destroyed 11 hideouts"),
    )
    assert read(text, *marks).claims[-1].target == ()


def test_whom_an_act_is_to_help_has_no_side() -> None:
    """A strike in support of a government is not against it."""
    text = "The coalition conducted 11 strikes in support of the government of Iraq against ISIS targets."
    (claim,) = read(
        text, hang(text, "conducted", event_type="air_strike", evidence=text, target="government of Iraq | ISIS")
    ).claims
    assert [r.name for r in claim.target] == ["ISIS"]


@pytest.mark.parametrize(
    ("words", "found"), [("A betel seller", ["civilians"]), ("A drone", []), ("The Wind Riders", ["Wind Riders"])]
)
def test_a_party_that_no_list_has_is_told_by_its_head(words: str, found: list[str]) -> None:
    """Trades are civilians, things are no party, and names stay as they are."""
    text = f"{words} was hit near Gao."
    (claim,) = read(text, hang(text, "hit", evidence=text, target=words)).claims
    assert [r.name for r in claim.target] == found


def test_a_bare_count_is_of_those_told_of_before() -> None:
    """ "Nine others" are no party of that name."""
    text = "Rebels killed two farmers in Gao. Nine others were hurt."
    marks = (
        hang(text, "killed", evidence="Rebels killed two farmers in Gao", initiator="Rebels", target="farmers"),
        hang(text, "hurt", evidence="Nine others were hurt", target="Nine others"),
    )
    assert [r.name for r in read(text, *marks).claims[1].target] == ["civilians"]


def test_civilians_who_demonstrate_are_protesters() -> None:
    """Codebook: the party that the words name; whoever marches protests."""
    text = "Hundreds of women marched in Gao."
    (claim,) = read(text, hang(text, "marched", event_type="protest", evidence=text, initiator="Hundreds of women")).claims
    assert [r.name for r in claim.initiator] == ["protesters"]


def test_we_are_the_speaker_s_own() -> None:
    """In the words of a party's spokesman "we" is the party."""
    text = 'Army spokesman Oumar Keita said: "We struck the camp at dawn." Mali is calm.'
    (claim,) = read(
        text, hang(text, "struck", event_type="air_strike", evidence="We struck the camp at dawn", initiator="We")
    ).claims
    assert [r.name for r in claim.initiator] == ["Malian army"]


def test_both_sides_are_the_two_named_last() -> None:
    """Those that can fight; villagers between them are no side."""
    text = "The ELN and the FARC met. Villagers fled. Both sides attacked Toribio."
    (claim,) = read(text, hang(text, "attacked", evidence="Both sides attacked Toribio", initiator="Both sides")).claims
    assert [r.name for r in claim.initiator] == ["ELN", "FARC"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rebels hold the city of Goma. Two people were killed in the city.", ["Goma"]),
        ("Rebels hold the city of Goma. The town hall was burned.", []),
        ("Fighters crossed into Iraq and Syria. Two people were killed in both countries.", ["Iraq", "Syria"]),
    ],
)
def test_the_city_is_the_one_named_last(text: str, found: list[str]) -> None:
    """A place that only an article and its kind tell of; parts of other words are none."""
    sentence = text.split(". ")[1].rstrip(".")
    trigger = "killed" if "killed" in sentence else "burned"
    (claim,) = read(text, hang(text, trigger, evidence=sentence)).claims
    assert [p.words for p in claim.places] == found


def test_an_entry_of_a_chronicle_has_its_date() -> None:
    """What the lines "6 January 2024 - ..." tell lies on that day, in their later sentences too; a day of their own wins."""
    text = (
        "6 January 2024 \u2013 Gunmen attacked the market. In Gao the crowd looted a depot.\n\n"
        "9 January 2024 \u2013 Nobody was hurt when a shell hit Kidal on 8 January 2024.\n"
    )
    triggers = (
        hang(text, "attacked", evidence="Gunmen attacked the market"),
        hang(text, "looted", event_type="robbery", evidence="In Gao the crowd looted a depot"),
        hang(text, "hit", event_type="shelling", evidence="a shell hit Kidal on 8 January 2024", time="on 8 January 2024"),
    )
    assert [str(c.time and c.time.start) for c in read(text, *triggers).claims] == ["2024-01-06", "2024-01-06", "2024-01-08"]
