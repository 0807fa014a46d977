"""The commands. Each is a few lines that call a feature.

Exit codes: 0 done, 1 the input is at fault, 2 usage, 3 a fault of ours.
"""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from acupwa import __version__
from acupwa.library.faults import ContentError
from acupwa.settings import Settings, SettingsError, read_settings

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
UMASK = 0o077  # whatever a command writes is for its owner alone
DONE, AT_FAULT, USAGE, OUR_FAULT = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    os.umask(UMASK)
    try:
        return int(options.run(options))
    except (SettingsError, ContentError) as fault:
        print(fault, file=sys.stderr)
        return AT_FAULT
    except KeyboardInterrupt:
        return DONE
    except Exception as fault:
        print(f"fault: {type(fault).__name__}: {fault}", file=sys.stderr)
        return OUR_FAULT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="acupwa", description="Acupuncture beside usual care.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (_add_server, _add_content, _add_input, _add_keys, _add_backup, _add_practitioner):
        add(commands)
    return parser


def _add_server(commands: _Commands) -> None:
    serve = commands.add_parser("serve", help="migrate, check the content, and serve")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int)
    serve.add_argument("--workers", type=int)
    serve.set_defaults(run=_serve)
    database = _group(commands, "db", "the database")
    database.add_parser("upgrade", help="bring it to the newest migration").set_defaults(run=_db_upgrade)
    database.add_parser("check", help="non-zero when it is behind").set_defaults(run=_db_check)
    purge = commands.add_parser("purge", help="delete what has passed its time, now")
    purge.set_defaults(run=_purge)


def _add_content(commands: _Commands) -> None:
    content = _group(commands, "content", "the content")
    content.add_parser("check", help="validate all of it").set_defaults(run=_content_check)


def _add_input(commands: _Commands) -> None:
    assess = commands.add_parser("assess", help="answers (JSON) to what was told (JSON)")
    assess.add_argument("file", help="a file, or - for standard input")
    assess.set_defaults(run=_assess)
    plan = commands.add_parser("plan", help="plan request (JSON) to plan")
    plan.add_argument("file", help="a file, or - for standard input")
    plan.add_argument("--format", choices=("json", "ics"), default="json")
    plan.set_defaults(run=_plan)


def _add_keys(commands: _Commands) -> None:
    keys = _group(commands, "keys", "the keys that answers are encrypted with")
    for name, help in (
        ("list", "their short names, the newest first"),
        ("add", "make a new one; then restart the server"),
        ("rotate", "encrypt all answers with the newest, also while serving"),
        ("drop", "forget the older ones, once nothing needs them"),
    ):
        keys.add_parser(name, help=help).set_defaults(run=_keys, action=name)


def _add_backup(commands: _Commands) -> None:
    for name, help in (("backup", "write the whole state to a new file"), ("restore", "read it back")):
        command = commands.add_parser(name, help=help)
        command.add_argument("file", type=Path)
        command.set_defaults(run=_backup, action=name)


def _add_practitioner(commands: _Commands) -> None:
    practitioner = _group(commands, "practitioner", "accounts of practitioners")
    for name, help in (
        ("add", "make an account; says in which clinic, and prints a link that works once"),
        ("invite", "a new first link"),
        ("reset", "a link to choose a new password"),
        ("remove", "end all access at once"),
    ):
        command = practitioner.add_parser(name, help=help)
        command.add_argument("email")
        if name == "add":
            command.add_argument("--name", default="", help="as patients will see it")
            command.add_argument("--clinic", default="", help="its exact name; a new clinic if there is none of it")
        if name == "reset":
            command.add_argument("--lost-phone", action="store_true", help="take off their app for codes too")
        command.set_defaults(run=_practitioner, action=name)


def _group(commands: _Commands, name: str, help: str) -> _Commands:
    return commands.add_parser(name, help=help).add_subparsers(required=True, metavar="ACTION")


def _settings() -> Settings:
    """Those of this server; what it keeps is closed to others first."""
    from acupwa.operate.private_files import close_to_others

    settings = read_settings()
    open_still = close_to_others(settings)
    if open_still:
        print(open_still, file=sys.stderr)
    return settings


def _serve(options: argparse.Namespace) -> int:
    # Nearly all that a start makes stays: looking through it for garbage again and again is a tenth of the start.
    gc.disable()
    from acupwa.operate.serve import serve

    settings = _settings()
    return serve(settings, host=options.host, port=options.port, workers=options.workers)


def _db_upgrade(_options: argparse.Namespace) -> int:
    from acupwa.db.engine import make_engine
    from acupwa.db.migrate import upgrade

    upgrade(make_engine(_settings().database_url))
    return DONE


def _db_check(_options: argparse.Namespace) -> int:
    from acupwa.db.engine import make_engine
    from acupwa.db.migrate import DatabaseBehind, need_current

    try:
        need_current(make_engine(_settings().database_url))
    except DatabaseBehind as fault:
        print(fault, file=sys.stderr)
        return AT_FAULT
    return DONE


def _content_check(_options: argparse.Namespace) -> int:
    from acupwa.content_check.report import check_content
    from acupwa.reading.markdown import rendering_faults
    from acupwa.web.paths import drawing_names

    report = check_content(datetime.now(UTC).date(), drawing_names(), rendering_faults)
    print("\n".join(report.grades))
    if report.faults:
        raise ContentError(report.faults)
    print(report.summary)
    return DONE


def _assess(options: argparse.Namespace) -> int:
    from acupwa.library.load import load_library
    from acupwa.results.assess import run_assess

    return _run_on_input(options.file, lambda data: run_assess(data, load_library()))


def _plan(options: argparse.Namespace) -> int:
    from acupwa.library.load import load_library
    from acupwa.planner.request_file import run_plan

    return _run_on_input(options.file, lambda data: run_plan(data, load_library(), format=options.format))


def _run_on_input(file: str, run) -> int:  # type: ignore[no-untyped-def]
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as fault:
        print(f"{file}: {fault.strerror}", file=sys.stderr)
        return AT_FAULT
    code, text, faults = run(data)
    if text:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
    for line in faults:
        print(line, file=sys.stderr)
    return int(code)


def _keys(options: argparse.Namespace) -> int:
    from acupwa.db.encryption import SealBroken
    from acupwa.db.migrate import DatabaseBehind
    from acupwa.operate import keys

    actions = {
        "list": keys.list_keys,
        "add": keys.add_key,
        "rotate": keys.rotate_keys,
        "drop": keys.drop_old_keys,
    }
    try:
        print(actions[options.action](_settings()))
    except (SealBroken, DatabaseBehind) as fault:
        print(fault, file=sys.stderr)
        return AT_FAULT
    return DONE


def _backup(options: argparse.Namespace) -> int:
    from acupwa.db.backup import BackupError
    from acupwa.operate.backup import make_backup, restore_backup

    act = {"backup": make_backup, "restore": restore_backup}[options.action]
    try:
        print(act(_settings(), options.file))
    except BackupError as fault:
        print(fault, file=sys.stderr)
        return AT_FAULT
    return DONE


def _practitioner(options: argparse.Namespace) -> int:
    from acupwa.operate.practitioners import AccountFault, ClinicNotNamed, practitioner

    name, clinic = getattr(options, "name", ""), getattr(options, "clinic", "")
    try:
        action = "reset-lost-phone" if getattr(options, "lost_phone", False) else options.action
        print(practitioner(_settings(), action, options.email, name, clinic, _ask if sys.stdin.isatty() else None))
    except AccountFault as fault:
        print(fault, file=sys.stderr)
        return USAGE if isinstance(fault, ClinicNotNamed) else AT_FAULT
    return DONE


def _ask(question: str) -> bool:
    """Whoever presses Enter alone, or ends the input, has said no."""
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _purge(_options: argparse.Namespace) -> int:
    from acupwa.db.migrate import DatabaseBehind
    from acupwa.operate.purge import purge

    try:
        print(purge(_settings()))
    except DatabaseBehind as fault:
        print(fault, file=sys.stderr)
        return AT_FAULT
    return DONE
