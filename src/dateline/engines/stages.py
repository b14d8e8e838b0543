"""Text -> parse: the language engine as a stage."""

from msgspec.structs import replace

from dateline.engines.engine import load_engine
from dateline.model import Reading
from dateline.pipeline import Stage, stage


@stage(needs={"report"}, adds={"parse"})
def parse_text(reading: Reading) -> Reading:
    """Read the report's text with the language engine."""
    return replace(reading, parse=load_engine().read(reading.report.text))


ENGINE_STAGES: tuple[Stage, ...] = (parse_text,)
