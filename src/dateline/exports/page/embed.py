"""What goes into the page inline, so that nothing comes from elsewhere and nothing in it can run that we did not write."""

import base64
import hashlib
import json
import re
from importlib.resources import files

# Inside a script element "</script" and "<!--" end or change it; line separators and hidden characters mislead people who
# read the source; lone surrogates have no UTF-8.
_UNSAFE = re.compile("[<>&\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]")


def script_json(data: object) -> str:
    """`data` as JSON that can stand in a script element of an HTML page in UTF-8."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def static(*names: str) -> str:
    """The named files of `static/`, joined in order."""
    folder = files("dateline.exports.page").joinpath("static")
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8").rstrip("\n") for name in names) + "\n"


def source_hash(code: str) -> str:
    """The Content-Security-Policy source of an inline script or style: 'sha256-...'."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def policy(scripts: list[str], styles: list[str]) -> str:
    """A Content-Security-Policy that lets these inline scripts and styles be and forbids every request."""
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(map(source_hash, scripts)),
        "style-src": " ".join(map(source_hash, styles)),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "default",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())
