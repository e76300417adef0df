"""Every error the toolkit raises on purpose.

All derive from [CompareError][compare.errors.CompareError], so
`except compare.CompareError` catches what the toolkit knows about and
nothing else. A message says what was found, where, what was expected and
what to do about it.

    CompareError
    ├── CaseError        the case folder or its case.toml cannot be used
    ├── DocumentError    one document cannot be read; the others go on
    ├── TableError       a table breaks a rule of `compare.schema`
    ├── SettingsError    a setting has a value that means nothing
    ├── ModelError       a model is missing, altered or of the wrong shape
    │   └── EncoderError the sentence encoder in particular
    ├── DecisionError    a reviewer's decision cannot be applied
    ├── OutputError      a result cannot be written
    │   └── DamageError  something kept for later runs is damaged
    ├── EngineError      there is no such engine, or its workers do not hold
    └── EvaluationError  evaluation data is missing or malformed
"""

from pathlib import Path


class CompareError(Exception):
    """Base of every error the toolkit raises on purpose."""


class CaseError(CompareError):
    """The case folder, or its `case.toml`, cannot be used."""


class DocumentError(CompareError):
    """One document cannot be read. A run reports it and goes on."""


class TableError(CompareError):
    """A table lacks a column, holds a wrong type, or breaks an invariant."""


class SettingsError(CompareError):
    """A setting has a value that means nothing."""


class ModelError(CompareError):
    """A model is missing, altered on disk, or of the wrong shape."""


class EncoderError(ModelError):
    """The sentence encoder cannot be loaded or gave unusable vectors."""


class DecisionError(CompareError):
    """A reviewer's decision is malformed."""


class OutputError(CompareError):
    """A result cannot be written where it was asked for."""


class DamageError(OutputError):
    """Something kept for later runs is damaged: its path and the reason.

    What is made again where it is gone, `compare.parquet.mended` deletes.
    """

    def __init__(self, path: Path, reason: str) -> None:
        """Name what is damaged, a file or a folder; both arguments outlive a pickle."""
        super().__init__(path, reason)
        self.path, self.reason = path, reason

    def __str__(self) -> str:
        """One line for a person."""
        return f"{self.path} is damaged ({self.reason}); delete it and run again"


class EngineError(CompareError):
    """There is no such engine, or its workers do not hold."""


class EvaluationError(CompareError):
    """Evaluation data is missing or malformed."""
