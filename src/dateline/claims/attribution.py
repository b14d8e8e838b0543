"""Who says it: the source of each sentence that is read.

A sentence has the speaker whom its own words name.  With none named it belongs to the report itself, unless it plainly goes
on with a speech begun before: it stands in quotation marks, it answers in an interview, it follows a colon, it begins with
"they", or it goes on in the same paragraph with a judgement of the speaker or a part of what he tells ("Among the dead").
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from msgspec.structs import replace

from dateline.claims.views import SentenceView
from dateline.lexicon.actors import Party, country_by_code, party_by_name
from dateline.lexicon.speakers import body_type, body_words, speaker_words
from dateline.mentions.interviews import announced, answers, is_title, mastheads, signature, turns
from dateline.mentions.speaker_known import BODY_TYPES
from dateline.model import ActorMention, Reading, Source, SourceType, Span, SpeakerMention, plain_view, small_view
from dateline.model.actor import ActorKind

_HEAD_LINES = 5  # in which a text says whose statement it is
_LONGEST_HEADING = 16  # words of such a line
_POSTED = re.compile(r"\w \| *\d{1,2}[./]\d{1,2}[./]")
_QUOTATION = re.compile(r"\"[^\"]*\"")
_CLOSING = 30  # characters behind "A, X said" up to the end or the next speaker ("on Tuesday")
_QUOTED_SHARE = 0.6  # of a sentence in quotation marks: it is speech
_VIA = re.compile(r"^[^:\"»>|-]*[:\"»>|-]+ *(?P<outlet>[^\"]*\w)")
_GOES_ON = re.compile(
    r"^\W*(they|these|in [\w' -]{2,30}, (they|it|the forces|troops)|the (operation|raid|strike)s?)\b", re.IGNORECASE
)


_PART_OF = re.compile(
    r"^\W*(?:among|one|two|three|four|five|six|seven|eight|nine|ten|another|a second|a third|all of|most of|none of|he|she)\b",
    re.IGNORECASE,
)
_OWN_VIEW = re.compile(r"\b(?:we|our|us|my|I|will|would|may|might|could)\b")


class Speech(NamedTuple):
    """A speech under way: its speaker, the last sentence that belongs to it, whether a colon opened it, and whether that colon
    opens the whole text of a statement ("issued the following statement:")."""

    speaker: SpeakerMention
    paragraph: int
    number: int
    colon: bool
    whole: bool = False
    carried: bool = False  # it has gone on beyond the sentence that names its speaker


def attribute(views: Sequence[SentenceView], reading: Reading) -> list[Source]:
    """The source of each sentence, in the same order."""
    text = reading.report.text
    itself = report_source(reading)
    sources: list[Source] = []
    speech: Speech | None = None
    under = _under_labels(reading)
    apart = {signature(text), announced(text), *(turn.label for turn in turns(text))}
    unsaid = [m for m in reading.mentions if isinstance(m, SpeakerMention) and m.verb is None]
    asked = next((m for m in unsaid if m.span not in apart), None)
    answering = answers(text, reading.sentences) if asked else frozenset()
    for number, view in enumerate(views):
        own = _own_speaker(view)
        if own is not None and _is_publisher(own, itself):
            own, speech = None, None
        if own is not None:
            own = _of_house(own, itself)
            said = view.sentence.span.of(plain_view(text)).rstrip()
            colon = said.endswith(":")
            speech = Speech(own, view.sentence.paragraph, number, colon, colon and _opens_statement(said))
            sources.append(_source(own, "attribution.named"))
            continue
        if asked is not None and view.sentence.span in answering:
            sources.append(_source(asked, "attribution.answer"))
            continue
        labelled = next((m for said, m in under if said.start <= view.sentence.span.end - 1 < said.end), None)
        if labelled is not None:
            sources.append(_source(labelled, "attribution.label"))
            continue
        ahead = _speaker_ahead(views, number, text)
        if ahead is not None:
            sources.append(_source(ahead, "attribution.quote_ahead"))
        elif speech is not None and (rule := _goes_on(view, number, speech, text, itself)):
            sources.append(_source(speech.speaker, rule))
            speech = speech._replace(number=number, carried=rule == "attribution.same_paragraph")
        else:
            speech = speech if speech and not speech.colon else None
            sources.append(itself)
    return sources


def _under_labels(reading: Reading) -> list[tuple[Span, SpeakerMention]]:
    """What is said under each label of a transcript or thread, with who says it."""
    speakers = {m.span: m for m in reading.mentions if isinstance(m, SpeakerMention) and m.verb is None}
    return [(turn.said, speakers[turn.label]) for turn in turns(reading.report.text) if turn.label in speakers]


def source_within(view: SentenceView, trigger: Span, said: Span, default: Source) -> Source:
    """The source of what a sentence says around a word, where it names several speakers: the one whose words reach over it.

    "X said A" reaches to the next speaker; "A, X said", behind which little stands, reaches back to the one before.
    """
    speakers = sorted((s for s in view.speakers if s.verb is not None), key=lambda s: s.span)
    if len(speakers) < 2:
        return default
    ends = [s.span.start for s in speakers[1:]] + [view.sentence.span.end]
    closing = [end - s.span.end < _CLOSING for s, end in zip(speakers, ends, strict=True)]
    behind = [n for n, s in enumerate(speakers) if s.span.start >= said.end]
    ahead = [n for n, s in enumerate(speakers) if s.span.start < trigger.start]
    if ahead and not (closing[ahead[-1]] and behind):
        return _source(speakers[ahead[-1]], "attribution.named")
    return _source(speakers[behind[0]], "attribution.named") if behind else default


def report_source(reading: Reading) -> Source:
    """The report itself speaks: its publisher, as a medium or as the body that issued it; without a publisher, the body whose
    statement the first lines say that it is.

    A line of its own such as "Source » River Post" names the outlet that the text came through.
    """
    publisher = reading.report.publisher
    lines = [(r.span, outlet) for r in reading.regions if r.kind == "via" and (outlet := _outlet_of(r.span, reading.report.text))]
    through = [(span, outlet) for span, outlet in lines if publisher is None or outlet.lower() != publisher.lower()]
    kind = _publisher_type(reading)
    issuer = _issuer(reading) if kind == "media" else None
    signer = _signer(reading)
    if signer is not None:
        body, told = (issuer.organisation, issuer.type) if issuer else (publisher if kind != "media" else None, kind)
        own = next((m for m in reading.mentions if isinstance(m, ActorMention) and signer.span.contains(m.span)), None)
        unsure = own is None or signer.organisation != own.name
        made = replace(signer, organisation=body, type=signer.type if told == "media" else told) if unsure and body else signer
        return _source(_rebel(made, reading), "attribution.signed")
    return Source(
        organisation=issuer.organisation if issuer else _house(publisher, kind, reading), type=issuer.type if issuer else kind,
        via=tuple(dict.fromkeys(outlet for _, outlet in through)),
        spans=tuple(span for span, _ in through) + (issuer.spans if issuer else ()), rule="attribution.report",
    )  # fmt: skip


def _house(publisher: str | None, kind: SourceType, reading: Reading) -> str | None:
    """The body for which an office publishes: a police command for its country's police, a press office for its coalition or
    party, a country's ministry by the name that reports use."""
    if publisher is None or kind == "media":
        return publisher
    wanted: ActorKind | None = "police" if kind == "police" else "coalition" if _is_coalition(publisher) else None
    named = Counter(m.name for m in reading.mentions if isinstance(m, ActorMention) and m.kind == wanted and " " in m.name)
    if named:
        return named.most_common(1)[0][0]
    party = _publishing_party(publisher)
    return party.name if party is not None else _national(_without_office(publisher))


def _without_office(publisher: str) -> str:
    """ "Stalwart Division Public Affairs Office" without the office."""
    offices = "|".join(speaker_words().press_offices)
    return re.sub(rf"(?i)[,\s]+(?:{offices})$", "", publisher) or publisher


def _national(body: str) -> str:
    """A country's body by the name that reports use: "Ministry of Defence, Republic of Mali" is the Malian Ministry of Defence,
    "Government of Mali" the Malian government, "Mali Army" the Malian army."""
    for country in country_by_code().values():
        for name in (country.name, *country.nouns):
            if name not in body:
                continue  # spares the expressions below, which all hold the name
            found = re.fullmatch(_BODY_OF.format(re.escape(name)), body)
            if found is not None:
                return f"{country.adjective} {_FOREIGN.sub('Foreign Ministry', found['body'])}"
            if re.fullmatch(rf"Government of (?:the )?{re.escape(name)}", body):
                return country.body_name("government")
            service = re.fullmatch(rf"{re.escape(name)} (?P<service>Army|Navy|Air Force|Police)", body)
            if service is not None:
                return country.body_name(service["service"].lower())
    return body


_BODY_OF = r"(?P<body>Ministry .+?|General Staff)(?: of the Armed Forces)?(?: of (?:the )?|,[^,]* of (?:the )?|, (?:the )?){}"
_FOREIGN = re.compile(r"^Ministry of Foreign Affairs$")


def _is_coalition(publisher: str | None) -> bool:
    return bool(speaker_words().coalition_offices & set((publisher or "").lower().split()))


def _publisher_type(reading: Reading) -> SourceType:
    """The type of the publisher; one that no word tells is an institute where its text judges in its own name."""
    publisher = reading.report.publisher
    told = _party_type(publisher) or body_type(publisher)
    if told is None or (told == "ngo" and body_words(publisher) == {"monitor"}):
        outlet = publisher is None or any(word in speaker_words().outlet_words for word in publisher.lower().split())
        own = not outlet and _in_own_voice(reading.report.text, speaker_words().own_judgements)
        return "analyst" if own else "media"
    return told


def _party_type(publisher: str | None) -> SourceType | None:
    party = _publishing_party(publisher)
    return BODY_TYPES.get(party.kind) if party is not None else None


@cache
def _parties_in_small_letters() -> dict[str, Party]:
    return {name.lower(): party for name, party in party_by_name().items()}


def _publishing_party(publisher: str | None) -> Party | None:
    """The party that a publisher is ("Delta Liberation Front"), or whose office it is ("DLF Press")."""
    known = _parties_in_small_letters()
    whole = known.get((publisher or "").lower())
    bare = _without_office(publisher or "")
    return whole or (known.get(bare.lower()) if bare.isupper() and bare != publisher else None)


def _in_own_voice(text: str, phrases: Sequence[str]) -> bool:
    """Does the text itself, not somebody quoted in it, say one of the phrases ("our forces")?"""
    own = " ".join(_QUOTATION.sub(" ", plain_view(text)).lower().split())
    return any(phrase in own and re.search(rf"\b{re.escape(phrase)}\b", own) for phrase in phrases)


def _signer(reading: Reading) -> SpeakerMention | None:
    """Who signs the text at its foot, where no publisher is given, or whom its head announces, where no outlet tells it."""
    report = reading.report
    unsaid = {m.span: m for m in reading.mentions if isinstance(m, SpeakerMention) and m.verb is None}
    signed, head = signature(report.text), announced(report.text)
    if report.publisher is None and signed in unsaid:
        return unsaid[signed]
    if head is None:
        return None
    titled = is_title(head, report.text)
    own = titled or _publisher_type(reading) != "media" or _in_own_voice(report.text, speaker_words().own_bodies)
    return unsaid.get(head) if report.publisher is None or own else None


def _rebel(signer: SpeakerMention, reading: Reading) -> SpeakerMention:
    """A spokesman of whom no body tells what he is, and who says "our comrades", speaks for an armed group."""
    own = signer.type == "official" and signer.organisation is None
    own = own and _in_own_voice(reading.report.text, speaker_words().rebel_bodies)
    return replace(signer, type="armed_group") if own else signer


def _issuer(reading: Reading) -> Source | None:
    """The body whose statement a text is, by its first lines: they call it a statement, or it says "our forces".  A text that
    an outlet carries must do both."""
    text = reading.report.text
    view = plain_view(text)
    lines = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]*\w[^\n]*", text)][:_HEAD_LINES]
    humanitarian = any(form in line.of(view).lower() for line in lines for form in speaker_words().humanitarian_forms)
    named = re.search(r"\bOCHA\b", view)
    if humanitarian and _is_relief(view) and reading.report.publisher is None:
        spans = (Span(named.start(), named.end()),) if named else ()
        return Source(organisation="OCHA" if named else None, type="international", spans=spans)
    foot = signature(text)
    lines += [foot] if foot is not None else []
    short = [line for line in lines if len(line.of(text).split()) <= _LONGEST_HEADING]
    stating = [line for line in short if _is_stating(line.of(view).lower())]
    own = _in_own_voice(text, speaker_words().own_bodies)
    mast = mastheads(text) if reading.report.publisher is None else []
    if not (stating and own if reading.report.publisher else stating or own or mast):
        return None
    return next((issuer for line in [*stating, *mast, *short] if (issuer := _body_in(line, reading))), None)


def _is_stating(line: str) -> bool:
    """ "Press release of the Ministry", "Poltava RMA | 13.06.2024": the line of a statement, or of a channel's post."""
    return bool(_POSTED.search(line)) or any(word in line for word in speaker_words().statement_words)


def _is_relief(view: str) -> bool:
    """An army has its situation reports too: one of relief work speaks of those in need."""
    low = small_view(view)
    return any(word in low for word in speaker_words().relief_words)


def _body_in(line: Span, reading: Reading) -> Source | None:
    """The party or body that a line of the head names."""
    parties = (m for m in reading.mentions if isinstance(m, ActorMention) and m.kind in BODY_TYPES)
    actor = next((m for m in parties if line.contains(m.span)), None)
    named = next(_organisations(line, reading), None) if actor is None else None
    kind = body_type(line.of(plain_view(reading.report.text))) or (BODY_TYPES[actor.kind] if actor else None)
    if kind is None or kind == "media":
        return None
    if actor is not None:
        kind = "armed_group" if actor.kind == "armed_group" else kind
        return Source(organisation=actor.name, type=kind, spans=(actor.span,))
    if _in_own_voice(reading.report.text, speaker_words().rebel_bodies):
        kind = "armed_group"
    return Source(organisation=named.of(reading.report.text) if named else None, type=kind, spans=(named,) if named else ())


def _organisations(line: Span, reading: Reading) -> Iterator[Span]:
    for sentence in reading.parse.sentences if reading.parse is not None else ():
        if sentence.span.overlaps(line):
            yield from (e.span for e in sentence.entities if e.type == "Organisation" and line.contains(e.span))


def _is_publisher(speaker: SpeakerMention, itself: Source) -> bool:
    """A body that speaks in its own report ("the Observatory said") is the report itself."""
    if speaker.speaker is not None or itself.type == "media" or not itself.organisation or not speaker.organisation:
        return False
    if speaker.organisation.istitle() and speaker.organisation.lower() in speaker_words().references:
        return True  # "the Mission recorded"
    said, issuer = (" ".join(name.lower().split()) for name in (speaker.organisation, itself.organisation))
    initials = "".join(word[0] for word in itself.organisation.split() if word[0].isupper()).lower()
    return said in issuer or issuer in said or said == initials


def _of_house(speaker: SpeakerMention, itself: Source) -> SpeakerMention:
    """A researcher of the rights group whose report it is speaks for it."""
    house = itself.type == "ngo" and speaker.type == "analyst" and speaker.organisation == itself.organisation
    return replace(speaker, type=itself.type) if house else speaker


def _outlet_of(line: Span, text: str) -> str | None:
    """The words behind "Source »" or "Source:"."""
    found = _VIA.search(line.of(plain_view(text)))
    return " ".join(found["outlet"].split()) if found else None


def _own_speaker(view: SentenceView) -> SpeakerMention | None:
    """A named person before a body, a body before nobody; the first among equals."""
    spoken = [s for s in view.speakers if s.verb is not None]
    ranked = sorted(spoken, key=lambda s: (s.speaker is None, s.type == "media", s.span))
    return ranked[0] if ranked else None


def _source(mention: SpeakerMention, rule: str) -> Source:
    return Source(
        speaker=_one_line(mention.speaker), role=_one_line(mention.role), organisation=_one_line(mention.organisation),
        type=mention.type, via=mention.via, spans=tuple(sorted(set(mention.parts))), rule=rule,
    )  # fmt: skip


def _one_line(words: str | None) -> str | None:
    return " ".join(words.split()) if words else None


def _quoted(view: SentenceView) -> bool:
    spans = view.sentence.quoted
    return sum(len(s) for s in spans) >= _QUOTED_SHARE * len(view.sentence.span)


def _speaker_ahead(views: Sequence[SentenceView], number: int, text: str) -> SpeakerMention | None:
    """The first sentences of a quotation whose speaker is named at its end."""
    view = views[number]
    if not _quoted(view):
        return None
    for later in views[number + 1 : number + 4]:
        if later.sentence.paragraph != view.sentence.paragraph:
            return None
        if later.speakers and later.sentence.quoted and later.sentence.quoted[0].start == later.sentence.span.start:
            return later.speakers[0]
    return None


def _opens_statement(said: str) -> bool:
    """ "The Command issued the following statement:": what comes behind the colon is the statement, whatever its length."""
    low = small_view(said)
    return any(re.search(rf"\b{re.escape(words)}\b[^.]*:$", low) for words in speaker_words().opening_words)


def _goes_on(view: SentenceView, number: int, speech: Speech, text: str, itself: Source) -> str | None:
    """The rule by which an unattributed sentence goes on with the speech before it; None where it does not."""
    apart = view.sentence.paragraph - speech.paragraph
    if view.sentence.region in {"headline", "caption"}:
        return None
    if _quoted(view) and apart <= 3:
        return "attribution.quote_goes_on"
    if speech.colon and (apart <= 1 or speech.whole):
        return "attribution.after_colon"
    words = Span(view.sentence.span.start, view.sentence.span.end).of(plain_view(text))
    if number == speech.number + 1 and apart <= 1 and _GOES_ON.match(words):
        return "attribution.same_subject"
    if number == speech.number + 1 and apart == 0 and not speech.carried and itself.type == "media":
        speaker = speech.speaker
        judges = speaker.speaker is not None and (speaker.type == "analyst" or bool(_OWN_VIEW.search(words)))
        if judges or _PART_OF.match(words):
            return "attribution.same_paragraph"
    return None
