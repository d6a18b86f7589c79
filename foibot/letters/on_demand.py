"""Names whose words are made when a template asks for them: few letters quote the whole request; no I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping


class OnDemand(Mapping[str, object]):
    """A mapping that makes each of some values when it is first asked for, and holds the others."""

    def __init__(
        self, to_make: Mapping[str, Callable[[], object]], made: Mapping[str, object]
    ) -> None:
        """`OnDemand({"long": lambda: "a" * 99}, {"short": "a"})` has two names and has made one."""
        self._to_make = to_make
        self._made = dict(made)

    def __getitem__(self, name: str) -> object:
        """What is meant by the name."""
        if name not in self._made:
            self._made[name] = self._to_make[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        """Every name, without making anything."""
        return iter({**self._to_make, **self._made})

    def __len__(self) -> int:
        """How many names there are."""
        return len({**self._to_make, **self._made})
