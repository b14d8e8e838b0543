"""Every error that Dateline raises on purpose.

    DatelineError
    ├── ReportError      a file, page or line cannot be read as a report
    ├── LexiconError     a lexicon or codebook file is wrong
    ├── GazetteerError   the gazetteer's data is missing or damaged
    ├── ModelError       the language engine's model is missing or damaged
    ├── StoreError       the project folder cannot be opened, migrated or written
    ├── FilterError      a filter of a table names something unknown
    ├── ExportError      an export cannot be written
    ├── ProjectFileError  a file that holds a whole project cannot be imported
    ├── EvaluationError  a gold file cannot be scored
    └── ReviewError      a decision does not fit the record or the codebook
        └── ConflictError   another person decided about the record first

A message says what went wrong, where (file and line if there is one) and the way out.
"""


class DatelineError(Exception):
    """Base of all errors that Dateline raises on purpose; str() of it is meant for people."""


class ReportError(DatelineError):
    """A file, page or line cannot be read as a report."""


class LexiconError(DatelineError):
    """A lexicon or codebook file is wrong."""


class GazetteerError(DatelineError):
    """The gazetteer's data is missing or damaged."""


class ModelError(DatelineError):
    """The language engine's model is missing or damaged."""


class StoreError(DatelineError):
    """The project folder cannot be opened, migrated or written."""


class FilterError(DatelineError):
    """A filter of a table names something unknown."""


class ExportError(DatelineError):
    """An export cannot be written."""


class ProjectFileError(DatelineError):
    """A file that holds a whole project cannot be imported."""


class EvaluationError(DatelineError):
    """A gold file cannot be scored."""


class ReviewError(DatelineError):
    """A decision does not fit the record or the codebook."""


class ConflictError(ReviewError):
    """Another person decided about the record first: `subject` stands at `revision` now, by the reviewer `by`."""

    def __init__(self, message: str, *, subject: str, revision: int, by: str) -> None:
        super().__init__(message)
        self.subject = subject
        self.revision = revision
        self.by = by
