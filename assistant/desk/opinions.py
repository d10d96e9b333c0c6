"""The desk's door for papers: draft, edit, review, finalize, compare, export."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.desk.scope import is_injection
from assistant.drafting import (
    CitationStyle,
    Draft,
    Drafter,
    Edit,
    Order,
    Rewriter,
    changed,
    compare,
    export,
    file_name,
    kept_as_composed,
    must_be_final,
    read_edit,
    reasoning,
    rewritten,
)
from assistant.drafting.blocks.law import provisions
from assistant.errors import ConflictError, EngineError, InputError
from assistant.journal.opinions import KeptOpinion, OpinionStore
from assistant.law.library import Library
from assistant.schema import (
    Opinion,
    OpinionComparison,
    OpinionContent,
    OpinionForm,
    OpinionLine,
    OpinionStatus,
    OpinionVersion,
    Provenance,
    Sight,
    Veto,
)

NAME_LIMIT, COMMENT_LIMIT = 60, 4_000
_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]?")
_SHOWN = 24
"""Characters by which a paragraph is recognised."""
_LEAST_REASON = 8
"""Characters of a reason that closes a veto: 同意 is none."""


@dataclass(frozen=True)
class Signer:
    """Who takes a step: `who` is signed in, `name` is the person that answers for it."""

    who: str | None
    name: str
    department: str | None = None


class OpinionDesk:
    """Papers, wired once by `open_desk`. Safe for several threads."""

    def __init__(
        self,
        *,
        library: Library,
        drafter: Drafter,
        store: OpinionStore,
        provenance: Provenance,
        clock: Callable[[], dt.date],
        rewriter: Rewriter | None = None,
    ) -> None:
        self.library = library
        self._drafter = drafter
        self._store = store
        self._provenance = provenance
        self._clock = clock
        self._rewriter = rewriter

    def forms(self) -> tuple[OpinionForm, ...]:
        """What may be drafted, with the fields of each."""
        return tuple(self._drafter.forms.forms.values())

    # drafting

    def preview(
        self,
        kind: str,
        *,
        description: str | None = None,
        facts: object = None,
        fields: Mapping[str, object] | None = None,
        title: str | None = None,
        as_of: dt.date | None = None,
    ) -> OpinionContent:
        """A paper that is kept nowhere, composed without a model. InputError for what cannot be worked with."""
        order = self._order(kind, description, facts, fields, title, as_of)
        return self._drafter.check(self._drafter.compose(order), self._provenance)

    def word_file(self, content: OpinionContent, *, citations: CitationStyle = "bracketed") -> bytes:
        """The Word file of a paper that is kept nowhere: a draft, and marked as one."""
        return self._exported(content, "draft", citations)

    def create(
        self,
        kind: str,
        signer: Signer,
        *,
        description: str | None = None,
        facts: object = None,
        fields: Mapping[str, object] | None = None,
        title: str | None = None,
        as_of: dt.date | None = None,
    ) -> Opinion:
        """A paper, version 1, kept. A model that is configured betters the wording of its reasoning and no more.

        InputError for what cannot be worked with. A model that fails leaves the program's words, which is said.
        """
        _named(signer)
        draft = self._drafter.compose(self._order(kind, description, facts, fields, title, as_of))
        edits, note = self._reworded(draft)
        made = self._provenance.model_copy(
            update={"model": self._rewriter.name if self._rewriter is not None and edits else None, "note": note}
        )
        content = self._drafter.check(draft, made, edits=edits)
        if note:
            content = content.model_copy(update={"notes": (*content.notes, note)})
        content = self._with_number_seen(content, None)
        return self._shown(self._store.create(content, who=signer.who, name=signer.name, department=signer.department))

    def _order(
        self,
        kind: str,
        description: str | None,
        facts: object,
        fields: Mapping[str, object] | None,
        title: str | None,
        as_of: dt.date | None,
    ) -> Order:
        told, left_out = _without_orders((description or "").strip())
        return Order(
            kind=kind,
            as_of=as_of or self._clock(),
            description=told,
            title=(title or "").strip() or None,
            facts=facts,
            fields=fields or {},
            notes=_left_out(left_out),
        )

    def _reworded(self, draft: Draft) -> tuple[dict[str, Edit], str | None]:
        if self._rewriter is None:
            return {}, None
        found = reasoning(draft)
        if not found:
            return {}, None
        try:
            made = self._rewriter.rewrite(
                [text for _, _, text in found], draft.case.narrative, provisions(draft.case), draft
            )
        except EngineError as error:
            return {}, f"模型没有改写：{error.where}：{error.problem}"
        edits, left = rewritten(draft, made.texts), kept_as_composed(draft, made.texts)
        if not left:
            return edits, None
        where = "；".join(f"“{heading}”一节：{text[:_SHOWN]}……" for heading, text in left)
        return edits, f"模型改写的{len(found)}段中有{len(left)}段没有通过核验，用的是程序写的文字：{where}"

    def _with_number_seen(self, content: OpinionContent, own: str | None) -> OpinionContent:
        """A paper with a word on its document number where another paper bears it too."""
        number = content.fields.get("document_no")
        others = self._store.numbered(number, but=own) if isinstance(number, str) else ()
        if not others:
            return content
        how = "已经定稿，本文书用这个文号不能定稿" if "final" in others else "还没有定稿"
        note = f"文号“{number}”另有{len(others)}份文书在用（{how}），请核对发文登记"
        return content.model_copy(update={"notes": (note, *content.notes)})

    # what is kept

    def lines(self, sight: Sight, *, offset: int = 0, limit: int = 50) -> tuple[OpinionLine, ...]:
        """The papers in sight, the last touched first."""
        return self._store.lines(sight, offset=offset, limit=limit)

    def get(self, opinion_id: str, sight: Sight) -> Opinion | None:
        """A paper as it stands; None when there is none of that id in sight."""
        kept = self._store.get(opinion_id, sight)
        return None if kept is None else self._shown(kept)

    def kept(self, opinion_id: str, sight: Sight) -> KeptOpinion | None:
        """A paper as it is kept; None when there is none of that id in sight."""
        return self._store.get(opinion_id, sight)

    def recomposed(self, content: OpinionContent) -> OpinionContent:
        """The program's own words for what a paper was composed from, as they come out now; kept nowhere."""
        return self._drafter.check(self._drafter.compose(self._drafter.order_of(content)), content.provenance)

    def versions(self, opinion_id: str, sight: Sight) -> tuple[OpinionVersion, ...]:
        """Its history, oldest first; empty when it is not in sight."""
        return self._store.versions(opinion_id) if self._store.get(opinion_id, sight) is not None else ()

    def compare(self, opinion_id: str, before: int, after: int, sight: Sight) -> OpinionComparison | None:
        """What changed between two versions; None when one of them is not there, or not in sight."""
        if self._store.get(opinion_id, sight) is None:
            return None
        old, new = self._store.version(opinion_id, before), self._store.version(opinion_id, after)
        if old is None or new is None:
            return None
        return compare(old, new, self._drafter.forms.form(new[1].kind))

    def document(
        self, opinion_id: str, sight: Sight, *, citations: CitationStyle = "bracketed"
    ) -> tuple[str, bytes] | None:
        """The file name and the bytes of its Word file; None when there is no such paper in sight."""
        kept = self._store.get(opinion_id, sight)
        if kept is None:
            return None
        if kept.status == "final":
            must_be_final(kept.content)
        return file_name(kept.content.title, kept.status), self._exported(kept.content, kept.status, citations)

    def _exported(self, content: OpinionContent, status: OpinionStatus, citations: CitationStyle) -> bytes:
        forms = self._drafter.forms
        form, template = forms.form(content.kind), forms.templates[content.kind]
        return export(content, status, form, template, self.library, citations=citations)

    # steps

    def edit(
        self,
        opinion_id: str,
        signer: Signer,
        sight: Sight,
        *,
        version: int | None = None,
        sections: Sequence[tuple[str, str | None, str | None]] = (),
        fields: Mapping[str, object] | None = None,
        facts: Mapping[str, object] | None = None,
        description: str | None = None,
        title: str | None = None,
        comment: str = "",
    ) -> Opinion | None:
        """The next version with a person's words. A reviewed paper is a draft again.

        `sections` are (id, heading, body); a body of None takes the program's words back. Another description, other
        fields or facts compose the rest anew, and what persons wrote stands. ConflictError when the paper is final, or
        when another wrote since `version`; InputError for what cannot be worked with; None for no such paper.
        """
        _named(signer, comment)
        kept = self._store.get(opinion_id, sight)
        if kept is None:
            return None
        if kept.status == "final":
            raise ConflictError(f"《{kept.content.title}》", "已经定稿，不能再改", "另拟一份，或者对照这一份重拟")
        content = kept.content
        order = self._drafter.order_of(content)
        form = self._drafter.forms.form(content.kind)
        edits = self._drafter.edits_of(content)
        if fields is None and facts is None and description is None:
            edits |= {s.id: Edit(s.body, by_model=True) for s in content.sections if s.rewritten}
        more: dict[str, object] = {}
        if fields is not None:
            more["fields"] = fields
        if facts is not None:
            more["facts"] = {**content.given_facts, **facts}
        if description is not None:
            told, left_out = _without_orders(description.strip())
            more["description"], more["notes"] = told, _left_out(left_out)
        if title is not None:
            more["title"] = title.strip() or None
        for name, heading, body in sections:
            edit = read_edit(form, name, heading, body or "")
            if body is None:
                edits.pop(name, None)
            else:
                edits[name] = edit
        made = self._provenance.model_copy(update={"model": content.provenance.model})
        checked = self._drafter.check(
            self._drafter.compose(changed(order, **more)), made, edits=edits, replied=content.vetoes
        )
        checked = self._with_number_seen(checked, opinion_id)
        return self._shown(
            self._store.step(
                opinion_id,
                checked,
                "edited",
                "draft",
                after=kept.version if version is None else version,
                who=signer.who,
                name=signer.name,
                comment=comment,
            )
        )

    def review(
        self,
        opinion_id: str,
        signer: Signer,
        sight: Sight,
        *,
        version: int | None = None,
        comment: str = "",
        replies: Mapping[str, str] | None = None,
    ) -> Opinion | None:
        """A named person has read it. `replies` close vetoes that may be answered, by code, each with a reason.

        InputError for a reason that is none, a veto that has to be mended, or a reviewer who drafted it.
        """
        _named(signer, comment)
        kept = self._store.get(opinion_id, sight)
        if kept is None:
            return None
        if kept.status == "final":
            raise ConflictError(f"《{kept.content.title}》", "已经定稿", "不用再复核")
        if signer.name == kept.drafted_by:
            raise InputError("name", f"{signer.name}是拟稿人，不能复核自己拟的文书", "由另一人复核")
        vetoes = _answered(kept.content.vetoes, replies or {}, signer.name)
        content = kept.content.model_copy(update={"vetoes": vetoes})
        return self._shown(
            self._store.step(
                opinion_id,
                content,
                "reviewed",
                "reviewed",
                after=kept.version if version is None else version,
                who=signer.who,
                name=signer.name,
                comment=comment,
            )
        )

    def finalize(
        self, opinion_id: str, signer: Signer, sight: Sight, *, version: int | None = None, comment: str = ""
    ) -> Opinion | None:
        """Final. UncheckedOpinion while a citation is unverified or a veto open; InputError before it is reviewed."""
        _named(signer, comment)
        kept = self._store.get(opinion_id, sight)
        if kept is None:
            return None
        if kept.status == "final":
            raise ConflictError(f"《{kept.content.title}》", f"已由{kept.finalized_by}定稿", "不用再定稿")
        must_be_final(kept.content)
        if kept.status != "reviewed":
            raise InputError("status", "还没有复核，不能定稿", "先由拟稿人以外的人复核")
        return self._shown(
            self._store.step(
                opinion_id,
                kept.content,
                "finalized",
                "final",
                after=kept.version if version is None else version,
                who=signer.who,
                name=signer.name,
                comment=comment,
            )
        )

    def _shown(self, kept: KeptOpinion) -> Opinion:
        content = kept.content
        return Opinion(
            **{name: getattr(content, name) for name in OpinionContent.model_fields},
            id=kept.id,
            kind_name=self._drafter.forms.form(content.kind).name,
            status=kept.status,
            version=kept.version,
            drafted_by=kept.drafted_by,
            reviewed_by=kept.reviewed_by,
            finalized_by=kept.finalized_by,
            created_at=kept.created_at,
            updated_at=kept.updated_at,
            docx=f"/api/v1/opinions/{kept.id}.docx",
        )


def _named(signer: Signer, comment: str = "") -> None:
    if not 1 < len(signer.name.strip()) <= NAME_LIMIT:
        raise InputError("name", "没有写姓名", f"写明办理人的姓名（2至{NAME_LIMIT}个字）")
    if len(comment) > COMMENT_LIMIT:
        raise InputError("comment", f"意见有{len(comment)}个字，超过{COMMENT_LIMIT}个字的上限", "请缩短")


def _answered(vetoes: Sequence[Veto], replies: Mapping[str, str], name: str) -> tuple[Veto, ...]:
    codes = {veto.code: veto for veto in vetoes}
    for code, reason in replies.items():
        if code not in codes:
            raise InputError(f"replies.{code}", "没有这个待处理的问题", f"待处理的：{'、'.join(codes) or '无'}")
        if not codes[code].answerable:
            raise InputError(f"replies.{code}", "这个问题不能只写理由，应当改正文书或者补齐事实", codes[code].text)
        if len(reason.strip()) < _LEAST_REASON:
            raise InputError(f"replies.{code}", "理由太短", f"写明为什么可以这样处理（至少{_LEAST_REASON}个字）")
    return tuple(
        veto.model_copy(update={"reply": replies[veto.code].strip(), "replied_by": name})
        if veto.code in replies
        else veto
        for veto in vetoes
    )


def _left_out(sentences: Sequence[str]) -> tuple[str, ...]:
    if not sentences:
        return ()
    return (f"描述里有指挥程序的话，没有写进文书，也没有照办：{'；'.join(sentences)}",)


def _without_orders(text: str) -> tuple[str, tuple[str, ...]]:
    """A description without the sentences that give orders to the program, and those sentences."""
    if not is_injection(text):
        return text, ()
    sentences = [one for one in _SENTENCE.findall(text) if one.strip()]
    return "".join(s for s in sentences if not is_injection(s)).strip(), tuple(
        s.strip() for s in sentences if is_injection(s)
    )
