"""config.toml and the environment become one frozen Config, or the list of everything wrong with them."""

from foibot.config.advice import advice
from foibot.config.approval import Approval, ApprovalRow, FourEyesKind
from foibot.config.load import (
    Config,
    Passwords,
    Reading,
    load,
    read_as_far_as_right,
    sample,
    threat_level,
)
from foibot.config.problems import ConfigurationIsWrong, Problem
from foibot.config.sections import (
    Authority,
    AuthorityKind,
    Database,
    Limits,
    Links,
    Mailbox,
    OAuth,
    OfficerConfig,
    RegimeKey,
    Regulator,
    Reminders,
    SentCopy,
    Step,
    Templates,
    ThreatLevel,
    Trust,
)

__all__ = [
    "Approval",
    "ApprovalRow",
    "Authority",
    "AuthorityKind",
    "Config",
    "ConfigurationIsWrong",
    "Database",
    "FourEyesKind",
    "Limits",
    "Links",
    "Mailbox",
    "OAuth",
    "OfficerConfig",
    "Passwords",
    "Problem",
    "Reading",
    "RegimeKey",
    "Regulator",
    "Reminders",
    "SentCopy",
    "Step",
    "Templates",
    "ThreatLevel",
    "Trust",
    "advice",
    "load",
    "read_as_far_as_right",
    "sample",
    "threat_level",
]
