"""Where `dateline` and `python -m dateline` begin."""

import sys

INTERRUPTED = 130  # the exit status that shells give for Ctrl-C


def main() -> None:
    """Run the command line; Ctrl-C ends it in one line from the first moment on, while its parts are being imported too."""
    try:
        from dateline.cli import main as command_line

        command_line(prog_name="dateline")
    except KeyboardInterrupt:
        print("dateline: interrupted", file=sys.stderr)
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
