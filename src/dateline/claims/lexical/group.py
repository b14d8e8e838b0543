"""Groups clauses into drafts: the effects of one act stay in one claim, acts of their own are claims of their own."""

from functools import cache

from dateline.claims.lexical.clauses import Clause, cut
from dateline.claims.lexical.draft import Draft
from dateline.claims.operation import find_operation
from dateline.claims.views import SentenceView
from dateline.lexicon.acts import act_by_id, acts, forms
from dateline.mentions.acts import BE
from dateline.mentions.words import PhraseTable, Word, words_of
from dateline.model import ActMention, Span, plain_view

_REALISING = frozenset(
    "managed able began begun begin started continued continue continues continuing attempted tried succeeded proceeded failed"
    " unable".split()
)  # "managed to destroy" says that it was done (or tried); "a plan to destroy" does not
_PLAN_REACH = 12  # characters between a plan's words and its verb
_AFTERTHOUGHTS = frozenset("including who where especially particularly notably mainly mostly such".split())
_VERB_FIRST = 12  # characters (an adverb, an auxiliary) before the verb of a clause that has no subject of its own
_EFFECTS = frozenset({"harm", "destroy"})  # a strike that kills and destroys is one claim
_STATEMENT_CUES = ("rising", "falling", "unchanged", "absent", "risk", "present", "judgement")


def draft_claims(view: SentenceView, text: str) -> list[Draft]:
    """The drafts of one sentence, in the order of its clauses."""
    drafts: list[Draft] = []
    for clause in cut(view, text):
        told = acts_told(clause, text)
        for acts_of_group in _by_group(told):
            last = drafts[-1] if drafts else None
            if last is not None and _same_act(last, acts_of_group, clause):
                drafts[-1] = _joined(last, clause, acts_of_group)
            else:
                drafts.append(_new(view, clause, acts_of_group, drafts))
        if not told:
            _add_statement(view, clause, drafts)
    return drafts


def acts_told(clause: Clause, text: str) -> tuple[ActMention, ...]:
    """The acts that a clause says, with the weapons that were their means."""
    done = [a for a in clause.acts if not act_by_id()[a.act].means and happens(a, clause, text)]
    harm = next((a.span.start for a in done if _group(a) == "harm"), None)
    impact = any(True for _ in _impacts().find(words_of(text, clause.span.start, clause.span.end)))
    moved = next((a for a in done if _group(a) == "movement"), None)
    if moved is not None and any(act_by_id()[a.act].means and a.span.end <= moved.span.start for a in clause.acts):
        done.remove(moved)  # "rockets landed in the village": no landing of troops
    if harm is None and (done or not impact):
        return tuple(done)
    means = [a for a in clause.acts if act_by_id()[a.act].means and _is_means(a, harm, text)]
    return tuple(sorted((*done, *means), key=lambda a: a.span))


def _is_means(weapon: ActMention, harm: int | None, text: str) -> bool:
    """The weapon stands before the act ("a missile killed") or behind "with", "by", "in a": it is not what was hit."""
    before = [w.key for w in words_of(text, max(0, weapon.span.start - 40), weapon.span.start)][-6:]
    return harm is None or weapon.span.start < harm or bool({"with", "by", "using", "from", "when", "in"} & set(before))


@cache
def _impacts() -> PhraseTable[bool]:
    return PhraseTable((phrase, True) for base in acts().impact_verbs for phrase in {*forms(base)} - {base})


def _by_group(told: tuple[ActMention, ...]) -> list[tuple[ActMention, ...]]:
    """The acts of one clause, parted by group; harm and destruction are one; a weak act beside a strong one is its setting."""
    groups: dict[str, list[ActMention]] = {}
    harmful = any(_group(a) == "harm" for a in told)
    for act in told:
        group = _group(act)
        group = "harm" if group == "destroy" and harmful else group
        groups.setdefault(group, []).append(act)
    if len(groups) > 1:  # "arrested two in an operation": the operation is how, not what
        strong = {g: found for g, found in groups.items() if not all(a.voice == "noun" for a in found)}
        groups = strong or {k: groups[k] for k in list(groups)[:1]}
    return [tuple(found) for found in groups.values()]


def _group(act: ActMention) -> str:
    return act_by_id()[act.act].group


def happens(act: ActMention, clause: Clause, text: str) -> bool:
    """Do these words say that the act is done (or planned, or denied), rather than talk about such acts?

    A purpose ("a raid to capture X") and a gerund behind a preposition ("prevented from regrouping") say no act; an act's
    noun says one with a light verb, a number, or a place and a time of its own.
    """
    entry = act_by_id()[act.act]
    before = words_of(text, clause.span.start, act.span.start)
    if any(t.span.contains(act.span) for t in clause.times) or _in_relative(act, clause, before):
        return False
    if entry.only_of and not any(q.quantity.object in entry.only_of for q in clause.quantities):
        return False
    if act.voice != "noun":
        if _is_purpose(act, clause, before) or _is_gerund_object(act, before, text):
            return False
        return not entry.weak or bool(clause.actors or clause.quantities) or entry.group == "harm"
    after = words_of(text, act.span.end, clause.span.end)[:1]
    if after and after[0].key in acts().not_before and after[0].start - act.span.end == 1:
        return False
    if any(q.span.start < act.span.end and act.span.start <= q.span.end + 1 for q in clause.quantities):
        return True  # "34 strikes", "17 militants dead"
    if _light_verb_before(act, clause, text):
        return True
    if entry.group == "operation" and find_operation(text, clause.span) is not None:
        return True
    if entry.group == "harm" and any(
        a.voice == "active" and _group(a) in _EFFECTS and 0 < a.span.start - act.span.end <= _VERB_FIRST for a in clause.acts
    ):
        return True  # "a strike destroyed", "the attack also killed"
    if not entry.weak:
        return bool(clause.places or clause.times or clause.quantities or clause.actors)
    verbal = bool(after) and after[0].key in {"of", "on", "against", "targeting", "in", "near", "by"}
    return verbal and bool(clause.places or clause.times) and bool(clause.actors)


def _in_relative(act: ActMention, clause: Clause, before: tuple[Word, ...]) -> bool:
    """ "pursued any gunmen who fled": which ones, beside an act of another group told before it."""
    behind = [w.key for w in before[-3:]]
    while behind and behind[-1] in {"had", "have", "has", "been", "were", "was"}:
        behind.pop()
    main = [w.key for w in before if not w.key.endswith("ly") and w.key not in {"also", "all", "both", "later", "then"}]
    participle = act.voice == "passive" and bool(main) and main[-1] not in BE  # "equipment captured near X"
    relative = participle or (bool(behind) and behind[-1] in {"who", "which"})
    return relative and any(a.span.end < act.span.start and _group(a) != _group(act) and a.voice != "noun" for a in clause.acts)


def _is_purpose(act: ActMention, clause: Clause, before: tuple[Word, ...]) -> bool:
    """ "to" before the verb, with no plan and no word like "managed" or "continued" before the "to"."""
    near = [w.key for w in before[-3:]]
    if "to" not in near:
        return False
    if near[near.index("to") + 1 :][:1] == ["have"]:
        return False  # "are known to have died"
    at = len(before) - len(near) + near.index("to")
    governor = next((w.key for w in reversed(before[:at]) if not w.key.endswith("ly")), "")
    if governor in _REALISING:
        return False
    return not any(c.cue in {"plan", "may"} and 0 <= act.span.start - c.span.end <= _PLAN_REACH for c in clause.cues)


def _is_gerund_object(act: ActMention, before: tuple[Word, ...], text: str) -> bool:
    """ "-ing" behind "from", "of", "for", "in": talk about the act."""
    gerund = plain_view(act.span.of(text)).split()[0].lower().endswith("ing")
    return gerund and bool(before) and before[-1].key in {"from", "of", "for", "in", "without", "towards", "toward"}


def _light_verb_before(act: ActMention, clause: Clause, text: str) -> bool:
    before = words_of(text, clause.span.start, act.span.start)[-9:]
    after = words_of(text, act.span.end, clause.span.end)[:6]
    return any(True for _ in _light_verbs().find(before)) or any(True for _ in _light_verbs().find(after))


@cache
def _light_verbs() -> PhraseTable[bool]:
    return PhraseTable((phrase, True) for base in acts().light_verbs for phrase in forms(base))


def _same_act(last: Draft, found: tuple[ActMention, ...], clause: Clause) -> bool:
    """Effects of the act before: "destroyed X; damaged Y", "killing three", "and wounded two"."""
    if not last.acts:
        return False
    group, before = _group(found[0]), last.group
    if clause.first_word == "when" and {before, group} <= _EFFECTS:
        return True  # "were killed when warplanes struck a cave"
    if clause.first_word in {"after", "before", "when", "while", "although", "but"}:
        return False
    if before == group:
        shares_subject = found[0].span.start - clause.span.start <= _VERB_FIRST and not clause.places
        return not clause.actors or shares_subject or clause.first_word in {"which", "who"} or clause.first_word.endswith("ing")
    both = {before, group}
    if both <= _EFFECTS:
        return not _has_own_number(found[0], clause)
    return before == "operation" and group == "harm" and clause.first_word in {"which", "resulting", "leaving", "killing", "that"}


def _has_own_number(act: ActMention, clause: Clause) -> bool:
    """ "..., and nine houses were burned": a passive with a counted subject of its own is an act of its own."""
    return act.voice == "passive" and any(q.span.end <= act.span.start for q in clause.quantities)


def _joined(last: Draft, clause: Clause, found: tuple[ActMention, ...]) -> Draft:
    clauses = last.clauses if clause in last.clauses else (*last.clauses, clause)
    return Draft(view=last.view, clauses=clauses, acts=(*last.acts, *found), lead=last.lead, headline=last.headline)


def _new(view: SentenceView, clause: Clause, found: tuple[ActMention, ...], drafts: list[Draft]) -> Draft:
    """A new draft; a verb with no subject of its own takes the one of the sentence's first act."""
    lead = None
    first = drafts[0] if drafts else None
    own_subject = any(a.span.start < found[0].span.start for a in clause.actors)
    if first is not None and first.acts and not own_subject and found[0].voice != "noun":
        verb = first.acts[0].span.start
        start = first.lead.start if first.lead else first.clauses[0].span.start
        if verb - start > 3:
            lead = first.lead or Span(start, verb)
    headline = view.sentence.region == "headline"
    return Draft(view=view, clauses=(clause,), acts=found, lead=lead, headline=headline)


def _add_statement(view: SentenceView, clause: Clause, drafts: list[Draft]) -> None:
    """A clause with no act: part of the claim before it, or a statement of its own."""
    colours = clause.has_cue(*_STATEMENT_CUES) or clause.has_cue("plan", "may")
    last = drafts[-1] if drafts else None
    if last is not None and (last.group == "statement" or not colours or clause.first_word in _AFTERTHOUGHTS):
        if clause.quantities or clause.times or clause.places or last.group == "statement":
            drafts[-1] = Draft(
                view=last.view, clauses=(*last.clauses, clause), acts=last.acts, lead=last.lead, headline=last.headline
            )
        return
    drafts.append(Draft(view=view, clauses=(clause,), acts=(), headline=view.sentence.region == "headline"))
