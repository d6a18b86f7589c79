"""config.toml and the environment become one frozen Config, or the list of everything wrong with them."""

from foibot.config.advice import advice
from foibot.config.load import Config, Passwords, load, sample
from foibot.config.problems import ConfigurationIsWrong, Problem
from foibot.config.sections import (
    Approval,
    Authority,
    AuthorityKind,
    Database,
    FourEyesKind,
    Limits,
    Mailbox,
    OfficerConfig,
    RegimeKey,
    Regulator,
    Reminders,
    SentCopy,
    Step,
    Templates,
    Trust,
)

__all__ = [
    "Approval",
    "Authority",
    "AuthorityKind",
    "Config",
    "ConfigurationIsWrong",
    "Database",
    "FourEyesKind",
    "Limits",
    "Mailbox",
    "OfficerConfig",
    "Passwords",
    "Problem",
    "RegimeKey",
    "Regulator",
    "Reminders",
    "SentCopy",
    "Step",
    "Templates",
    "Trust",
    "advice",
    "load",
    "sample",
]
