"""`dateline serve`: the workbench in a browser; `dateline accounts`: who may sign in to it."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.cli.options import project_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.store import Project

PORT = 8765


@click.command()
@project_option
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Port to listen on; 0 takes a free one."
)
@click.option("--auth", is_flag=True, help="Ask everybody to sign in; needed beyond this machine.")
@click.option(
    "--name", "names", multiple=True, metavar="NAME", help="A name under which browsers may ask for it, as in bench.example.org."
)
@click.option("--reviewer", metavar="NAME", help="Who signs the decisions where nobody signs in [default: your login name].")
@click.option(
    "--certificate", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE", help="TLS certificate (PEM)."
)
@click.option(
    "--key", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE", help="Its private key (PEM)."
)
@click.option("--new", is_flag=True, help="Make the project where there is none.")
@click.option("--open", "open_browser", is_flag=True, help="Open the browser on it.")
def serve(
    project: str,
    host: str,
    port: int,
    auth: bool,
    names: tuple[str, ...],
    reviewer: str | None,
    certificate: Path | None,
    key: Path | None,
    new: bool,
    open_browser: bool,
) -> None:
    """Open the workbench: read, check and correct claims against the sentences that make them.

    It listens on this machine alone and asks nothing of the internet. Beyond this machine it starts only with --auth and
    accounts (see dateline accounts); give it a certificate too, or put it behind a server that has one, so that passwords do
    not cross the network in the clear. Ctrl-C ends it.

    \b
    Examples:
      dateline serve --project sahel --open
      dateline serve --project sahel --new
      dateline serve --project sahel --host 0.0.0.0 --auth --name bench.example.org --certificate c.pem --key k.pem
    """
    import ipaddress

    if bool(certificate) != bool(key):
        raise click.UsageError("--certificate and --key go together")
    try:
        beyond = not (host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback)
    except ValueError:
        raise click.BadParameter(f"{host!r} is no address such as 127.0.0.1 or 0.0.0.0", param_hint="--host") from None
    if beyond and not auth:
        raise click.UsageError(
            f"{host} can be reached from other machines: add --auth, after making an account with "
            f"dateline accounts add NAME --role admin --project {project}"
        )
    _serve(project, host, port, auth, beyond, names, reviewer or _login(), certificate, key, new, open_browser)


def _serve(
    project: str,
    host: str,
    port: int,
    auth: bool,
    beyond: bool,
    names: tuple[str, ...],
    reviewer: str,
    certificate: Path | None,
    key: Path | None,
    new: bool,
    open_browser: bool,
) -> None:
    import socket

    import uvicorn

    from dateline.store import open_project
    from dateline.workbench import Settings, make_app
    from dateline.workbench.settings import LOOPBACK
    from dateline.workbench.warm import warm_up

    with open_project(project, create=new) as opened:
        if auth:
            _check_accounts(opened, project)
        hosts = (*LOOPBACK, *([] if host in ("0.0.0.0", "::") else [host.strip("[]")]), *(name.lower() for name in names))  # noqa: S104
        settings = Settings(project=project, auth=auth, hosts=hosts, reviewer=reviewer, secure=certificate is not None)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as listening:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((host.strip("[]"), port))
            url = _url(names[0] if names else host, listening.getsockname()[1], secure=certificate is not None)
            click.echo(f"dateline: {project} is open at {url} (Ctrl-C ends it)")
            if beyond and certificate is None:
                click.echo("dateline: without --certificate passwords and texts cross the network in the clear", err=True)
            warm_up(opened)
            if open_browser:
                _open_soon(url)
            config = uvicorn.Config(
                make_app(settings, opened), log_level="warning", server_header=False, date_header=False, proxy_headers=False,
                ssl_certfile=certificate, ssl_keyfile=key, timeout_graceful_shutdown=5, h11_max_incomplete_event_size=64 * 1024,
            )  # fmt: skip
            uvicorn.Server(config).run(sockets=[listening])


def _check_accounts(opened: "Project", project: str) -> None:
    from dateline.workbench.accounts import AccountError, list_accounts

    if not list_accounts(opened):
        raise AccountError(
            f"{project} has no accounts, so nobody could sign in; make one: "
            f"dateline accounts add NAME --role admin --project {project}"
        )


def _url(host: str, port: int, *, secure: bool) -> str:
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host.strip("[]") else host  # noqa: S104
    return f"{'https' if secure else 'http'}://{shown}:{port}/"


def _open_soon(url: str) -> None:
    """Open the browser once the server listens: it does already, and answers as soon as it runs."""
    import threading
    import webbrowser

    threading.Timer(0.8, webbrowser.open, [url]).start()


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user, as in some containers
        return "analyst"


@click.group()
def accounts() -> None:
    """Make, list, change and remove the accounts of a project's workbench.

    Roles: a reader reads, searches and sees the history without names; a coder also reviews and adds reports; an editor also
    gives out reports, accepts in bulk, undoes others' decisions and exports; an admin also manages accounts.

    \b
    Examples:
      dateline accounts add ana --role admin --project sahel
      dateline accounts list --project sahel
    """


_password_option = click.option(
    "--password-file",
    type=click.File("r", encoding="utf-8"),
    metavar="FILE",
    help="Read the password from a file, - is standard input.",
)


@accounts.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(["reader", "coder", "editor", "admin"]), required=True, help="What the account may do.")
@_password_option
@project_option
def add(name: str, role: str, password_file: "Iterator[str] | None", project: str) -> None:
    """Make an account; its password is asked for, twice.

    \b
    Example:
      dateline accounts add ana --role admin --project sahel
    """
    from dateline.store import open_project
    from dateline.workbench.accounts import add_account

    with open_project(project) as opened:
        add_account(opened, name, role, _password(password_file), by=f"{_login()} (command line)")
    click.echo(f"{name}: {role}")


@accounts.command("list")
@project_option
def list_(project: str) -> None:
    """List the accounts with their roles.

    \b
    Example:
      dateline accounts list --project sahel
    """
    from dateline.store import open_project
    from dateline.workbench.accounts import list_accounts

    with open_project(project) as opened:
        for account in list_accounts(opened):
            click.echo(f"{account.name}: {account.role}, since {account.created_at.date()}")


@accounts.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice(["reader", "coder", "editor", "admin"]))
@project_option
def role(name: str, role: str, project: str) -> None:
    """Change what an account may do; whoever is signed in with it must sign in again.

    \b
    Example:
      dateline accounts role berta editor --project sahel
    """
    from dateline.store import open_project
    from dateline.workbench.accounts import set_role

    with open_project(project) as opened:
        set_role(opened, name, role, by=f"{_login()} (command line)")
    click.echo(f"{name}: {role}")


@accounts.command("password")
@click.argument("name")
@_password_option
@project_option
def password(name: str, password_file: "Iterator[str] | None", project: str) -> None:
    """Give an account another password.

    \b
    Example:
      dateline accounts password berta --project sahel
    """
    from dateline.store import open_project
    from dateline.workbench.accounts import set_password

    with open_project(project) as opened:
        set_password(opened, name, _password(password_file), by=f"{_login()} (command line)")
    click.echo(f"{name}: another password")


@accounts.command("remove")
@click.argument("name")
@project_option
def remove(name: str, project: str) -> None:
    """Remove an account; what it decided stays, under its name.

    \b
    Example:
      dateline accounts remove berta --project sahel
    """
    from dateline.store import open_project
    from dateline.workbench.accounts import remove_account

    with open_project(project) as opened:
        remove_account(opened, name, by=f"{_login()} (command line)")
    click.echo(f"{name}: removed")


def _password(file: "Iterator[str] | None") -> str:
    """The first line of a file, or what is typed."""
    if file is not None:
        return next(iter(file), "").rstrip("\r\n")
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return typed
