"""What the claims stage makes of triggers: evidence, parties, places, times, figures, sources."""

import pytest
from hung import counted, hang, phrase, read

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
    text = "Soldiers killed 22 rebels."
    trigger = hang(text, "killed", said=0.05, evidence=text, figure="22 rebels")
    reading = read(text, trigger, counted(text, "22 rebels", "killed"))
    assert reading.claims == ()
    assert "22 rebels" in [u.span.of(text) for u in reading.unread if u.reason == "unread"]


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
        hang(text, "attacked", evidence="rebels attacked two posts", initiator="rebels", time="On 3 March 2021"),
        hang(text, "attack destroyed a truck", event_type="destruction", evidence="Near Gao, one attack destroyed a truck"),
        hang(
            text,
            "attack destroyed a hut",
            event_type="destruction",
            evidence="Near Kidal, one attack destroyed a hut on 4 March 2021",
        ),
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
    ("words", "tag", "found"),
    [
        ("A betel seller", "NOUN", ["civilians"]),
        ("A gateman", "NOUN", ["civilians"]),
        ("A hut", "NOUN", []),
        ("The Wind Riders", "PROPN", ["Wind Riders"]),
        ("Two cadres", "NOUN", ["ISIS"]),
        ("A reservist", "NOUN", ["Malian army"]),
    ],
)
def test_a_party_that_no_list_has_is_told_by_its_head(words: str, tag: str, found: list[str]) -> None:
    """People are civilians where civilians are hit, soldiers and members those of the force and the group that the report tells
    of most; things are no party, and names stay as they are."""
    text = f"The Malian army fought ISIS. {words} was hit near Gao."
    mark = hang(text, "hit", event_type="bombing", evidence=text[text.index(words) :], target=words)
    (claim,) = read(text, mark, phrase(text, words, "hit", "nsubj:pass", tag)).claims
    assert [r.name for r in claim.target] == found


@pytest.mark.parametrize(
    ("text", "subject", "verb", "sides"),
    [
        ("The army lost ten men near Gao.", "The army", "lost", ([], ["army"])),
        ("The army came under fire near Gao.", "The army", "came", ([], ["army"])),
        ("The army attacked near Gao.", "The army", "attacked", (["army"], [])),
    ],
)
def test_who_loses_men_suffers(text: str, subject: str, verb: str, sides: tuple[list[str], list[str]]) -> None:
    """Whatever the network says: the subject of such verbs is acted upon."""
    (claim,) = read(text, hang(text, verb, evidence=text[:-1], initiator=subject), phrase(text, subject, verb, "nsubj")).claims
    assert ([r.name for r in claim.initiator], [r.name for r in claim.target]) == sides


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rebels beat a farmer near Gao while soldiers looked on.", ["insurgents"]),
        ("A suicide bomber set off his vest when soldiers stopped him.", ["suicide bomber"]),
    ],
)
def test_who_stands_by_has_no_side(text: str, found: list[str]) -> None:
    """The subject of a clause that sets the scene, beside somebody who acts."""
    verb, aside = ("beat", "looked") if "beat" in text else ("set off", "stopped")
    subject = text.split(f" {verb}")[0]
    mark = hang(text, verb, event_type="attack_on_civilians", evidence=text[:-1], initiator=f"{subject} | soldiers")
    tree = [
        phrase(text, subject, verb, "nsubj"),
        phrase(text, "soldiers", aside, "nsubj"),
        phrase(text, aside, verb, "advcl", "VERB"),
        phrase(text, "while" if "while" in text else "when", aside, "mark", "SCONJ"),
    ]
    (claim,) = read(text, mark, *tree).claims
    assert [r.name.lower() for r in claim.initiator] == found


def test_who_condemns_an_act_has_no_side_in_it() -> None:
    """Whatever ties them to it."""
    text = "The European Union condemned the shelling of Gao by rebels."
    mark = hang(text, "shelling", event_type="shelling", evidence=text[:-1], initiator="The European Union | rebels")
    (claim,) = read(text, mark, phrase(text, "The European Union", "condemned", "nsubj")).claims
    assert [r.name for r in claim.initiator] == ["insurgents"]


def test_of_two_that_clash_the_second_is_the_other_side() -> None:
    """ "Between A and B": both act, and a claim has two sides."""
    text = "Clashes broke out between the ELN and the FARC near Toribio."
    (claim,) = read(text, hang(text, "Clashes", evidence=text[:-1], initiator="the ELN | the FARC")).claims
    assert ([r.name for r in claim.initiator], [r.name for r in claim.target]) == (["ELN"], ["FARC"])


def test_prisoners_who_break_out_act() -> None:
    """Those who are freed do not."""
    text = "Forty inmates escaped from the prison of Gao. Ten inmates were freed in Kidal."
    marks = [
        hang(text, verb, event_type="prison_break", evidence=said, target=who)
        for verb, said, who in (
            ("escaped", "Forty inmates escaped from the prison of Gao", "Forty inmates"),
            ("freed", "Ten inmates were freed in Kidal", "Ten inmates"),
        )
    ]
    found = [([r.name for r in c.initiator], [r.name for r in c.target]) for c in read(text, *marks).claims]
    assert found == [(["prisoners"], []), ([], ["prisoners"])]


@pytest.mark.parametrize(("strikes", "found"), [(3, (["Global Coalition"], ["ISIS"])), (2, ([], []))])
def test_where_two_fight_all_through_the_strikes_are_theirs(strikes: int, found: tuple[list[str], list[str]]) -> None:
    """A sum that names nobody is of the two parties that three claims set against each other; two claims are too few."""
    acts = [f"the Global Coalition bombed ISIS in {town}" for town in ("Mosul", "Raqqa", "Anbar")[:strikes]]
    sums = "The air strikes destroyed 11 tunnels"
    text = " ".join(f"Then {act}." for act in acts) + f" {sums}."
    marks = [
        hang(text, act, event_type="air_strike", evidence=act, initiator=act.split(" bombed")[0], target=act[4:].split(" in ")[0])
        for act in acts
    ]
    claim = read(text, *marks, hang(text, "destroyed", kind="tally", event_type="air_strike", evidence=sums)).claims[-1]
    assert ([r.name for r in claim.initiator], [r.name for r in claim.target]) == found


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
        ("Rebels hold the city of Goma. Two people were killed there.", ["Goma"]),
        ("Rebels hold the city of Goma. There were two people killed.", []),
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


@pytest.mark.parametrize(
    ("text", "trigger", "tied", "said"),
    [
        ("Rebels have burned 40 huts since they took Goma in May 2023.", "took", "since they took Goma in May 2023", "May 2023"),
        ("Rebels have burned 40 huts since May 2023.", "burned", "since May 2023", "since May 2023"),
    ],
)
def test_what_happened_when_since_begins_is_over(text: str, trigger: str, tied: str, said: str) -> None:
    """ "Since they took Goma in May" dates the taking to May, and leaves open when the burning ends."""
    (claim,) = read(text, hang(text, trigger, event_type="territory_taken", evidence=text.rstrip("."), time=tied)).claims
    assert claim.time is not None
    assert claim.time.words == said
    assert (str(claim.time.start), str(claim.time.end)) == ("2023-05-01", "2023-05-31" if trigger == "took" else "None")


@pytest.mark.parametrize(
    ("said", "end"),
    [("by May", "2025-05-31"), ("before Christmas", "2024-12-25"), ("by Friday", "2024-06-07"), ("in 2023", "2023-12-31")],
)
def test_a_forecast_lies_ahead_of_the_report(said: str, end: str) -> None:
    """The next month, feast or day of that name; a year that is named stays."""
    text = f"The army takes Goma {said}."
    (claim,) = read(text, hang(text, "takes", kind="forecast", evidence=text[:-1], time=said), published="2024-06-05").claims
    assert str(claim.time and claim.time.end) == end


@pytest.mark.parametrize(("said", "end"), [("on Friday", "2024-05-31"), ("in July", "2023-07-31"), ("on 8 June", "2023-06-08")])
def test_what_has_happened_does_not_lie_ahead_of_the_report(said: str, end: str) -> None:
    """Words of the future stand close by; the act is past, and so is its day."""
    text = f"Rebels, who will leave Gao, burned two huts {said}."
    trigger = hang(text, "burned", event_type="destruction", evidence=text[:-1], time=said)
    (claim,) = read(text, trigger, published="2024-06-05").claims
    assert str(claim.time and claim.time.end) == end


def test_a_time_with_a_date_is_taken_before_one_without() -> None:
    """The market of Saturdays is no day, where the engine ties a date to the act."""
    text = "On 6 January 2024 gunmen attacked the Saturday market in Gao."
    (claim,) = read(text, hang(text, "attacked", evidence=text[:-1], time="On 6 January 2024 | the Saturday")).claims
    assert str(claim.time and claim.time.start) == "2024-01-06"


def test_nothing_happens_at_a_people_or_a_party() -> None:
    """Words that the engine takes for the place, and that are a demonym."""
    text = "Shells from the Ukrainian side killed two farmers."
    (claim,) = read(text, hang(text, "killed", evidence=text[:-1], place="Ukrainian")).claims
    assert claim.places == ()


def test_acts_that_one_sentence_tells_in_the_same_words_are_one_claim() -> None:
    """Its dead and its wounded are effects of one act; what is searched and what is seized are counted apart."""
    text = "Shelling killed 19 civilians and wounded 34 in Kherson."
    claims = read(
        text,
        hang(text, "killed", event_type="attack_on_civilians", evidence=text[:-1]),
        hang(text, "Shelling", event_type="shelling", evidence=text[:-1]),
    ).claims
    assert len(claims) == 1
    text = "Troops searched 45 villages and seized four rifles near Kirkuk."
    claims = read(
        text,
        hang(text, "searched", event_type="security_operation", evidence=text[:-1]),
        hang(text, "seized", event_type="seizure", evidence=text[:-1]),
    ).claims
    assert len(claims) == 2
